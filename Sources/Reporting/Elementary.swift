import Foundation

/// The few functions of the C library that plots need, so that files which draw import no more than they use.
enum Elementary {
    static func exp(_ value: Double) -> Double { Foundation.exp(value) }
    static func log(_ value: Double) -> Double { Foundation.log(value) }
    static func power(_ base: Double, _ exponent: Double) -> Double { Foundation.pow(base, exponent) }

    /// A number with a fixed count of decimals, rounded half away from zero, the same on every machine and locale.
    static func fixed(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "not estimable" }
        let places = min(max(decimals, 0), 9)
        let factor = (0..<places).reduce(1.0) { sum, _ in sum * 10 }
        let scaled = (abs(value) * factor).rounded()
        guard scaled < 1e15 else { return value.description }
        let whole = Int(scaled)
        let unit = Int(factor)
        let sign = value < 0 && whole > 0 ? "\u{2212}" : ""
        guard places > 0 else { return sign + String(whole) }
        let rest = String(whole % unit)
        return sign + "\(whole / unit)." + String(repeating: "0", count: places - rest.count) + rest
    }
}
