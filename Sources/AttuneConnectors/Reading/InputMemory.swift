import Synchronization

/// What the inputs of one run remember for each other, so that lists of a platform that lie in files of their own are understood together.
///
/// A reference, which the contexts of these inputs share. It decides about what repeats other records, who wrote them and what
/// they belong to, never about an id.
public final class InputMemory: Sendable {
    private let kept = Mutex<[String: any Sendable]>([:])

    public init() {}

    /// What a connector keeps, made where it keeps nothing yet.
    func kept<Kept: Sendable>(by connector: String, _ make: @Sendable () -> Kept) -> Kept {
        kept.withLock { all in
            if let known = all[connector] as? Kept { return known }
            let new = make()
            all[connector] = new
            return new
        }
    }
}
