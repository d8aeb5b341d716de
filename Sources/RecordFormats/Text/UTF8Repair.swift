/// Turns bytes that are not UTF-8 into UTF-8.
///
/// Well-formed sequences stay as they are; every other byte is taken for Windows-1252. So a Latin-1 file comes out
/// right, and one spoilt byte in a UTF-8 file spoils one character only.
package enum UTF8Repair {
    /// U+FFFD.
    package static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Nil where the bytes are UTF-8 already.
    package static func repaired(_ bytes: [UInt8]) -> [UInt8]? {
        bytes.withUnsafeBufferPointer { buffer -> [UInt8]? in
            var index = 0
            while index < buffer.count {
                if buffer[index] < 0x80 { index += ByteScan.asciiPrefix(buffer, from: index) }
                guard index < buffer.count else { break }
                let length = sequenceLength(buffer, at: index)
                guard length > 0 else { return rebuilt(buffer, from: index) }
                index += length
            }
            return nil
        }
    }

    private static func rebuilt(_ buffer: UnsafeBufferPointer<UInt8>, from start: Int) -> [UInt8] {
        var output = Array(buffer[..<start])
        output.reserveCapacity(buffer.count + 16)
        var index = start
        while index < buffer.count {
            let length = sequenceLength(buffer, at: index)
            if length > 0 {
                output.append(contentsOf: buffer[index..<index + length])
                index += length
            } else {
                append(windows1252(buffer[index]), to: &output)
                index += 1
            }
        }
        return output
    }

    /// The length of the well-formed sequence that begins at `index` (Unicode, table 3-7), 0 where none does.
    private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let first = bytes[index]
        if first < 0x80 { return 1 }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }

    /// Appends a code point; what is none becomes U+FFFD.
    package static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(value) else { return bytes.append(contentsOf: replacement) }
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    /// Windows-1252 differs from Latin-1 in 0x80...0x9F only (Microsoft's cp1252 table, five places unassigned).
    private static func windows1252(_ byte: UInt8) -> UInt32 {
        guard (0x80...0x9F).contains(byte) else { return UInt32(byte) }
        return upperControls[Int(byte) - 0x80]
    }

    private static let upperControls: [UInt32] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
        0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0xFFFD, 0x017E, 0x0178,
    ]
}
