import CLibXML2

/// Reads one XML document in the pieces in which it comes, over libxml2's SAX2 push parser.
///
///     let parser = try XMLPushParser(vocabulary: vocabulary, handler: handler)
///     while let piece = try input.next() { try parser.feed(piece) }
///     try parser.finish()
///
/// No DTD is loaded, nothing is fetched, no entity is expanded but the five of XML itself and character references.
/// Memory is bounded by libxml2's own limits (names, values and comments of 10 MB) and by `maxDepth`.
package final class XMLPushParser {
    /// How deep elements may be nested; libxml2 itself refuses more than 256.
    package static let maxDepth = 250
    /// How many entities a document may declare (they are never used) before it is refused.
    private static let maxDeclaredEntities = 1000

    private let context: xmlParserCtxtPtr
    private let handler: any XMLHandler
    private let names: InternedNames
    // Looked at in every callback, by one thread, never during a change: checks of exclusive access would cost more
    // than the work itself.
    @exclusivity(unchecked) private var depth = 0
    @exclusivity(unchecked) private var isStopped = false
    /// Depth of the element that is passed over; 0 for none.
    @exclusivity(unchecked) private var skippedDepth = 0
    private var hasRoot = false
    private var isBlank = true
    private var declaredEntities: Set<String> = []
    private var handlerError: (any Error)?
    private var fault: XMLError? { didSet { isStopped = true } }
    /// Where reading stopped: libxml2 forgets it.
    private var stop: (line: Int, offset: Int)?
    private var isFinished = false

    /// - Throws: `XMLError` (`limit`) when libxml2 gets no memory.
    package init(vocabulary: XMLVocabulary, handler: any XMLHandler) throws {
        Self.initialiseLibrary
        var sax = Self.callbacks()
        // The parser is not complete yet, so its callbacks get its address below.
        guard let context = xmlCreatePushParserCtxt(&sax, nil, nil, 0, nil) else {
            throw XMLError(kind: .limit, line: 1, offset: 0, message: "no memory for an XML parser")
        }
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue))
        self.context = context
        self.handler = handler
        names = InternedNames(vocabulary: vocabulary, dictionary: context.pointee.dict)
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        if let document = context.pointee.myDoc {
            context.pointee.myDoc = nil
            xmlFreeDoc(document)
        }
        xmlFreeParserCtxt(context)
    }

    /// Takes the next piece of the document.
    ///
    /// - Throws: `XMLError`, or what the handler threw. Feeding after that throws the same again.
    package func feed(_ bytes: [UInt8]) throws { try bytes.withUnsafeBufferPointer { try feed($0) } }

    package func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        try throwFault()
        if isBlank { isBlank = bytes.allSatisfy { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) } }
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            // Small pieces keep libxml2's buffer small, so that it stays in the processor's cache.
            let piece = min(rest.count, 1 << 15)
            start.withMemoryRebound(to: CChar.self, capacity: piece) {
                _ = xmlParseChunk(context, $0, Int32(piece), 0)
            }
            try throwFault()
            rest = UnsafeBufferPointer(rebasing: rest[piece...])
        }
    }

    /// Says that the document ends here.
    ///
    /// - Throws: `XMLError` (`truncated`, `empty` ...) where it should not, or what the handler threw.
    package func finish() throws {
        try throwFault()
        guard !isFinished else { return }
        isFinished = true
        let isComplete = hasRoot && depth == 0
        _ = xmlParseChunk(context, nil, 0, 1)
        if isBlank {
            fault = XMLError(kind: .empty, line: 1, offset: 0, message: "there is nothing but white space")
        } else if !isComplete, var fault, fault.kind == .notWellFormed {
            fault.kind = .truncated
            fault.message = "the document ends before its end tag: \(fault.message)"
            self.fault = fault
        }
        try throwFault()
    }

    /// 1-based line of the document that is read now.
    package var line: Int { stop?.line ?? currentLine }

    /// Counts lines from here on as if this were the given one: for a document that is read from its middle.
    package func countLines(from line: Int) {
        context.pointee.input?.pointee.line = Int32(clamping: line)
    }

    private var currentLine: Int { context.pointee.input.map { max(1, Int($0.pointee.line)) } ?? 1 }

    /// How many bytes of the document lie before what is read now: in `startElement` before the end of the start tag
    /// (its `>` or `/>`), in `endElement` after the end tag.
    package var offset: Int { stop?.offset ?? currentOffset }

    private var currentOffset: Int {
        guard let input = context.pointee.input else { return 0 }
        // A document that libxml2 converts to UTF-8 has other offsets than its conversion.
        if let buffer = input.pointee.buf, buffer.pointee.encoder != nil { return max(0, xmlByteConsumed(context)) }
        return Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
    }

    /// In `startElement`: line and offset of the tag's `<`.
    package var startOfTag: (line: Int, offset: Int) {
        guard let input = context.pointee.input, let base = input.pointee.base, var byte = input.pointee.cur else {
            return (line, offset)
        }
        // No `<` can stand inside a tag, so the nearest one before is the tag's own.
        var line = self.line
        let end = byte
        while byte > base {
            byte -= 1
            if byte.pointee == 0x0A { line -= 1 }
            if byte.pointee == 0x3C { break }
        }
        return (max(1, line), offset - (end - byte))
    }

    /// The encoding that the document names, as it spells it.
    package var encoding: String? { context.pointee.encoding.map { String(cString: $0) } }

    /// In `startElement`: passes over the element with all that it holds. Its end is not told either.
    package func skipElement() { skippedDepth = depth }

    /// Whether an element that is passed over is still open.
    package var isSkipping: Bool { skippedDepth != 0 }

    private func throwFault() throws {
        if let handlerError { throw handlerError }
        if let fault { throw fault }
    }

    private func halt(_ error: any Error) {
        if handlerError == nil, fault == nil {
            stop = (currentLine, currentOffset)
            if let error = error as? XMLError { fault = error } else { handlerError = error }
            isStopped = true
        }
        xmlStopParser(context)
    }

}

