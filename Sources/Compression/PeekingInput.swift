/// An input whose first bytes can be looked at before they are read.
package final class PeekingInput: ByteInput {
    private let source: any ByteInput
    private var held: [[UInt8]] = []

    package init(_ source: any ByteInput) { self.source = source }

    /// At least `count` bytes from the start, fewer only where the input is shorter. Standard input may come in
    /// pieces of one byte.
    package func peek(_ count: Int) throws -> [UInt8] {
        var bytes = held.flatMap(\.self)
        while bytes.count < count, let piece = try source.next() { bytes += piece }
        held = bytes.isEmpty ? [] : [bytes]
        return bytes
    }

    package func next() throws -> [UInt8]? {
        guard held.isEmpty else { return held.removeFirst() }
        return try source.next()
    }
}
