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
        }
    }
}
