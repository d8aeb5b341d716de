import Bibliography
import Compression
import Dispatch
import Foundation
import Mutation
import RecordFormats
import Synchronization

/// A file, and where its records stand where that is known: then those that are not hit must all come out.
private struct Sample: Sendable {
    var bytes: [UInt8]
    var records: [Range<Int>] = []
    var pmids: [UInt32] = []

    /// Much of every file would only be read again and again.
    static let longest = 24_000

    init?(path: String) {
        guard let input = try? FileInput(path: path) else { return nil }
        bytes = []
        while bytes.count < Self.longest, let piece = try? input.next() { bytes += piece }
        bytes = Array(bytes.prefix(Self.longest))
        guard !bytes.isEmpty else { return nil }
    }

    /// Ten invented records of PubMed.
    init() {
        bytes = Array("<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet SYSTEM \"x\">\n<PubmedArticleSet>\n".utf8)
        for pmid in 1...10 {
            let record =
                "<PubmedArticle><MedlineCitation Status=\"MEDLINE\"><PMID Version=\"1\">\(pmid)</PMID><Article>"
                + "<ArticleTitle>On <i>ketamine</i> &amp; caf\u{E9}s</ArticleTitle><Abstract><AbstractText Label=\"AIM\">Text."
                + "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n"
            records.append(bytes.count..<bytes.count + record.utf8.count)
            pmids.append(UInt32(pmid))
            bytes += Array(record.utf8)
        }
        bytes += Array("</PubmedArticleSet>\n".utf8)
    }
}

private struct Outcome: Sendable {
    var records = 0
    var issues = 0
    var slowest = 0.0
    var missing: [UInt64] = []

    mutating func add(_ other: Outcome) {
        records += other.records
        issues += other.issues
        slowest = max(slowest, other.slowest)
        missing += other.missing
    }
}

private func read(_ sample: Sample, seed: UInt64, into outcome: inout Outcome) throws {
    var mutation = Mutation(seed: seed)
    var bytes = sample.bytes
    let hit = sample.records.isEmpty ? nil : mutation.number(below: sample.records.count)
    mutation.damage(&bytes, in: hit.map { sample.records[$0] } ?? 0..<bytes.count)
    let start = Date()
    var found: Set<UInt32> = []
    let input = MemoryInput(bytes, pieceSize: 200 + mutation.number(below: 8000))
    try RecordReader(input: input, name: "fuzz").read { event in
        switch event {
        case .record(let record, _):
            outcome.records += 1
            if let pmid = record.pmid { found.insert(pmid.number) }
        case .issue: outcome.issues += 1
        }
    }
    outcome.slowest = max(outcome.slowest, Date().timeIntervalSince(start))
    let isMissing = sample.pmids.indices.contains { $0 != hit && !found.contains(sample.pmids[$0]) }
    if isMissing { outcome.missing.append(seed) }
}

/// Damages files again and again and reads what is left of them. False when a record that was not touched is missing,
/// when one input takes longer than ten seconds, or when memory grows beyond 512 MiB; a crash names itself. The same
/// number of inputs gives the same inputs.
func fuzz(inputs: Int, paths: [String]) -> Bool {
    let files = paths.compactMap { Sample(path: $0) }
    let samples = [Sample](repeating: Sample(), count: max(1, files.count / 3)) + files
    let chunk = 500
    let total = Mutex(Outcome())
    let begin = Date()
    DispatchQueue.concurrentPerform(iterations: (inputs + chunk - 1) / chunk) { part in
        var outcome = Outcome()
        for number in part * chunk..<min(inputs, (part + 1) * chunk) {
            do {
                try read(samples[number % samples.count], seed: UInt64(number), into: &outcome)
            } catch {
                print("input \(number): \(error)")
                exit(1)
            }
        }
        total.withLock { $0.add(outcome) }
    }
    let outcome = total.withLock { $0 }
    let megabytes = peakMegabytes(ownUsage)
    print(
        "\(inputs) damaged inputs from \(samples.count) files: no crash, \(outcome.records) records, "
            + "\(outcome.issues) issues, slowest \(Int(outcome.slowest * 1000)) ms, \(megabytes) MiB, "
            + "\(Int(Date().timeIntervalSince(begin))) s")
    if !outcome.missing.isEmpty {
        print("records that were not touched are missing for the inputs \(outcome.missing.sorted().prefix(20))")
    }
    return outcome.missing.isEmpty && outcome.slowest <= 10 && megabytes <= 512
}
