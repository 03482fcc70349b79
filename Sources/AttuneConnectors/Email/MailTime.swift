import AttuneCore

/// When a mail was sent.
enum MailTime {
    /// Days that a date may lie after the servers' own, since clocks go wrong and mails wait; and after the file's.
    private static let (daysAfterServer, daysAfterFile) = (2, 366)
    /// Before that, nobody sent mail on the Internet.
    private static let firstYear = CivilDate(year: 1975, month: 1, day: 1)

    /// The date of the mail; of one without, or with an impossible one, that of the first server; else when the file was received.
    static func read(_ header: MailHeader, receivedAt: Timestamp) -> (at: Timestamp, basis: TimeBasis) {
        var server: Timestamp?
        for field in header.received.reversed() where server == nil { server = header.receivedDate(field) }
        if let at = header.unfolded(.date).flatMap(MailDate.parse), let first = firstYear.timestamp(), at >= first {
            let day: Int64 = 86_400_000_000_000
            let latest =
                server.map { $0.nanoseconds + Int64(daysAfterServer) * day } ?? max(receivedAt.nanoseconds, first.nanoseconds) + Int64(daysAfterFile)
                * day
            if at.nanoseconds <= latest { return (at, .exact) }
        }
        return (server ?? receivedAt, .received)
    }
}

extension MailHeader {
    /// The date behind the last semicolon of a `Received` field, comments aside.
    func receivedDate(_ range: Range<Int>) -> Timestamp? {
        let value = MailComment.removed(from: unfolded(range: range))
        guard let semicolon = value.lastIndex(of: UInt8(ascii: ";")) else { return nil }
        return MailDate.parse(Array(value[(semicolon + 1)...]))
    }
}
