import AttuneCore

/// Puts the file's name before what went wrong in it.
enum InputErrors {
    static func naming<R>(_ name: String, _ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error where error is CommandFailure || error is BrokenPipe {
            throw error
        } catch {
            throw CommandFailure("\(name): \(error)")
        }
    }

    /// `file:line`, or `file, row n` for tables.
    static func place(_ name: String, _ rejection: Rejection) -> String {
        if let line = rejection.line { return "\(name):\(line)" }
        return rejection.row.map { "\(name), row \($0)" } ?? name
    }
}
