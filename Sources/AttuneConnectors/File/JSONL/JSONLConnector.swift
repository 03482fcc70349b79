import AttuneCore

/// JSON Lines and JSON documents in Attune's canonical form or with a mapping.
public struct JSONLConnector: Connector {
    public let name = "jsonl"
    public let hasPlatformIDs = false

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "JSON Lines, JSON arrays, and what `attune decode` prints.",
            details: """
                One object a line; also a top-level array, or an object with its records in items, data, messages, results or reviews, or \
                conversations with \
                their messages in messages. Usual names are \
                found by themselves (text, body, message, content; sentAt, created_at, timestamp, date; author, user, name; email, phone, handle; speaker and sender name a person or a role: Agent, Agent 1, Agent (Tom)); \
                others are named by mapping, as member names, JSON pointers or plain paths ($.review.body). A mapping applies to the records in which its text is found. \
                Flags (private, internal, is_public, is_note, is_agent …) may be words as in tables; a record is a note too when its type is note or \
                internal note, and rejected when it cannot be told whether it is private. Times such as 3.2 or 00:01:03 count from callStart; without it \
                from when the input was received. \
                Identifiers are vouched for when they say so, or when they stand in a field of their own. A line that is not strict JSON \
                (NaN, NUL, lone surrogates, broken UTF-8) is rejected with its number, and the rest goes on; a comma behind the last item of a \
                list or object is passed over and told.
                """,
            options: [
                .init("source", "name of the source; otherwise the record's source, or \"jsonl\""),
                .init("channel", "channel of the messages; otherwise the record's, or \"text\" (\"review\" with a rating)"),
                .init("zone", "IANA zone of times without one"),
                .init("callStart", "when a call began, for times that count from there"),
                .init("agentNames, agentDomains, agentRoleNames", "who the agents are, for records without a role"),
                .init(
                    "mapping",
                    "which member is what, e.g. {\"text\": \"/review/body\", \"rating\": \"stars\", \"ratingMax\": 10}; the same keys as of csv, with "
                        + "zone, timestampFormat or format, and scale"),
            ],
            example: """
                {"id":"r-1","channel":"review","role":"customer","displayName":"Priya","identifiers":[{"kind":"email",\
                "value":"p@example.com","verified":true}],\
                "sentAt":"2026-02-03T09:14:07Z","text":"Late again","rating":2}
                """,
            setup: "Export records as JSON, one object a line (`jq -c '.[]'` makes lines of an array).")
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let shape = JSONShape(head) else {
            // A damaged first line must not turn a file of records into plain text.
            let isNamed = [".jsonl", ".ndjson", ".json"].contains { fileName?.lowercased().hasSuffix($0) == true }
            return isNamed && head.contains(UInt8(ascii: "{")) ? Recognition(.likely, "its name says JSON") : nil
        }
        return Recognition(.likely, shape.isArray ? "it is a JSON array" : "it begins with a JSON object")
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        JSONLDecoder(connector: name, configuration: configuration, context: context)
    }
}

struct JSONLDecoder: Decoder {
    /// Nil while it reads.
    private var items: JSONItems? = JSONItems(unwraps: true, keepsBeforeCut: true, keeping: JSONConversation.isOne)
    private var reader: JSONRecordReader
    private var assembler: RecordAssembler
    /// Number of the record, over all lines and documents.
    private var count = 0
    /// The one that is read, kept so that only what was set in it is destroyed.
    private var record = GenericRecord()

    var remarks: [String] { assembler.remarks + (items?.commaRemark.map { [$0] } ?? []) }

    init(connector: String, configuration: ConnectorConfiguration, context: DecodingContext) {
        reader = JSONRecordReader(configuration)
        assembler = RecordAssembler(connector: connector, configuration: configuration, context: context)
    }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        // Taken out while its closure uses the rest of this value.
        guard var items = items.take() else { return }
        try items.feed(chunk, isLast: isLast) { item, line in try read(item, line, emit) }
        self.items = items
    }

    private mutating func read(_ item: JSONItems.Item, _ line: Int, _ emit: (Operation) throws -> Void) throws {
        count += 1
        var conversation: JSONConversation?
        let operation = operation(item, line, &conversation)
        guard let conversation else { return try emit(operation) }
        let damaged: [Int: Rejection] = if case .mended(_, let damaged) = item { damaged } else { [:] }
        for (index, message) in conversation.messages.enumerated() {
            if index > 0 { count += 1 }
            if let rejection = damaged[message.offset] {
                try emit(.rejected(rejection))
            } else {
                try emit(self.operation(message, message.line(from: line), in: conversation))
            }
        }
    }

    /// - Parameter conversation: set to the one that the item is instead of a message.
    private mutating func operation(_ item: JSONItems.Item, _ line: Int, _ conversation: inout JSONConversation?) -> Operation {
        do throws(RecordProblem) {
            switch item {
            case .rejected(let reason): throw RecordProblem(reason)
            case .value(let node), .mended(let node, _):
                record.clear()
                let result = try reader.read(node, into: &record)
                if record.text == nil, case .record = result { conversation = try JSONConversation(node, context: record) }
                if conversation != nil { return .ignored(reason: "conversation") }
                if record.text == nil, case .record = result, JSONConversation.isEmptyPage(node, record) { return .ignored(reason: "empty") }
                if case .mended(_, let damaged) = item, let rejection = damaged[node.offset] { return .rejected(rejection) }
                if record.text == nil, reader.saysNoText { record.text = "" }
                return try assembled(result)
            }
        } catch {
            return .rejected(Rejection(reason: error.reason, line: line))
        }
    }

    private mutating func operation(_ message: JSONNode, _ line: Int, in conversation: JSONConversation) -> Operation {
        do throws(RecordProblem) {
            record.clear()
            let result = try reader.read(message, into: &record)
            conversation.complete(&record)
            if record.text == nil, reader.saysNoText { record.text = "" }
            return conversation.named(try assembled(result))
        } catch {
            return .rejected(Rejection(reason: error.reason, line: line))
        }
    }

    private mutating func assembled(_ result: JSONRecordReader.Result) throws(RecordProblem) -> Operation {
        switch result {
        case .own(let operation): operation
        case .record(let isMapped): try assembler.operation(&record, number: count, isMapped: isMapped)
        }
    }
}
