import AttuneConnectors
import AttuneCore
import HTTPTypes
import Hummingbird

/// `POST /v1/messages`: records in our own form, from whoever holds a token. `application/json` takes one record, an array, or
/// `{"messages": […]}`; `application/x-ndjson` one record a line. The answer counts what became of them, after the commit. A request with an
/// `Idempotency-Key` is carried out once.
struct MessageRoutes: Sendable {
    /// The connector that reads records.
    static let connector = "jsonl"

    let tokens: BearerTokens
    let registry: ConnectorRegistry
    let committer: GroupCommitter
    let metrics: Metrics
    let bodies: BodyReader
    let now: @Sendable () -> Timestamp

    func add(to router: Router<BasicRequestContext>) {
        router.post("/v1/messages") { request, _ in
            do {
                let response = try await receive(request)
                metrics.add(to: .webhookRequests, "messages", String(response.status.code))
                return response
            } catch let problem as Problem {
                metrics.add(to: .webhookRequests, "messages", String(problem.status.code))
                throw problem
            }
        }
        router.refuseOtherMethods(at: "/v1/messages", than: [.post])
    }

    private enum Form { case json, lines }

    private func receive(_ request: Request) async throws -> Response {
        let caller = try tokens.check(request.headers)
        let key = try IdempotencyKey.read(request.headers)
        let form = try Self.form(request.headers[.contentType])
        let body = try await bodies.read(request)
        let lines = form == .json ? try Self.lines(ofJSON: body) : body
        let operations = try decode(lines)
        guard let key else {
            let outcome = try await committer.take(operations)
            metrics.count(outcome, connector: "messages")
            return .json(bytes: Self.body(outcome, form, operations))
        }
        let job = RepeatableJob(
            request: RepeatableRequest(
                caller: caller, key: key, content: Array("\(form)".utf8) + [0x1F] + body, hashKey: committer.hashKey),
            body: { Self.body($0, form, operations) })
        switch try await committer.take(operations, as: job) {
        case .kept(let body): return .json(bytes: body)
        case .done(let outcome):
            metrics.count(outcome, connector: "messages")
            return .json(bytes: job.body(outcome))
        }
    }

    private static func body(_ outcome: IngestOutcome, _ form: Form, _ operations: [AttuneCore.Operation]) -> [UInt8] {
        let rejected = outcome.refusals.map { refusal in
            let place: JSONValue.Member =
                switch (form, operations[refusal.index]) {
                case (.lines, .rejected(let rejection)) where rejection.line != nil: .init("line", .int(rejection.line ?? 0))
                default: .init("index", .int(refusal.index))
                }
            return JSONValue.object([place, .init("reason", .string(refusal.reason))])
        }
        return JSONWriter.bytes(
            .object(["accepted": .int(outcome.accepted), "duplicates": .int(outcome.duplicates), "rejected": .array(rejected)]))
    }

    private static func form(_ contentType: String?) throws -> Form {
        let type = contentType?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        switch type {
        case "application/json": return .json
        case "application/x-ndjson", "application/jsonl", "application/x-jsonlines": return .lines
        default: throw Problem(.unsupportedMediaType, "send application/json or application/x-ndjson")
        }
    }

    /// The records of a JSON document, one a line: a record's index is then its line.
    private static func lines(ofJSON body: [UInt8]) throws -> [UInt8] {
        let value: JSONValue
        do throws(JSONParser.Failure) { value = try JSONParser.parse(body) } catch {
            throw Problem.malformed("the body is not JSON: \(error)")
        }
        let records: [JSONValue]
        switch (value, value["messages"]) {
        case (_, .array(let items)?): records = items
        case (.array(let items), _): records = items
        case (.object, _): records = [value]
        default: throw Problem.malformed("the body must be a record, an array of records, or an object with \"messages\"")
        }
        var lines = [UInt8]()
        for record in records {
            JSONWriter.write(record, into: &lines)
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }

    private func decode(_ lines: [UInt8]) throws -> [AttuneCore.Operation] {
        if lines.isEmpty { return [] }
        do {
            let connector = try registry.connector(named: Self.connector)
            var decoder = try connector.makeDecoder(ConnectorConfiguration(), context: DecodingContext(receivedAt: now()))
            var operations = [AttuneCore.Operation]()
            try decoder.decode(all: lines) { operations.append($0.sent(by: "POST /v1/messages")) }
            return operations
        } catch let error as UnreadableInput {
            throw Problem.malformed("\(error)")
        }
    }
}
