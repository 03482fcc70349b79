import AttuneCore

/// Reads `Retry-After`: whole seconds, or a date in one of the three forms that RFC 9110 §5.6.7 demands of readers.
enum RetryAfter {
    /// Time from `now`; nil when the text is neither. A date in the past is no wait.
    static func parse(_ text: String, now: Timestamp) -> Duration? {
        let text = text.trimmingPrefix { $0 == " " }
        if let seconds = Int64(text), seconds >= 0, text.utf8.first != UInt8(ascii: "+") { return .seconds(min(seconds, 365 * 86_400)) }
        return date(String(text)).map { max(.zero, $0.since(now)) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`: the day comes before the
    /// year in all of them, the month is a word, the time has colons.
    static func date(_ text: String) -> Timestamp? {
        var numbers = [Int]()
        var month: Int?
        var clock: [Int]?
        for token in text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == "-" }) {
            if token.contains(":") {
                let parts = token.split(separator: ":").map { Int($0) }
                guard parts.count == 3, clock == nil else { return nil }
                clock = parts.compactMap { $0 }
            } else if let number = Int(token) {
                numbers.append(number)
            } else if let index = months.firstIndex(of: String(token)) {
                month = index + 1
            } else if !isWeekday(token) && token != "GMT" {
                return nil
            }
        }
        guard let month, let clock, clock.count == 3, numbers.count == 2 else { return nil }
        // Two digits: RFC 9110 says which century; until 2070 this one.
        let year = numbers[1] < 70 ? numbers[1] + 2_000 : numbers[1] < 100 ? numbers[1] + 1_900 : numbers[1]
        let date = CivilDate(year: year, month: month, day: numbers[0], hour: clock[0], minute: clock[1], second: clock[2])
        return date.isValid ? date.timestamp() : nil
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func isWeekday(_ token: Substring) -> Bool {
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(String(token.prefix(3)))
    }
}
