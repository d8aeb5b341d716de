extension String {
    /// Copies bytes that are known to be UTF-8. Checking them once more takes many times as long as the copy.
    ///
    /// - Parameter isASCII: whether they are known to be ASCII.
    init(valid utf8: UnsafeBufferPointer<UInt8>, isASCII: Bool) {
        if #available(macOS 26, *) {
            self.init(copying: UTF8Span(unchecked: utf8.span, isKnownASCII: isASCII))
        } else {
            self.init(decoding: utf8, as: UTF8.self)
        }
    }
}
