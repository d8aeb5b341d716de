/// What the processes of one user on one machine tell each other: when they last sent, and until when the service
/// wants silence. Kept in the rate lock's file as lines of text:
///
///     sluice rate 2
///     quiet 81234567890123
///     held 81230900000000
///     sent 81230000000000
struct RateLedger: Hashable {
    /// From when requests count that have an answer.
    var counted: [UInt64] = []
    /// When requests were booked that have none yet.
    var held: [UInt64] = []
    var notBefore: UInt64 = 0

    private static let title = "sluice rate 2"
    /// More than any limit allows in the longest window.
    private static let kept = 64

    init() {}

    /// - Returns: nil for a file that is not a ledger or is damaged.
    init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
        guard lines.first == Substring(Self.title) else { return nil }
        for line in lines.dropFirst() {
            let words = line.split(separator: " ")
            guard words.count == 2, let number = UInt64(words[1]), number < UInt64.max / 4 else { return nil }
            switch words[0] {
            case "quiet": notBefore = number
            case "sent": counted.append(number)
            case "held": held.append(number)
            default: return nil
            }
        }
    }

    var bytes: [UInt8] {
        var text = Self.title + "\n"
        if notBefore > 0 { text += "quiet \(notBefore)\n" }
        for time in held.sorted().suffix(Self.kept) { text += "held \(time)\n" }
        for time in counted.sorted().suffix(Self.kept) { text += "sent \(time)\n" }
        return Array(text.utf8)
    }

    /// From when every request counts, answered or not.
    func all(now: UInt64) -> [UInt64] {
        counted + held.map { RateBudget.countedFrom(bookedAt: $0, now: now) }
    }

    /// Without what can no longer matter.
    func trimmed(now: UInt64) -> RateLedger {
        var ledger = self
        func matters(_ time: UInt64) -> Bool {
            time + 10 * RateBudget.window > now && time < now + 10 * RateBudget.window
        }
        ledger.counted = counted.filter(matters)
        ledger.held = held.filter(matters)
        // A day is more than any service asks for; beyond it the number is from before a restart of the machine.
        if notBefore <= now || notBefore > now + 86_400 * RateBudget.window { ledger.notBefore = 0 }
        return ledger
    }
}
