/// TeX's spelling of letters and signs, as BibTeX files carry it, and plain text.
enum TeXText {
    /// Accents become letters, commands their sign or their argument, braces and `$` go; unknown commands stay as words.
    static func plain(_ bytes: [UInt8]) -> String {
        guard bytes.contains(where: { "\\{}$~-`'".utf8.contains($0) }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var decoder = Decoder(bytes: bytes)
        return decoder.run()
    }

    /// Text so that `plain` gives it back, braces balanced for every reader.
    static func escaped(_ text: String) -> String {
        var output = ""
        var previous: Character?
        for character in text {
            switch character {
            case "\\": output += "{\\textbackslash}"
            case "{": output += "{\\textbraceleft}"
            case "}": output += "{\\textbraceright}"
            case "~": output += "{\\textasciitilde}"
            case "^": output += "{\\textasciicircum}"
            case "$", "&", "#", "%", "_": output += "\\\(character)"
            // Two in a row would become a dash or a quotation mark.
            case "-", "`", "'": output += previous == character ? "{\(character)}" : String(character)
            default: output.append(character)
            }
            previous = character
        }
        return output
    }

    private struct Decoder {
        let bytes: [UInt8]
        /// Whether `$` comes in pairs, so that they are no prices.
        let hasMath: Bool
        var index = 0
        var output: [UInt8] = []

        init(bytes: [UInt8]) {
            self.bytes = bytes
            var count = 0
            var previous: UInt8 = 0
            for byte in bytes {
                if byte == 0x24, previous != 0x5C { count += 1 }
                previous = byte
            }
            hasMath = count.isMultiple(of: 2)
        }

        mutating func run() -> String {
            output.reserveCapacity(bytes.count)
            while index < bytes.count {
                let byte = bytes[index]
                switch byte {
                case 0x5C: command()
                case 0x7B, 0x7D: index += 1
                case 0x24 where hasMath: index += 1
                case 0x7E: emit(" ", 1)
                case 0x2D where run(of: 0x2D) >= 3: emit("\u{2014}", 3)
                case 0x2D where run(of: 0x2D) == 2: emit("\u{2013}", 2)
                case 0x60 where run(of: 0x60) == 2: emit("\u{201C}", 2)
                case 0x27 where run(of: 0x27) == 2: emit("\u{201D}", 2)
                default:
                    output.append(byte)
                    index += 1
                }
            }
            return String(decoding: output, as: UTF8.self)
        }

        private mutating func command() {
            index += 1
            guard index < bytes.count else { return }
            let first = bytes[index]
            guard isLetter(first) else {
                index += 1
                if let mark = TeXTables.accents[first] { return accent(mark) }
                // \& and its like stand for themselves, \\ and \, for a blank, \- for a place to break.
                switch first {
                case 0x5C, 0x2C, 0x3B, 0x3A, 0x20, 0x21: output.append(0x20)
                case 0x2D, 0x2F: break
                default: output.append(first)
                }
                return
            }
            let start = index
            while index < bytes.count, isLetter(bytes[index]) { index += 1 }
            let name = String(decoding: bytes[start..<index], as: UTF8.self)
            if index - start == 1, let mark = TeXTables.accents[first], isAccentArgument() { return accent(mark) }
            if let sign = TeXTables.signs[name] {
                output.append(contentsOf: sign.utf8)
                // TeX takes the blank after a command for its end.
                if index < bytes.count, bytes[index] == 0x20 { index += 1 }
            } else if name == "noopsort" {
                // Knuth's trick for sorting: `{\noopsort{1973b}}1973` prints as 1973.
                skipArgument()
            } else if TeXTables.dropped.contains(name) {
                while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            } else {
                output.append(contentsOf: name.utf8)
            }
        }

        /// Goes past `{...}`.
        private mutating func skipArgument() {
            guard index < bytes.count, bytes[index] == 0x7B else { return }
            var depth = 0
            while index < bytes.count {
                if bytes[index] == 0x7B { depth += 1 }
                if bytes[index] == 0x7D { depth -= 1 }
                index += 1
                if depth == 0 { return }
            }
        }

        private func isAccentArgument() -> Bool {
            index < bytes.count && (bytes[index] == 0x7B || bytes[index] == 0x20)
        }

        /// The letter that an accent stands on: `\"u`, `\"{u}`, `\'\i`, `\c c`.
        private mutating func accent(_ mark: String) {
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
            let isBraced = index < bytes.count && bytes[index] == 0x7B
            if isBraced { index += 1 }
            guard index < bytes.count, bytes[index] != 0x7D else {
                if isBraced, index < bytes.count { index += 1 }
                return
            }
            if bytes[index] == 0x5C, index + 1 < bytes.count, bytes[index + 1] == 0x69 || bytes[index + 1] == 0x6A {
                output.append(bytes[index + 1])
                index += 2
            } else {
                output.append(bytes[index])
                index += 1
                while index < bytes.count, bytes[index] & 0xC0 == 0x80 {
                    output.append(bytes[index])
                    index += 1
                }
            }
            output.append(contentsOf: mark.utf8)
        }

        private func run(of byte: UInt8) -> Int {
            var end = index
            while end < bytes.count, bytes[end] == byte { end += 1 }
            return end - index
        }

        private mutating func emit(_ text: String, _ count: Int) {
            output.append(contentsOf: text.utf8)
            index += count
        }

        private func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
    }
}

/// Facts from "The Comprehensive LaTeX Symbol List" (CTAN), those that titles and names hold.
enum TeXTables {
    /// Accent commands and the combining marks for them, which NFC joins with their letter.
    static let accents: [UInt8: String] = [
        0x60: "\u{300}", 0x27: "\u{301}", 0x5E: "\u{302}", 0x7E: "\u{303}", 0x3D: "\u{304}", 0x2E: "\u{307}",
        0x22: "\u{308}", 0x75: "\u{306}", 0x72: "\u{30A}", 0x48: "\u{30B}", 0x76: "\u{30C}", 0x63: "\u{327}",
        0x6B: "\u{328}", 0x64: "\u{323}", 0x62: "\u{331}",
    ]

    static let signs: [String: String] = [
        "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł",
        "L": "Ł",
        "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "textbackslash": "\\",
        "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^", "textendash": "–",
        "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
        "textquotedblright": "”",
        "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textdegree": "°", "textmu": "µ",
        "textperiodcentered": "·", "textless": "<", "textgreater": ">", "textbar": "|", "textunderscore": "_",
        "textdollar": "$", "ldots": "…", "dots": "…", "pm": "±", "times": "×", "leq": "≤", "le": "≤", "geq": "≥",
        "ge": "≥",
        "approx": "≈", "sim": "∼", "neq": "≠", "cdot": "·", "infty": "∞", "degree": "°", "rightarrow": "→", "circ": "°",
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
        "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
        "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
        "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    ]

    /// Commands that change the look only; their argument stays.
    static let dropped: Set<String> = [
        "emph", "textit", "textbf", "textsc", "textrm", "textsf", "texttt", "textsuperscript", "textsubscript",
        "mathrm",
        "mathit", "mathbf", "mathsf", "ensuremath", "it", "bf", "em", "rm", "sc", "sf", "tt", "url", "href", "mbox",
        "text", "relax", "protect", "uppercase", "lowercase", "enquote", "hbox", "small",
    ]
}
