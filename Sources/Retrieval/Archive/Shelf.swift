/// Where archived answers may be taken from: one run of one archive.
struct Shelf: Sendable {
    var archive: Archive
    var run: Int

    func answer(for key: RequestKey) -> ArchivedAnswer? { archive.answer(for: key, run: run) }
}

/// The answers at hand, most wanted first.
///
/// Online, only this run's own answers count: they are what a killed run had already asked. Offline, and when archives
/// are replayed, every run counts, the newest first, and the replayed archives come after the own one.
struct Bookcase: Sendable {
    let own: Archive
    let run: Int
    let shelves: [Shelf]

    init(own: Archive, settings: RetrievalSettings) {
        self.own = own
        run = settings.run
        var shelves = [Shelf(archive: own, run: settings.run)]
        if settings.offline || !settings.replayArchives.isEmpty {
            for archive in [own] + settings.replayArchives {
                let runs = Set(archive.exchanges.map(\.run)).sorted(by: >)
                for run in runs where !(archive === own && run == settings.run) {
                    shelves.append(Shelf(archive: archive, run: run))
                }
            }
        }
        self.shelves = shelves
    }

    /// The answer's bytes, after it is sure that the own archive holds them too.
    func take(_ answer: ArchivedAnswer, from shelf: Shelf) throws -> [UInt8] {
        let bytes = try shelf.archive.bytes(of: answer.hash)
        if shelf.archive !== own {
            let known = own.answer(for: answer.key, run: run)
            if known?.hash != answer.hash {
                _ = try own.keep(
                    bytes, key: answer.key, run: run, time: answer.time, status: answer.status,
                    contentType: answer.contentType, headers: answer.headers, isRedacted: answer.isRedacted)
            }
        }
        return bytes
    }
}
