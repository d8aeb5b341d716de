/// Why a document could not be read on.
package struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Kind: Hashable, Sendable {
        /// There is no document: no bytes, or white space only.
        case empty
        /// The bytes end before the document does.
        case truncated
        case notWellFormed
        /// The bytes are not text in the encoding that the document names, or the encoding is not known.
        case encoding
        /// The document uses entities that it defines itself; they are never expanded.
        case entity
        /// A bound on depth, length of names and the like, or on memory.
        case limit
    }

    package var kind: Kind
    /// 1-based.
    package var line: Int
    /// How many bytes of the document were read before.
    package var offset: Int
    /// What is wrong, in libxml2's words where it found the fault.
    package var message: String

    package init(kind: Kind, line: Int, offset: Int, message: String) {
        self.kind = kind
        self.line = line
        self.offset = offset
        self.message = message
    }

    package var description: String { "line \(line): \(message)" }
}
