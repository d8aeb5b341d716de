import Bibliography
import XMLReading

/// Makes a record of what `PlainRecord` visits, to the same end as libxml2 and `PubMedHandler` but several times as fast:
/// names are looked up in the grammar where they stand, what stands inside an element that no place of it holds is not
/// looked at, and a text goes from the file's bytes into the record's string at once.
struct PlainRecordReader: ~Copyable, PlainRecordVisitor {
    private typealias Pointer = UnsafePointer<UInt8>

    private let grammar = PubMedGrammar.shared
    private let names = PlainNames.shared
    /// The places of the elements around the one that is open, outermost first; one that has no place is among them.
    private let outer: UnsafeMutableBufferPointer<PubMedPlace>
    private var level = 0
    private var place = PubMedPlace.set
    /// Elements that are open inside a text, or inside the element that has no place.
    private var nested = 0
    private var builder = PubMedRecordBuilder(kind: .article)
    /// Whether the builder was begun with and not taken.
    private var isUsed = false

    /// The first piece of the text that is read now, where it needs nothing but to be taken as it is.
    private var piece = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The text, where it must be put together.
    private var text: [UInt8] = []
    private var scratch: [UInt8] = []

    init() {
        outer = .allocate(capacity: PlainRecord.maxDepth)
        outer.initialize(repeating: .unknown)
    }

    deinit { outer.deallocate() }

    /// The record that was visited, once it is known to be plain. It has a PMID, and is named after it.
    mutating func takeRecord() -> Record {
        var finished = PubMedRecordBuilder(kind: .article)
        swap(&finished, &builder)
        isUsed = false
        return finished.finish(fallbackID: "")
    }

    mutating func restart() {
        // After a record that was not plain.
        if isUsed { builder = PubMedRecordBuilder(kind: .article) }
        isUsed = true
        level = 0
        nested = 0
        place = .set
        clearText()
    }

    mutating func begin(_ tag: PlainTag, depth: Int) {
        guard place.holdsPlaces else {
            if !tag.isWhole { nested += 1 }
            return
        }
        let next = grammar.place(from: place, element: names.name(tag.start, tag.nameLength))
        if next != .unknown { builder.begin(next, tag) }
        if tag.isWhole {
            if next.holdsPlaces { builder.end(next) }
        } else {
            outer[level] = place
            level += 1
            place = next
        }
    }

    mutating func end(_ end: UnsafePointer<UInt8>, depth: Int) {
        guard nested == 0 else {
            nested -= 1
            return
        }
        if place.collectsText {
            endText()
        } else if place != .unknown {
            builder.end(place)
        }
        level -= 1
        place = outer[level]
    }

    // MARK: Text

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, hasReferences: Bool) {
        guard place.collectsText else { return }
        if piece.isEmpty, text.isEmpty, !hasReferences {
            // As nearly all texts are: one piece.
            piece = bytes
            return
        }
        if !piece.isEmpty {
            text.append(contentsOf: piece)
            piece = UnsafeBufferPointer(start: nil, count: 0)
        }
        if let base = bytes.baseAddress { take(base, 0, bytes.count) }
    }

    private mutating func clearText() {
        piece = UnsafeBufferPointer(start: nil, count: 0)
        if !text.isEmpty { text.removeAll(keepingCapacity: true) }
    }

    private mutating func endText() {
        if place.isOfDay, text.isEmpty, builder.take(partOfDay: piece, at: place) { return clearText() }
        let plain: String?
        if text.isEmpty {
            plain = PlainText.string(piece, isUTF8: true, scratch: &scratch)
        } else {
            plain = text.withUnsafeBufferPointer { PlainText.string($0, isUTF8: true, scratch: &scratch) }
        }
        if let plain { builder.take(plain, at: place) }
        clearText()
    }

    /// Appends bytes without tags to the text, references resolved.
    private mutating func take(_ base: Pointer, _ start: Int, _ end: Int) {
        var at = start
        while at < end {
            let sign = base.find("&", from: at, to: end)
            text.append(contentsOf: UnsafeBufferPointer(start: base + at, count: sign - at))
            guard sign < end else { return }
            let semicolon = base.find(";", from: sign, to: end)
            takeCharacter(UnsafeBufferPointer(start: base + sign + 1, count: semicolon - sign - 1))
            at = semicolon + 1
        }
    }

    /// - Parameter name: what stands between `&` and `;`.
    private mutating func takeCharacter(_ name: UnsafeBufferPointer<UInt8>) {
        switch name.first {
        case UInt8(ascii: "l"): text.append(UInt8(ascii: "<"))
        case UInt8(ascii: "g"): text.append(UInt8(ascii: ">"))
        case UInt8(ascii: "q"): text.append(UInt8(ascii: "\""))
        case UInt8(ascii: "a"): text.append(name.count == 3 ? UInt8(ascii: "&") : UInt8(ascii: "'"))
        default:
            let isHexadecimal = name.count > 1 && name[1] == UInt8(ascii: "x")
            let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
            UTF8Repair.append(UInt32(digits, radix: isHexadecimal ? 16 : 10) ?? 0xFFFD, to: &text)
        }
    }
}
