extension String {
    /// Whether the bytes of another text stand in this one.
    ///
    /// It goes before the standard library's search, which weighs the canonical forms of every character: readers ask some
    /// hundred short questions of each abstract, and that search was two fifths of their time. Texts and words are composed
    /// here already, so that the answers are the same.
    func contains(_ other: String) -> Bool {
        var (text, sought) = (self, other)
        return text.withUTF8 { text in
            sought.withUTF8 { sought in
                guard let first = sought.first else { return true }
                var at = 0
                while at + sought.count <= text.count {
                    if text[at] == first {
                        var same = 1
                        while same < sought.count, text[at + same] == sought[same] { same += 1 }
                        if same == sought.count { return true }
                    }
                    at += 1
                }
                return false
            }
        }
    }
}
