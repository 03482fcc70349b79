import AttuneCore

extension Payload {
    /// The strings somewhere within a value, in its order, without those of members that are skipped by their name.
    func texts(depth: Int = 0, skipping isSkipped: (String) -> Bool = { _ in false }) -> [String] {
        if let text = string { return text.trimmed.isEmpty ? [] : [text.trimmed] }
        if depth == 8 { return [] }
        if kind == .array { return items.flatMap { $0.texts(depth: depth + 1, skipping: isSkipped) } }
        return members.flatMap { isSkipped($0.key) ? [] : $0.value.texts(depth: depth + 1, skipping: isSkipped) }
    }
}
