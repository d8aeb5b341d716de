import Bibliography

/// What entries take over from others of their file: by `crossref` from the volume they stand in, by `xdata` from a set of
/// shared fields. A field that the entry has itself is never replaced.
///
/// What names one document (DOI, PMID, address) and what tells of one (abstract, keywords, pages, note) is not taken over
/// from a volume: fifty papers of one volume would bear its DOI.
struct BibTeXInheritance {
    /// A volume of a volume, and no chain without end.
    private static let deepest = 8
    /// Fields of all entries together that are remembered for those that refer to them.
    private static let mostBytes = 32 << 20

    private static let neverInherited: Set<String> = ["crossref", "xdata", "xref", "ids", "key", "related", "entryset"]
    private static let ownOfDocument: Set<String> = [
        "doi", "pmid", "pubmed_id", "pmcid", "pmc", "eprint", "eprinttype", "archiveprefix", "url", "unique-id",
        "abstract",
        "keywords", "keyword", "author_keywords", "keywords-plus", "pages", "article-number", "art_number", "articleno",
        "eid", "note", "annote", "affiliation", "affiliations", "title", "subtitle",
    ]

    /// By key in small letters; BibTeX takes the first of several.
    private var entries: [String: BibTeXEntry] = [:]
    private var bytes = 0

    /// Keeps an entry for those that refer to it.
    mutating func remember(_ entry: BibTeXEntry) {
        guard let key = entry.key?.lowercased(), entries[key] == nil else { return }
        let size = entry.fields.reduce(0) { $0 + $1.value.count + 64 }
        guard bytes + size <= Self.mostBytes else { return }
        bytes += size
        entries[key] = entry
    }

    /// Whether something that the entry refers to, at any remove, has not been read yet.
    func waits(_ entry: BibTeXEntry) -> Bool { walk(entry).contains { $0.entry == nil && $0.problem == nil } }

    /// The entry with what it takes over, and what is odd about that.
    func resolved(_ entry: BibTeXEntry) -> (entry: BibTeXEntry, problems: [(code: String, text: String)]) {
        var whole = entry
        var problems: [(code: String, text: String)] = []
        for step in walk(entry) {
            if let problem = step.problem {
                problems.append(problem)
            } else if let parent = step.entry {
                whole.inherit(step.isVolume ? Self.ofVolume(parent, for: entry) : Self.shared(parent))
            } else {
                problems.append(
                    ("missingParent", "the entry refers to '\(step.key)', which is no entry of this file; add it"))
            }
        }
        return (whole, problems)
    }

    private struct Step {
        var key: String
        var isVolume: Bool
        /// nil where there is none of this key.
        var entry: BibTeXEntry?
        var problem: (code: String, text: String)?
    }

    /// Everything that an entry refers to, nearest first.
    private func walk(_ entry: BibTeXEntry) -> [Step] {
        var steps: [Step] = []
        func follow(_ entry: BibTeXEntry, _ above: [String], _ isVolume: Bool) {
            for (field, leadsToVolume) in [("xdata", false), ("crossref", true)] {
                guard let text = BibTeXRecord.text(entry.first(field)) else { continue }
                let keys = leadsToVolume ? [text] : FieldText.list(text, separator: 0x2C)
                for key in keys {
                    var step = Step(key: key, isVolume: isVolume || leadsToVolume)
                    let folded = key.lowercased()
                    if above.contains(folded) {
                        step.problem = ("circularReference", "the entry refers to itself by way of '\(key)'")
                    } else if above.count > Self.deepest {
                        step.problem = (
                            "deepReference", "references run deeper than \(Self.deepest) entries at '\(key)'"
                        )
                    } else {
                        step.entry = entries[folded]
                    }
                    steps.append(step)
                    // A wide and deep tree of references is no bibliography.
                    guard steps.count < 100, let parent = step.entry else { continue }
                    follow(parent, above + [folded], step.isVolume)
                }
            }
        }
        follow(entry, [entry.key?.lowercased() ?? ""], false)
        return steps
    }

    private static func shared(_ parent: BibTeXEntry) -> [BibTeXEntry.Field] {
        parent.fields.filter { !neverInherited.contains($0.name) }
    }

    /// The title of the volume is the journal's or the book's of what stands in it (the default of BibLaTeX); a chapter
    /// without a title of its own (`@inbook`) is called by the book's.
    private static func ofVolume(_ parent: BibTeXEntry, for child: BibTeXEntry) -> [BibTeXEntry.Field] {
        var fields = parent.fields.filter { !neverInherited.contains($0.name) && !ownOfDocument.contains($0.name) }
        if let title = parent.first("title") {
            fields.append(.init(name: parent.type == "periodical" ? "journaltitle" : "booktitle", value: title))
            if child.type == "inbook" { fields.append(.init(name: "title", value: title)) }
        }
        return fields
    }
}

/// Entries wait for what they refer to, in the order of the file: BibTeX has the volume stand behind what stands in it.
struct BibTeXQueue {
    struct Waiting {
        var entry: BibTeXEntry
        var block: BibTeXCollector.Block
    }

    /// Of all that wait; then the first goes on without.
    private static let mostBytes = 32 << 20

    var inheritance = BibTeXInheritance()
    private var waiting: [Waiting] = []
    private var first = 0
    private var bytes = 0

    mutating func add(_ entry: BibTeXEntry, _ block: BibTeXCollector.Block) {
        inheritance.remember(entry)
        bytes += block.bytes.count
        waiting.append(Waiting(entry: entry, block: block))
    }

    /// The next entry that needs to wait no longer.
    ///
    /// - Parameter isEnd: nothing follows, so that nothing can be waited for.
    mutating func next(isEnd: Bool = false) -> Waiting? {
        guard first < waiting.count, isEnd || bytes > Self.mostBytes || !inheritance.waits(waiting[first].entry) else {
            return nil
        }
        let next = waiting[first]
        bytes -= next.block.bytes.count
        first += 1
        // What has gone on is let go of, now and then: an entry that waits in vain keeps the queue from ever being empty.
        if first == waiting.count || first >= 1024 {
            waiting.removeSubrange(..<first)
            first = 0
        }
        return next
    }
}
