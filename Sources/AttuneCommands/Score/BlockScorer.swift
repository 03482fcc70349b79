import AttuneConnectors
import AttuneCore
import AttuneEngine

/// Scores the lines of block after block on one thread.
struct BlockScorer: ~Copyable {
    enum Format: Sendable { case text, jsonl }

    /// A record that could not be read.
    struct Problem {
        var line: Int
        var reason: String
    }

    private let format: Format
    /// Stop at the first record that cannot be read.
    private let strict: Bool
    private var scoring: RecordScoring
    private var record = RecordScan { JSONLConnector.tells($0, value: $1, isStructure: $2) }
    /// Texts that had escapes.
    private var unescaped = ByteBuffer()
    /// Reads the block's records that are not plain, as `attune decode` does; made where there is one.
    private var decoder: (any Decoder)?
    /// Of the last block.
    private(set) var records = 0
    private(set) var problems: [Problem] = []

    init(_ scorer: RecordScorer, format: Format, strict: Bool = false) {
        scoring = RecordScoring(scorer)
        self.format = format
        self.strict = strict
    }

    /// Results of the last block; valid until the next one.
    var results: UnsafeBufferPointer<UInt8> { scoring.out.bytes }

    mutating func score(_ block: borrowing LineBlock) {
        scoring.out.removeAll()
        problems.removeAll()
        records = 0
        // It remembers what it read, to tell equal records apart.
        decoder = nil
        block.forEachLine { line, number in
            // A byte order mark belongs to the file, not to its first message.
            let isMarked = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF])
            score(isMarked ? UnsafeBufferPointer(rebasing: line[3...]) : line, number)
            return !strict || problems.isEmpty
        }
        if let line = block.oversized {
            problems.append(Problem(line: line, reason: "longer than \(LineBlocks.lineLimit >> 20) MiB: split the record"))
        }
    }

    private mutating func score(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) {
        switch format {
        case .text:
            let frame = RecordScorer.Frame(number: number)
            if scoring.scorer.output == .jsonl { scoring.open(frame) }
            scoring.close(frame, text: line)
            records += 1
        case .jsonl:
            if record.read(line), record.roleName == nil { scoreRecord(number) } else { parse(line, number) }
        }
    }

    private mutating func scoreRecord(_ number: Int) {
        let frame = RecordScorer.Frame(number: number, id: record.id, role: record.role, language: record.language)
        if scoring.scorer.output == .jsonl {
            scoring.open(frame)
            record.appendKept(to: &scoring.out)
        }
        if record.textIsEscaped {
            unescaped.removeAll(keeping: LineBlocks.blockSize)
            record.appendText(to: &unescaped)
            scoring.close(frame, text: unescaped.bytes)
        } else {
            scoring.close(frame, text: record.text)
        }
        records += 1
    }

    /// The way of records that are not plain: through the parser, which tells what is wrong with them, too.
    private mutating func parse(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) {
        if line.allSatisfy({ $0 == 32 || $0 == 9 }) { return }
        do throws(JSONParser.Failure) {
            let record = try JSONParser.parse(line)
            let role = record["role"]?.string
            guard let text = record["text"]?.string, role.map({ Role(rawValue: $0) == nil }) != true, !record.members.contains(where: Self.tells)
            else { return decode(line, record, number) }
            score(record, text, number, role: role.flatMap { Role(rawValue: $0) })
        } catch {
            problems.append(Problem(line: number, reason: "not valid JSON: \(error.description)"))
        }
    }

    private static func tells(_ member: JSONValue.Member) -> Bool {
        if member.key == "role" || member.value.isNull { return false }
        var name = member.key
        let text = member.value.scalarText
        var value = text ?? ""
        return name.withUTF8 { name in value.withUTF8 { JSONLConnector.tells(name, value: $0, isStructure: text == nil) ?? false } }
    }

    /// The way of records that tell in other words what they say, who wrote them or who may read them: what `attune decode` understands counts
    /// here, too.
    private mutating func decode(_ line: UnsafeBufferPointer<UInt8>, _ record: JSONValue, _ number: Int) {
        do {
            for operation in try operations(line, isObject: record.isObject) {
                switch operation {
                case .message(let message), .edit(let message):
                    let text = record["text"]?.string ?? message.text
                    score(
                        record, text, number, nativeID: message.nativeID, role: message.author.role,
                        isPrivate: message.visibility == .private)
                case .rejected(let rejection): problems.append(Problem(line: number, reason: rejection.reason))
                default: records += 1
                }
            }
        } catch {
            problems.append(Problem(line: number, reason: "\(error)"))
        }
    }

    /// - Parameter isObject: an array could go on in the next line, so it is read as a whole input.
    private mutating func operations(_ line: UnsafeBufferPointer<UInt8>, isObject: Bool) throws -> [AttuneCore.Operation] {
        var decoder =
            try (isObject ? decoder.take() : nil)
            ?? JSONLConnector().makeDecoder(ConnectorConfiguration(), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
        var operations = [AttuneCore.Operation]()
        try decoder.decode(line, isLast: !isObject) { operations.append($0) }
        guard isObject else { return operations }
        try [10].withUnsafeBufferPointer { end in try decoder.decode(end, isLast: false) { operations.append($0) } }
        self.decoder = decoder
        return operations
    }

    /// - Parameter nativeID: stands for the id where no member is called so.
    private mutating func score(
        _ record: JSONValue, _ text: String, _ number: Int, nativeID: String? = nil, role: Role?, isPrivate: Bool = false
    ) {
        let id = record["id"].flatMap { $0.scalarText == nil ? nil : $0 } ?? nativeID.map { .string($0) }
        let kept = record.members.filter { Self.kept.contains($0.key) && !$0.value.isNull }
        scoring.score(
            text, number: number, id: id, role: role, isPrivate: isPrivate, language: record["language"]?.string, kept)
        records += 1
    }

    /// Members that a result repeats, so that it can be joined and grouped without the input.
    private static let kept: Set<String> = ["conversationID", "role", "sentAt", "channel", "rating"]
}

extension RecordScoring {
    /// Scores a record whose parts are values.
    /// - Parameters:
    ///   - id: a scalar.
    ///   - kept: members that the result repeats.
    ///   - isPrivate: nobody but the company reads it: a note.
    mutating func score(
        _ text: String, number: Int, id: JSONValue?, role: Role?, isPrivate: Bool = false, language: String?, _ kept: [JSONValue.Member]
    ) {
        let id = id.map(JSONWriter.printed)
        let language = language.map { JSONWriter.bytes(.string($0)) }
        var text = text
        Self.withBytes(id) { id in
            Self.withBytes(language) { language in
                let frame = RecordScorer.Frame(number: number, id: id, role: role, isPrivate: isPrivate, language: language)
                if scorer.output == .jsonl {
                    open(frame)
                    for member in kept {
                        out.append(UInt8(ascii: ","))
                        out.append(JSONWriter.printed(.string(member.key)))
                        out.append(UInt8(ascii: ":"))
                        out.append(JSONWriter.printed(member.value))
                    }
                }
                text.withUTF8 { close(frame, text: $0) }
            }
        }
    }

    private static func withBytes(_ bytes: [UInt8]?, _ body: (UnsafeBufferPointer<UInt8>?) -> Void) {
        guard let bytes else { return body(nil) }
        bytes.withUnsafeBufferPointer { body($0) }
    }
}
