/// The entities of HTML that exports leave in titles, names and abstracts.
enum HTMLEntity {
    /// The text with its entities read; nil where it has none. What is no entity stays as it is: `AT&T; R&D`.
    static func decoded(_ bytes: [UInt8]) -> [UInt8]? {
        guard var ampersand = bytes.firstIndex(of: 0x26) else { return nil }
        var output: [UInt8] = []
        var start = 0
        while true {
            if let (text, end) = entity(bytes, at: ampersand) {
                output.append(contentsOf: bytes[start..<ampersand])
                output.append(contentsOf: text.utf8)
                start = end
            }
            let next = max(start, ampersand + 1)
            guard next < bytes.count, let more = bytes[next...].firstIndex(of: 0x26) else { break }
            ampersand = more
        }
        guard start > 0 else { return nil }
        output.append(contentsOf: bytes[start...])
        return output
    }

    /// The text so that `decoded` gives it back: an ampersand that would be read as an entity's becomes one.
    static func escaped(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(0x26) else { return text }
        var output: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            output.append(byte)
            if byte == 0x26, entity(bytes, at: index) != nil { output.append(contentsOf: "amp;".utf8) }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func entity(_ bytes: [UInt8], at ampersand: Int) -> (text: String, end: Int)? {
        let rest = bytes[(ampersand + 1)...].prefix(10)
        guard let semicolon = rest.firstIndex(of: 0x3B), semicolon > ampersand + 1 else { return nil }
        let name = String(decoding: bytes[(ampersand + 1)..<semicolon], as: UTF8.self)
        guard name.hasPrefix("#") else { return named[name].map { ($0, semicolon + 1) } }
        let digits = name.dropFirst()
        let number = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        // Controls are no text.
        guard let number, number >= 0x20, let scalar = Unicode.Scalar(number) else { return nil }
        return (String(Character(scalar)), semicolon + 1)
    }

    /// Those that exports of databases were seen to hold (HTML 4.01, section 24).
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "\u{2013}",
        "mdash": "\u{2014}", "hellip": "…", "lsquo": "\u{2018}", "rsquo": "\u{2019}", "ldquo": "\u{201C}",
        "rdquo": "\u{201D}", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "kappa": "κ",
        "lambda": "λ", "mu": "μ", "omega": "ω", "micro": "µ", "plusmn": "±", "times": "×", "deg": "°", "copy": "©",
        "reg": "®", "trade": "™", "le": "≤", "ge": "≥", "middot": "·", "agrave": "à", "aacute": "á", "acirc": "â",
        "atilde": "ã", "auml": "ä", "aring": "å", "aelig": "æ", "ccedil": "ç", "egrave": "è", "eacute": "é",
        "ecirc": "ê", "euml": "ë", "igrave": "ì", "iacute": "í", "icirc": "î", "iuml": "ï", "ntilde": "ñ",
        "ograve": "ò", "oacute": "ó", "ocirc": "ô", "otilde": "õ", "ouml": "ö", "oslash": "ø", "ugrave": "ù",
        "uacute": "ú", "ucirc": "û", "uuml": "ü", "szlig": "ß", "Aacute": "Á", "Auml": "Ä", "Aring": "Å",
        "Ccedil": "Ç", "Eacute": "É", "Ouml": "Ö", "Oslash": "Ø", "Uuml": "Ü",
    ]
}
