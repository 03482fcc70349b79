import Synchronization

/// Names by which recordings that are read together are told apart, as far as their files give them no other.
///
/// One for all inputs that are read together, and so a reference.
final class RecordingNames: Sendable {
    private let files = Mutex<[String: String]>([:])

    /// Names that are remembered, some 200 bytes each.
    private static let limit = 1 << 16

    /// Whether another file went by this name before.
    func isTaken(_ name: String, by file: String) -> Bool {
        files.withLock { files in
            if let known = files[name] { return known != file }
            if files.count < Self.limit { files[name] = file }
            return false
        }
    }
}
