/// What makes two requests the same question: method, the last part of the address's path, and the parameters that
/// carry meaning. Who asks (`tool`, `email`, `api_key`) is no part of it, and neither is a `WebEnv`, which means
/// something to the service for a few hours only.
package struct RequestKey: Hashable, Sendable, CustomStringConvertible {
    package let method: String
    /// `esearch.fcgi`.
    package let endpoint: String
    /// Sorted by name.
    package let parameters: [Parameter]

    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    private static let personal: Set<String> = ["api_key", "tool", "email", "WebEnv"]

    package init(method: String, endpoint: String, parameters: [(String, String)]) {
        self.method = method
        self.endpoint = endpoint
        self.parameters =
            parameters
            .filter { !Self.personal.contains($0.0) }
            .map { Parameter(name: $0.0, value: $0.1) }
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
    }

    package subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// For messages: long values shortened.
    package var description: String {
        let parts = parameters.map { parameter in
            let value = parameter.value
            return "\(parameter.name)=\(value.count > 120 ? String(value.prefix(117)) + "..." : value)"
        }
        return "\(method) \(endpoint) \(parts.joined(separator: " "))"
    }
}
