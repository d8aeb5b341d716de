import XMLReading

/// The attributes that the reader asks for.
enum PubMedAttribute: Int, CaseIterable {
    case version, status, validYN, completeYN, type, language, label, nlmCategory
    case ui, majorTopicYN, eIDType, idType, source, refType, pubStatus

    var spelling: StaticString {
        switch self {
        case .version: "Version"
        case .status: "Status"
        case .validYN: "ValidYN"
        case .completeYN: "CompleteYN"
        case .type: "Type"
        case .language: "Language"
        case .label: "Label"
        case .nlmCategory: "NlmCategory"
        case .ui: "UI"
        case .majorTopicYN: "MajorTopicYN"
        case .eIDType: "EIdType"
        case .idType: "IdType"
        case .source: "Source"
        case .refType: "RefType"
        case .pubStatus: "PubStatus"
        }
    }
}

/// A start tag, whoever found it.
protocol PubMedTag {
    var name: String { get }
    /// The value as the document spells it; `&` may stand as `&#38;` (`string` gives the text).
    func bytes(_ attribute: PubMedAttribute) -> UnsafeBufferPointer<UInt8>?
    func string(_ attribute: PubMedAttribute) -> String?
}

extension PubMedTag {
    /// Whether the attribute is there with exactly this value; no text is made.
    func has(_ attribute: PubMedAttribute, _ value: StaticString) -> Bool {
        guard let bytes = bytes(attribute), bytes.count == value.utf8CodeUnitCount else { return false }
        return bytes.elementsEqual(UnsafeBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
    }

    /// The attribute as a record keeps it; nil where it is absent or says nothing.
    func plainText(_ attribute: PubMedAttribute) -> String? {
        guard let bytes = bytes(attribute), !bytes.isEmpty else { return nil }
        guard bytes.contains(UInt8(ascii: "&")) else { return PlainText.string(bytes) }
        return string(attribute).flatMap(PlainText.string)
    }
}

extension XMLStartTag: PubMedTag {
    func bytes(_ attribute: PubMedAttribute) -> UnsafeBufferPointer<UInt8>? {
        bytes(PubMedGrammar.shared.attributes[attribute.rawValue])
    }

    func string(_ attribute: PubMedAttribute) -> String? {
        string(PubMedGrammar.shared.attributes[attribute.rawValue])
    }
}