// MARK: - What libxml2 calls

extension XMLPushParser {
    private static let initialiseLibrary: Void = xmlInitParser()

    private static func callbacks() -> xmlSAXHandler {
        var sax = xmlSAXHandler()
        sax.initialized = UInt32(XML_SAX2_MAGIC)
        sax.startElementNs = { user, name, prefix, _, _, _, count, _, attributes in
            XMLPushParser.with(user) { $0.didStart(name, prefix, Int(count), attributes) }
        }
        sax.endElementNs = { user, name, prefix, _ in XMLPushParser.with(user) { $0.didEnd(name, prefix) } }
        // One function for both: then libxml2 need not find out which white space may be ignored.
        let characters: charactersSAXFunc = { user, bytes, count in
            XMLPushParser.with(user) { $0.didRead(bytes, Int(count)) }
        }
        sax.characters = characters
        sax.ignorableWhitespace = characters
        sax.cdataBlock = characters
        sax.comment = { user, text in XMLPushParser.with(user) { $0.didReadComment(text) } }
        sax.entityDecl = { user, name, _, _, _, _ in XMLPushParser.with(user) { $0.didDeclareEntity(name) } }
        sax.getEntity = { user, name in
            XMLPushParser.with(user) { $0.willUseEntity(name) }
            return nil
        }
        sax.reference = { user, name in XMLPushParser.with(user) { $0.didSkipEntity(name) } }
        sax.serror = { user, error in XMLPushParser.with(user) { $0.didFail(error) } }
        return sax
    }

    /// The parser whose address libxml2 was given. It is alive during every call, so that counting references, twice
    /// for each of millions of elements, would be for nothing.
    private static func with(_ user: UnsafeMutableRawPointer?, _ body: (XMLPushParser) -> Void) {
        guard let user else { return }
        Unmanaged<XMLPushParser>.fromOpaque(user)._withUnsafeGuaranteedRef(body)
    }

    private func didStart(
        _ name: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?, _ count: Int,
        _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    ) {
        guard !isStopped else { return }
        depth += 1
        hasRoot = true
        guard depth <= Self.maxDepth else {
            return halt(
                XMLError(
                    kind: .limit, line: line, offset: offset,
                    message: "elements are nested more than \(Self.maxDepth) deep"))
        }
        guard skippedDepth == 0 else { return }
        do {
            try handler.startElement(
                prefix == nil ? names.name(name) : .unknown,
                XMLStartTag(
                    localName: name, prefix: prefix, array: attributes, count: count, interned: names.buffer))
        } catch { halt(error) }
    }

    private func didEnd(_ name: UnsafePointer<UInt8>?, _ prefix: UnsafePointer<UInt8>?) {
        guard !isStopped else { return }
        defer { depth -= 1 }
        guard skippedDepth == 0 else {
            if depth == skippedDepth { skippedDepth = 0 }
            return
        }
        do { try handler.endElement(prefix == nil ? names.name(name) : .unknown) } catch { halt(error) }
    }

    private func didRead(_ bytes: UnsafePointer<UInt8>?, _ count: Int) {
        guard !isStopped, skippedDepth == 0, count > 0 else { return }
        do { try handler.text(UnsafeBufferPointer(start: bytes, count: count)) } catch { halt(error) }
    }

