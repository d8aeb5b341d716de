/// The corpus as the comparing threads see it: bare buffers, read only.
struct CorpusView: @unchecked Sendable {
    let signatures: UnsafeBufferPointer<Signature>
    let titles: UnsafeBufferPointer<UInt8>
    let authors: UnsafeBufferPointer<AuthorKey>
    let names: UnsafeBufferPointer<UInt64>
    let nameLetters: UnsafeBufferPointer<UInt8>
    let sketches: UnsafeBufferPointer<UInt32>
    let journals: [JournalName]

    func title(_ signature: Signature) -> Slice<UnsafeBufferPointer<UInt8>> { slice(titles, signature.title) }
    func authors(_ signature: Signature) -> Slice<UnsafeBufferPointer<AuthorKey>> { slice(authors, signature.authors) }
    func names(_ run: Signature.Run) -> Slice<UnsafeBufferPointer<UInt64>> { slice(names, run) }
    func letters(_ author: AuthorKey) -> Slice<UnsafeBufferPointer<UInt8>> { slice(nameLetters, author.letters) }
    func sketch(_ signature: Signature) -> Slice<UnsafeBufferPointer<UInt32>> { slice(sketches, signature.sketch) }

    private func slice<T>(_ buffer: UnsafeBufferPointer<T>, _ run: Signature.Run) -> Slice<UnsafeBufferPointer<T>> {
        buffer[Int(run.start)..<Int(run.start + run.count)]
    }
}

extension Corpus {
    /// Lends the buffers for the time of `body`.
    func withView<Result>(_ body: (CorpusView) -> Result) -> Result {
        signatures.withUnsafeBufferPointer { signatures in
            titles.withUnsafeBufferPointer { titles in
                authors.withUnsafeBufferPointer { authors in
                    names.withUnsafeBufferPointer { names in
                        nameLetters.withUnsafeBufferPointer { letters in
                            sketches.withUnsafeBufferPointer { sketches in
                                body(
                                    CorpusView(
                                        signatures: signatures, titles: titles, authors: authors, names: names,
                                        nameLetters: letters, sketches: sketches, journals: journals))
                            }
                        }
                    }
                }
            }
        }
    }
}
