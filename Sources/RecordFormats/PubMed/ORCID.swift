/// ORCID iDs as records spell them: with or without address, with or without hyphens, with a small `x`, with blanks.
enum ORCID {
    /// `0000-0002-1825-0097`; nil where the text holds no sixteen characters of an iD.
    static func normalised(_ text: String) -> String? {
        var characters: [UInt8] = []
        // An address before the iD may hold digits of its own (a port, `www2`).
        let tail = text.utf8.split(separator: 0x2F).last ?? text.utf8[...]
        for byte in tail {
            switch byte {
            case 0x30...0x39: characters.append(byte)
            case 0x58, 0x78: characters.append(0x58)
            case 0x2D, 0x20, 0x2E: continue
            // Hyphens and dashes of other alphabets (U+2010...U+2015).
            case 0xE2, 0x80, 0x90...0x95: continue
            default: return nil
            }
        }
        guard characters.count == 16, characters.dropLast().allSatisfy({ $0 != 0x58 }) else { return nil }
        let groups = stride(from: 0, to: 16, by: 4).map { String(decoding: characters[$0..<$0 + 4], as: UTF8.self) }
        return groups.joined(separator: "-")
    }
}