    private func didReadComment(_ text: UnsafePointer<UInt8>?) {
        guard !isStopped, skippedDepth == 0, let text else { return }
        var end = text
        while end.pointee != 0 { end += 1 }
        do { try handler.comment(UnsafeBufferPointer(start: text, count: end - text)) } catch { halt(error) }
    }

    private func didDeclareEntity(_ name: UnsafePointer<UInt8>?) {
        guard !isStopped, let name else { return }
        declaredEntities.insert(String(cString: name))
        guard declaredEntities.count > Self.maxDeclaredEntities else { return }
        halt(
            XMLError(
                kind: .entity, line: line, offset: offset,
                message: "the document declares more than \(Self.maxDeclaredEntities) entities"))
    }

    private func willUseEntity(_ name: UnsafePointer<UInt8>?) {
        // A declaration may name entities too; it is their use in the document that is refused.
        guard !isStopped, hasRoot, let name, !declaredEntities.isEmpty else { return }
        let spelling = String(cString: name)
        guard declaredEntities.contains(spelling) else { return }
        halt(
            XMLError(
                kind: .entity, line: line, offset: offset,
                message: "the document uses the entity '\(spelling)', which it declares itself; "
                    + "such entities are not expanded"))
    }

    private func didSkipEntity(_ name: UnsafePointer<UInt8>?) {
        guard !isStopped, skippedDepth == 0, let name else { return }
        do { try handler.skippedEntity(String(cString: name)) } catch { halt(error) }
    }

    private func didFail(_ error: UnsafeMutablePointer<xmlError>?) {
        guard !isStopped, let error, error.pointee.level == XML_ERR_FATAL else { return }
        let place = (line: currentLine, offset: currentOffset)
        stop = place
        fault = XMLError(libxml: error.pointee, line: place.line, offset: place.offset)
    }
}

extension XMLError {
    fileprivate init(libxml error: xmlError, line: Int, offset: Int) {
        let text = error.message.map { String(cString: $0) } ?? "the document is not well-formed"
        let code = xmlParserErrors(rawValue: UInt32(bitPattern: error.code))
        let kind: Kind =
            switch code {
            case XML_ERR_DOCUMENT_EMPTY: .empty
            case XML_ERR_INVALID_ENCODING, XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING,
                XML_ERR_INVALID_CHAR:
                .encoding
            case XML_ERR_ENTITY_LOOP: .entity
            case XML_ERR_NO_MEMORY, XML_ERR_NAME_TOO_LONG: .limit
            default: .notWellFormed
            }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.init(kind: kind, line: line, offset: offset, message: words)
    }
}

/// The vocabulary as libxml2's dictionary holds it: names are compared as pointers, never as texts.
private final class InternedNames {
    /// Pointer of the name with number n at n; nil at 0.
    let buffer: UnsafeBufferPointer<UnsafePointer<UInt8>?>
    private let storage: UnsafeMutableBufferPointer<UnsafePointer<UInt8>?>
    /// Open addressing: a pointer's hash leads to its slot or one of the next.
    private let slots: UnsafeMutableBufferPointer<(pointer: UnsafePointer<UInt8>?, number: UInt16)>
    private let mask: Int

    init(vocabulary: XMLVocabulary, dictionary: xmlDictPtr?) {
        let names = vocabulary.names
        storage = .allocate(capacity: names.count + 1)
        storage.initialize(repeating: nil)
        buffer = UnsafeBufferPointer(storage)
        var capacity = 16
        while capacity < names.count * 4 { capacity *= 2 }
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: (nil, 0))
        mask = capacity - 1
        for (index, name) in names.enumerated() {
            guard let pointer = xmlDictLookup(dictionary, name, Int32(name.utf8.count)) else { continue }
            storage[index + 1] = pointer
            var slot = hash(pointer)
            while slots[slot].pointer != nil { slot = (slot + 1) & mask }
            slots[slot] = (pointer, UInt16(index + 1))
        }
    }

    deinit {
        storage.deallocate()
        slots.deallocate()
    }

    func name(_ pointer: UnsafePointer<UInt8>?) -> XMLName {
        guard let pointer else { return .unknown }
        var slot = hash(pointer)
        while let candidate = slots[slot].pointer {
            if candidate == pointer { return XMLName(number: slots[slot].number) }
            slot = (slot + 1) & mask
        }
        return .unknown
    }

    private func hash(_ pointer: UnsafePointer<UInt8>) -> Int {
        Int(truncatingIfNeeded: (UInt(bitPattern: pointer) &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    }
}
