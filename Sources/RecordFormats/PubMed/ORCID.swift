/// ORCID iDs as records spell them: with or without address, with or without hyphens, with a small `x`, with blanks.
enum ORCID {
    /// `0000-0002-1825-0097`; nil where the text holds no sixteen characters of an iD.
    static func normalised(_ text: String) -> String? {
        // An address before the iD may hold digits of its own (a port, `www2`).
        var tail = text.utf8[...]
        while tail.last == UInt8(ascii: "/") { tail.removeLast() }
        if let slash = tail.lastIndex(of: UInt8(ascii: "/")) { tail = tail[tail.index(after: slash)...] }
        var count = 0
        var isORCID = true
        let spelled = String(unsafeUninitializedCapacity: 19) { iD in
            var end = 0
            for byte in tail {
                switch byte {
                case 0x30...0x39, 0x58, 0x78:
                    // Only the last of the sixteen may be an X.
                    guard count < 16, byte <= 0x39 || count == 15 else {
                        isORCID = false
                        return 0
                    }
                    if count > 0, count % 4 == 0 {
                        iD[end] = UInt8(ascii: "-")
                        end += 1
                    }
                    iD[end] = byte == 0x78 ? 0x58 : byte
                    end += 1
                    count += 1
                case 0x2D, 0x20, 0x2E: continue
                // Hyphens and dashes of other alphabets (U+2010...U+2015).
                case 0xE2, 0x80, 0x90...0x95: continue
                default:
                    isORCID = false
                    return 0
                }
            }
            return end
        }
        return isORCID && count == 16 ? spelled : nil
    }
}
