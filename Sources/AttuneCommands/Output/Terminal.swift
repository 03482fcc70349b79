import Foundation

/// What the terminal can show. Colours only on a terminal and never with `NO_COLOR` (no-color.org).
struct Terminal: Sendable {
    var isTerminal: Bool
    var hasColour: Bool
    /// Columns to write in, for what may be cut; 100 where nobody says.
    var width: Int
    /// Columns of a line that is written whole: no limit in a pipe or a file.
    var limit: Int { isTerminal ? width : .max }

    static func standardOutput(environment: [String: String] = ProcessInfo.processInfo.environment) -> Terminal {
        of(STDOUT_FILENO, environment)
    }

    static func standardError(environment: [String: String] = ProcessInfo.processInfo.environment) -> Terminal {
        of(STDERR_FILENO, environment)
    }

    private static func of(_ descriptor: Int32, _ environment: [String: String]) -> Terminal {
        let isTerminal = isatty(descriptor) == 1
        var size = winsize()
        let known = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20 ? Int(size.ws_col) : nil
        let said = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 20 ? $0 : nil }
        let refused = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        return Terminal(isTerminal: isTerminal, hasColour: isTerminal && !refused, width: known ?? said ?? 100)
    }

    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    func styled(_ text: String, _ style: Style) -> String { hasColour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text }
}
