import AttuneCore

/// Applies a configured mapping to a JSON record: member names, or RFC 6901 pointers when they begin with `/`.
struct JSONMapping {
    private let mapping: FieldMapping

    init(_ mapping: FieldMapping) { self.mapping = mapping }

    /// Overwrites the mapped fields; false, and nothing done, when the mapping is about other records: none of its texts is there.
    func apply(to record: inout GenericRecord, from value: JSONNode) -> Bool {
        let texts = mapping.paths[.text] ?? []
        let anyPath = texts.isEmpty ? mapping.paths.values.flatMap { $0 } : texts
        guard anyPath.contains(where: { Self.find($0, in: value)?.isNull == false }) else { return false }
        for field in FieldName.allCases {
            guard let mapped = field.mapped, let paths = mapping.paths[mapped] else { continue }
            var parts = [String]()
            for path in paths {
                guard let text = Self.find(path, in: value)?.scalarText, !parts.contains(text) else { continue }
                parts.append(text)
            }
            if parts.isEmpty { continue }
            let text = parts.filter { !$0.trimmed.isEmpty }.joined(separator: field == .sentAt ? " " : "\n\n")
            if field == .text { record.title = nil }
            let before = record.identifiers
            record.set(field, text, verified: mapping.verified)
            // A mapped member may be known by its usual name too: one identifier, with the mapping's word on it.
            if let added = record.identifiers.last, record.identifiers.count > before.count {
                record.identifiers = before.filter { $0.kind != added.kind || $0.value != added.value } + [added]
            }
        }
        return true
    }

    /// RFC 6901; a path without a leading slash is a member's name.
    static func find(_ path: String, in value: JSONNode) -> JSONNode? {
        guard path.hasPrefix("/") else { return value[named: path] }
        var current = value
        for token in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let name = String(token).replacing("~1", with: "/").replacing("~0", with: "~")
            let next: JSONNode? = if current.kind == .array { Self.index(name).flatMap { current[$0] } } else { current[named: name] }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    private static func index(_ token: String) -> Int? {
        token == "0" || (token.first != "0" && token.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }) ? Int(token) : nil
    }
}
