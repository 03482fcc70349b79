import AttuneCore

/// When a mail was sent.
enum MailTime {
    /// Days that a date may lie after the servers' own, since clocks go wrong and mails wait; and after the file's.
    private static let (daysAfterServer, daysAfterFile): (Int64, Int64) = (2, 366)
    private static let day: Int64 = 86_400_000_000_000
    /// Before that, nobody sent mail on the Internet.
    private static let first = CivilDate(year: 1975, month: 1, day: 1).timestamp()?.nanoseconds ?? 0

    /// The date of the mail; of one without, or with an impossible one, that of the first server; else when the file was received.
    /// - Parameter clock: shows the times that name no zone.
    static func read(_ header: MailHeader, receivedAt: Timestamp, clock: inout ZoneClock) -> (at: Timestamp, basis: TimeBasis) {
        var server: Timestamp?
        for field in header.received.reversed() where server == nil { server = header.receivedDate(field) }
        if let date = header.unfolded(.date, MailDate.parse) ?? nil, let (at, basis) = resolve(date, &clock), at.nanoseconds >= first {
            let latest = server.map { $0.nanoseconds + daysAfterServer * day } ?? max(receivedAt.nanoseconds, first) + daysAfterFile * day
            if at.nanoseconds <= latest { return (at, basis) }
        }
        return (server ?? receivedAt, .received)
    }

    private static func resolve(_ date: DateText.Result, _ clock: inout ZoneClock) -> (at: Timestamp, basis: TimeBasis)? {
        guard case .local(let local) = date else { return date.utc.map { ($0, .exact) } }
        return clock.instant(local).map { ($0, .localAssumed) }
    }
}

extension MailHeader {
    /// The date behind the last semicolon of a `Received` field, comments aside.
    func receivedDate(_ range: Range<Int>) -> Timestamp? {
        unfolded(range: range) { value in
            var semicolon: Int?
            var at = 0
            while at < value.count {
                if value[at] == UInt8(ascii: "(") {
                    MailComment.skip(value, &at)
                } else {
                    if value[at] == UInt8(ascii: ";") { semicolon = at }
                    at += 1
                }
            }
            guard let semicolon else { return nil }
            let date = UnsafeBufferPointer(rebasing: value[(semicolon + 1)...])
            return PlainDate.parse(date) ?? MailDate.byGrammar(MailComment.removed(from: Array(date)))?.utc
        }
    }
}
