import AttuneCore

extension Payload {
    /// The strings somewhere within a value, in its order, without those of members that `skipped` names.
    func texts(skipping skipped: Set<String> = [], depth: Int = 0) -> [String] {
        if let text = string { return text.trimmed.isEmpty ? [] : [text.trimmed] }
        if depth == 8 { return [] }
        if kind == .array { return items.flatMap { $0.texts(skipping: skipped, depth: depth + 1) } }
        return members.flatMap { skipped.contains($0.key) ? [] : $0.value.texts(skipping: skipped, depth: depth + 1) }
    }
}
