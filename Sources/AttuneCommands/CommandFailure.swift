/// Why a command could not do its work: one line that says what, where and what to do.
struct CommandFailure: Error, Hashable {
    var message: String
    /// The command line is wrong, not the world: exit code 2.
    var isUsage: Bool

    init(_ message: String, isUsage: Bool = false) {
        self.message = message
        self.isUsage = isUsage
    }

    static func usage(_ message: String) -> CommandFailure { CommandFailure(message, isUsage: true) }
}
