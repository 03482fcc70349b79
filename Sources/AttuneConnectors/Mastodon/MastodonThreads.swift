/// Which conversation a status belongs to: that of the status it answers, as far as that one came before it.
///
/// One for all that a decoder reads, and so a reference. Not shared between threads.
final class MastodonThreads {
    /// Of answers the status with which their conversation began.
    private var roots: [String: String] = [:]

    /// Answers that are remembered, some 100 bytes each.
    private static let limit = 1 << 20

    /// - Parameter parent: the status that this one answers.
    func root(of id: String, parent: String?) -> String {
        guard let parent else { return id }
        let root = roots[parent] ?? parent
        if roots.count < Self.limit { roots[id] = root }
        return root
    }

    /// Counts a status that is not shown as an answer to another one.
    /// - Parameter parent: what that other one answers.
    func join(_ id: String, to other: String, parent: String?) {
        let root = roots[other] ?? parent.map { roots[$0] ?? $0 } ?? other
        if roots.count < Self.limit { roots[id] = root }
    }
}
