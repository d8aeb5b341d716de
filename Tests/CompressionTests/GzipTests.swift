import Compression
import Testing

@Suite("gzip in and out")
struct GzipTests {
    /// Text that deflate can shorten, but not to nothing.
    static func sample(_ count: Int, seed: UInt64 = 7) -> [UInt8] {
        var state = seed
        return (0..<count).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return index % 7 < 4 ? UInt8(0x61 + index % 13) : UInt8(truncatingIfNeeded: state >> 59) &+ 0x41
        }
    }

    static func readAll(_ input: any ByteInput) -> (bytes: [UInt8], error: (any Error)?) {
        var bytes: [UInt8] = []
        do {
            while let piece = try input.next() {
                #expect(!piece.isEmpty)
                bytes += piece
            }
            return (bytes, nil)
        } catch { return (bytes, error) }
    }

    @Test("What was compressed comes back", arguments: [0, 1, 2, 100, 65_535, 65_536, 65_537, 400_000])
    func roundTrip(count: Int) throws {
        let bytes = Self.sample(count)
        let packed = try Gzip.compress(bytes)
        #expect(try Gzip.decompress(packed, limit: count) == bytes)
        #expect(try Gzip.compress(bytes) == packed)
        #expect(Array(packed[4..<8]) == [0, 0, 0, 0], "no time in the header")
        #expect(packed[3] == 0, "no name in the header")
        if count > 1000 { #expect(packed.count < count) }
    }

    @Test("Writing in pieces gives what reads back whole")
    func pieces() throws {
        let bytes = Self.sample(300_000)
        let writer = GzipWriter()
        var packed: [UInt8] = []
        var position = 0
        while position < bytes.count {
            let end = min(bytes.count, position + 7_919)
            packed += try writer.write(Array(bytes[position..<end]))
            position = end
        }
        packed += try writer.finish()
        #expect(try Gzip.decompress(packed, limit: .max) == bytes)
        #expect(throws: GzipError.self) { try writer.write([1]) }
    }

    @Test("The size of the pieces in which gzip arrives changes nothing", arguments: [1, 2, 17, 1000, 1 << 20])
    func pieceSizes(size: Int) throws {
        let bytes = Self.sample(50_000)
        let packed = try Gzip.compress(bytes) + Gzip.compress(Array("and more".utf8))
        let read = Self.readAll(InflatingInput(MemoryInput(packed, pieceSize: size)))
        #expect(read.bytes == bytes + Array("and more".utf8))
        #expect(read.error == nil)
    }

    @Test("Bytes that are not gzip pass unchanged", arguments: [[], [0x1F], [0x1F, 0x20], Array("plain".utf8)])
    func plain(bytes: [UInt8]) {
        let read = Self.readAll(InflatingInput(MemoryInput(bytes, pieceSize: 1)))
        #expect(read.bytes == bytes)
        #expect(read.error == nil)
    }

    @Test("Zeros after the last member are padding")
    func padding() throws {
        let packed = try Gzip.compress([1, 2, 3]) + [UInt8](repeating: 0, count: 70_000)
        let read = Self.readAll(InflatingInput(MemoryInput(packed)))
        #expect(read.bytes == [1, 2, 3])
        #expect(read.error == nil)
    }

    @Test(
        "Other bytes after the last member are reported, after everything else",
        arguments: ["junk", "\u{1F}and a long tail"])
    func trailing(text: String) throws {
        let packed = try Gzip.compress([1, 2, 3]) + Array(text.utf8)
        let read = Self.readAll(InflatingInput(MemoryInput(packed)))
        #expect(read.bytes == [1, 2, 3])
        #expect(read.error as? GzipError == .trailingBytes)
        #expect("\(GzipError.trailingBytes)".contains("not read"))
    }

    @Test("A cut gzip gives a prefix of the text and then says that it is cut")
    func truncated() throws {
        let bytes = Self.sample(200_000)
        let packed = try Gzip.compress(bytes)
        var longest = 0
        for cut in stride(from: 2, to: packed.count, by: 997) {
            let read = Self.readAll(InflatingInput(MemoryInput(Array(packed[..<cut]), pieceSize: 4096)))
            #expect(read.error as? GzipError == .truncated)
            #expect(bytes.starts(with: read.bytes))
            longest = max(longest, read.bytes.count)
        }
        #expect(longest > 190_000, "nearly everything before the cut is given out")
        #expect("\(GzipError.truncated)".contains("cut off"))
    }

    @Test("A spoilt gzip ends in an error, never in silence")
    func spoilt() throws {
        let bytes = Self.sample(100_000)
        let packed = try Gzip.compress(bytes)
        for position in stride(from: 12, to: packed.count, by: 1_009) {
            var bad = packed
            bad[position] ^= 0x55
            let read = Self.readAll(InflatingInput(MemoryInput(bad)))
            #expect(read.error is GzipError || read.bytes == bytes)
            #expect(read.bytes.count < 4_000_000)
        }
        var badSum = packed
        badSum[packed.count - 6] ^= 1
        let read = Self.readAll(InflatingInput(MemoryInput(badSum)))
        #expect(read.bytes == bytes)
        #expect(read.error as? GzipError == .checksum)
        #expect("\(GzipError.checksum)".contains("checksum") && "\(GzipError.corrupt)".contains("damaged"))
    }

    @Test("A bomb stops at the limit")
    func bomb() throws {
        let writer = GzipWriter()
        var packed: [UInt8] = []
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        for _ in 0..<64 { packed += try writer.write(zeros) }
        packed += try writer.finish()
        #expect(packed.count < 1 << 20)
        #expect(throws: GzipError.tooLarge(limit: 1000)) { try Gzip.decompress(packed, limit: 1000) }
        #expect("\(GzipError.tooLarge(limit: 1000))".contains("1000 bytes"))
    }
}
