/// The records that the loopback E-utilities hold: whole `PubmedArticle` and `PubmedBookArticle` elements, byte for byte.
package struct EutilsCorpus: Sendable {
    package struct Entry: Sendable {
        package var pmid: UInt32
        package var isBook: Bool
        /// The element with its tags.
        package var xml: [UInt8]
        /// First to last day that the publication date may mean, as `YYYYMMDD`; nil where there is no date.
        package var published: ClosedRange<Int>?
        /// For searching: everything between tags, in lower case.
        package var words: String
    }

    /// By PMID, a later record replacing an earlier one; sorted.
    package private(set) var entries: [Entry]
    private var index: [UInt32: Int]

    package init(entries: [Entry]) {
        var newest: [UInt32: Entry] = [:]
        for entry in entries { newest[entry.pmid] = entry }
        let sorted = newest.values.sorted { $0.pmid < $1.pmid }
        self.entries = sorted
        index = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1.pmid, $0) })
    }

    /// Cuts one or several `PubmedArticleSet` documents into their records.
    package init(xml documents: [[UInt8]]) {
        self.init(entries: documents.flatMap { Self.records(in: $0) })
    }

    /// Short invented records with ascending PMIDs.
    package static func invented(count: Int, from first: UInt32 = 90_000_001, step: UInt32 = 1) -> EutilsCorpus {
        EutilsCorpus(
            entries: (0..<UInt32(count)).map { number in
                let pmid = first + number * step
                let xml = """
                    <PubmedArticle><MedlineCitation Status="PubMed-not-MEDLINE"><PMID Version="1">\(pmid)</PMID>\
                    <Article><Journal><JournalIssue><PubDate><Year>\(2009 + number % 10)</Year></PubDate></JournalIssue>\
                    </Journal><ArticleTitle>Invented trial number \(number)</ArticleTitle></Article></MedlineCitation>\
                    </PubmedArticle>
                    """
                return Entry(
                    pmid: pmid, isBook: false, xml: Array(xml.utf8),
                    published: (Int(2009 + number % 10) * 10_000 + 101)...(Int(2009 + number % 10) * 10_000 + 1231),
                    words: "invented trial number \(number)")
            })
    }

    package subscript(_ pmid: UInt32) -> Entry? { index[pmid].map { entries[$0] } }

    private static func records(in document: [UInt8]) -> [Entry] {
        var found: [Entry] = []
        var position = 0
        while let start = document.position(of: "<Pubmed", from: position) {
            let isArticle = document.has("<PubmedArticle>", at: start)
            let isBook = document.has("<PubmedBookArticle>", at: start)
            position = start + 1
            guard isArticle || isBook else { continue }
            let end = isBook ? "</PubmedBookArticle>" : "</PubmedArticle>"
            guard let close = document.position(of: end, from: start) else { break }
            let xml = Array(document[start..<(close + end.utf8.count)])
            position = close
            guard let pmid = UInt32(xml.content(of: "PMID").filter(\.isNumber)) else { continue }
            found.append(
                Entry(pmid: pmid, isBook: isBook, xml: xml, published: published(xml), words: words(xml)))
        }
        return found
    }

    private static func published(_ xml: [UInt8]) -> ClosedRange<Int>? {
        let date = Array(xml.content(of: "PubDate").utf8)
        let year = Int(date.content(of: "Year")) ?? Int(date.content(of: "MedlineDate").prefix(4))
        guard let year else { return nil }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let word = date.content(of: "Month")
        guard let month = Int(word) ?? months.firstIndex(of: word).map({ $0 + 1 }) else {
            return (year * 10_000 + 101)...(year * 10_000 + 1231)
        }
        let base = year * 10_000 + month * 100
        guard let day = Int(date.content(of: "Day")) else { return (base + 1)...(base + 31) }
        return (base + day)...(base + day)
    }

    private static func words(_ xml: [UInt8]) -> String {
        var text: [UInt8] = []
        var isTag = false
        for byte in xml {
            if byte == 0x3C { isTag = true }
            if !isTag { text.append(byte) }
            if byte == 0x3E {
                isTag = false
                text.append(0x20)
            }
        }
        return String(decoding: text, as: UTF8.self).lowercased()
    }
}

extension [UInt8] {
    fileprivate func has(_ text: String, at position: Int) -> Bool { self[position...].starts(with: text.utf8) }

    fileprivate func position(of text: String, from start: Int) -> Int? {
        let wanted = Array(text.utf8)
        guard let first = wanted.first, count >= wanted.count else { return nil }
        var position = start
        while position <= count - wanted.count {
            if self[position] == first, self[position..<(position + wanted.count)].elementsEqual(wanted) {
                return position
            }
            position += 1
        }
        return nil
    }

    /// What stands between the first `<name ...>` and the next `</name>`.
    fileprivate func content(of name: String) -> String {
        var from = 0
        while let start = position(of: "<\(name)", from: from) {
            from = start + 1
            let after = start + name.utf8.count + 1
            guard after < count, self[after] == 0x3E || self[after] == 0x20,
                let open = self[after...].firstIndex(of: 0x3E), let end = position(of: "</\(name)>", from: open)
            else { continue }
            return String(decoding: self[(open + 1)..<end], as: UTF8.self)
        }
        return ""
    }
}
