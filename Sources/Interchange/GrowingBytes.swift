/// Bytes that are written one after the other. An array asks at every byte whether somebody else holds it; a writer that
/// puts down a few bytes at a time would spend most of its time on that question.
struct GrowingBytes: ~Copyable {
    private var start: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        start = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit { start.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Appends what is written into memory for `capacity` bytes.
    ///
    /// - Parameter write: is given where to write, and says how many bytes it wrote.
    @inline(__always)
    @discardableResult
    mutating func append(capacity: Int, _ write: (UnsafeMutableRawPointer) -> Int) -> Int {
        reserve(capacity)
        let length = write(start + count)
        count += length
        return length
    }

    @inline(__always)
    mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
        guard let source = more.baseAddress else { return }
        reserve(more.count)
        (start + count).copyMemory(from: source, byteCount: more.count)
        count += more.count
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(count + more) }
    }

    @inline(never)
    private mutating func grow(_ needed: Int) {
        capacity = max(needed, 2 * capacity)
        let old = start
        start = .allocate(byteCount: capacity, alignment: 16)
        start.copyMemory(from: old, byteCount: count)
        old.deallocate()
    }
}
