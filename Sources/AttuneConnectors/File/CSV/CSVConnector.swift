import AttuneCore

/// Tables: CSV, TSV and their relatives.
public struct CSVConnector: Connector {
    public let name = "csv"
    public let hasPlatformIDs = false

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Tables with a header: CSV, TSV, semicolons or bars.",
            details: """
                Separator, encoding (UTF-8, UTF-16, Windows-1252) and line ends are found out. Columns are found by their usual names \
                (text, review, comment; date, created_at; rating, stars; email, phone, author …), others are named by mapping. Ratings may be 4, \
                4,5, 4/5 or ★★★★☆. A row with too many or too few cells, or with a NUL, is rejected with its number; a quote that is never closed \
                costs its line, not \
                the rest of the file. Flags (private, internal, is_public, is_note, inbound, is_agent, is_bot …) are yes and no, true and false, 1 and 0, x, ✓, \
                also in other languages; a row is a note too when its type is note or internal note, and rejected when it cannot be told whether it is \
                private. Times such as 3.2 or 00:01:03 count from callStart; without it from when the file was received. Dates like 3/6/2026 are read in the order that the file shows, day first when it shows none. \
                Formulas are text.
                """,
            options: [
                .init("source", "name of the source; otherwise the row's source, or \"csv\""),
                .init("channel", "channel of the messages; otherwise the row's, or \"text\" (\"review\" with a rating)"),
                .init("zone", "IANA zone of times without one"),
                .init("dayFirst", "whether 3/6/2026 is 3 June"),
                .init("callStart", "when a call began, for times that count from there"),
                .init("agentNames, agentDomains, agentRoleNames", "who the agents are, for rows without a role"),
                .init(
                    "mapping",
                    "which column is what: id, text (one or several), author, email, phone, handle, customerID, orderNumber, "
                        + "timestamp, timestampFormat or format (such as dd.MM.yyyy HH:mm, YYYY-MM-DD, %d.%m.%Y %H:%M, epoch_ms, iso8601), "
                        + "zone, rating, ratingMin and ratingMax or scale (such as 10, from 0, or [1, 10]), conversation, role, "
                        + "roleMap, language, inReplyTo, constants {channel, source, role, "
                        + "language, conversation}"
                ),
            ],
            example: "review_id,date,stars,author,email,review\nr-1,2026-02-03,2,Priya,p@example.com,\"Late again, sorry to say\"",
            setup: "Export the sheet or report as CSV with its header line.")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        let isNamed = [".csv", ".tsv", ".tab"].contains { fileName?.lowercased().hasSuffix($0) == true }
        if !isNamed, JSONShape(head) != nil { return nil }
        guard let rows = Self.firstRows(head), let header = rows.first else { return nil }
        let usual = CSVHeader.usual(header)
        if isNamed, header.count > 1 || usual[.text] != nil { return Recognition(.likely, "its name and its header say it is a table") }
        guard header.count > 1, rows.count > 1, rows[1].count == header.count, usual[.text] != nil else { return nil }
        return Recognition(.likely, "its first line is a table's header")
    }

    /// Cells of the first two records; nil when there is not even one.
    private static func firstRows(_ head: ArraySlice<UInt8>) -> [[String]]? {
        var encoding = TextEncoding()
        var text = [UInt8]()
        Array(head).withUnsafeBufferPointer { encoding.decode($0, isLast: true) { text.append(contentsOf: $0) } }
        // A NUL here and there costs its row. Text of another encoding has many, also in its header.
        let nuls = text.count { $0 == 0 }
        guard let dialect = CSVDialect(text, isLast: true), nuls * 8 < text.count else { return nil }
        var splitter = CSVSplitter(separator: dialect.separator)
        var rows = [[String]]()
        text[dialect.preamble...].withUnsafeBufferPointer { bytes in
            // Nothing in here throws.
            try? splitter.feed(bytes, isLast: true) { output, _ in
                guard rows.count < 2, case .record(let cells, let bytes, _) = output else { return }
                rows.append(cells.map { CSVDecoder.text($0, bytes, isUTF8: true) })
            }
        }
        return rows.isEmpty || nuls > 0 && rows[0].contains { $0.utf8.contains(0) } ? nil : rows
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        CSVDecoder(connector: name, configuration: configuration, context: context)
    }
}
