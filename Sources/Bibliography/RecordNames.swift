/// The records that there are, to find those that a person means by what stands in a table or on a command line.
package struct RecordNames: Sendable {
    private let known: Set<RecordID>
    /// Records named by a PMID, also those of a second source: `pubmed:1`, `embase/pubmed:1`.
    private let byPMID: [PMID: [RecordID]]

    package init(_ known: Set<RecordID>) {
        self.known = known
        var byPMID: [PMID: [RecordID]] = [:]
        for id in known { if let pmid = id.pmid { byPMID[pmid, default: []].append(id) } }
        // PubMed's own record before those of other sources.
        self.byPMID = byPMID.mapValues { $0.sorted { ($0.rawValue.utf8.count, $0) < ($1.rawValue.utf8.count, $1) } }
    }

    /// Every record that a text may mean: the one of this very name, else those named by the bare PMID. Several where
    /// sources share a PMID; none where no record is called so.
    package func meant(by text: String) -> [RecordID] {
        // Of a column of numbers with gaps, programs make 90000001.0.
        let number = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        if let exact = [RecordID(text), RecordID(number)].first(where: known.contains) { return [exact] }
        return PMID(number).flatMap { byPMID[$0] } ?? []
    }
}

extension RecordID {
    /// The PMID that stands in a name like `pubmed:1` or `embase/pubmed:1`.
    package var pmid: PMID? {
        guard let colon = rawValue.utf8.lastIndex(of: 0x3A) else { return nil }
        let kind = rawValue[..<colon]
        guard kind == "pubmed" || kind.hasSuffix("/pubmed") else { return nil }
        return PMID(rawValue[rawValue.utf8.index(after: colon)...])
    }
}
