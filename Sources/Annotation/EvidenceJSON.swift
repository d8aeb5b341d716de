package import Interchange

extension Evidence {
    /// One quote as the contracts shape it.
    package func writeJSON(to json: inout JSONWriter) {
        json.object { json in
            json.member("field", field.rawValue)
            json.member("section", section)
            json.member("start", start)
            json.member("end", end)
            json.member("quote", quote)
            json.member("rule", rule)
            if let place { json.member("place") { place.writeJSON(to: &$0) } }
        }
    }
}

extension Document.Place {
    func writeJSON(to json: inout JSONWriter) {
        json.object { json in
            json.member("part", part.rawValue)
            json.member("headings", headings)
            json.member("label", label)
            json.member("rowHeaders", rowHeaders)
            json.member("columnHeaders", columnHeaders)
        }
    }
}
