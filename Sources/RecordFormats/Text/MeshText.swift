package import Bibliography

/// MeSH headings as MEDLINE's text format writes them: `Depressive Disorder/*drug therapy`, `*Ketamine`.
package enum MeshText {
    package static func text(_ heading: MeshHeading) -> String {
        ([(heading.major, heading.name)] + heading.qualifiers.map { ($0.major, $0.name) })
            .map { ($0 ? "*" : "") + $1 }.joined(separator: "/")
    }

    package static func parse(_ text: String) -> MeshHeading? {
        let parts = text.split(separator: "/").compactMap { part -> (name: String, major: Bool)? in
            let isMajor = part.hasPrefix("*")
            return FieldText.plain(isMajor ? part.dropFirst() : part).map { ($0, isMajor) }
        }
        guard let first = parts.first else { return nil }
        return MeshHeading(
            name: first.name, major: first.major,
            qualifiers: parts.dropFirst().map { MeshQualifier(name: $0.name, major: $0.major) })
    }
}
