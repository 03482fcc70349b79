import AttuneConnectors
import AttuneCore
import HTTPTypes
import Hummingbird

/// `GET` and `POST /v1/hooks/<connector>/<source>`: platforms hand over what customers wrote.
///
/// A delivery is answered with 200 only when all of it is durable. Items that can't be read are kept as rejections and do not fail the
/// others: a refusal would make the platform repeat the delivery for days.
struct WebhookRoutes: Sendable {
    let sources: [String: SourceConfiguration]
    let registry: ConnectorRegistry
    let committer: GroupCommitter
    let metrics: Metrics
    let bodies: BodyReader
    let now: @Sendable () -> Timestamp
    let endpoints: [WebhookEndpoint]

    func add(to router: Router<BasicRequestContext>) {
        router.get("/v1/hooks/:connector/:source") { request, context in try handshake(request, context) }
        router.post("/v1/hooks/:connector/:source") { request, context in
            let (endpoint, source) = try target(context)
            do {
                let response = try await receive(request, endpoint, source)
                metrics.add(to: .webhookRequests, endpoint.connector, String(response.status.code))
                return response
            } catch let problem as Problem {
                metrics.add(to: .webhookRequests, endpoint.connector, String(problem.status.code))
                throw problem
            }
        }
    }

    private func target(_ context: BasicRequestContext) throws -> (WebhookEndpoint, SourceConfiguration) {
        guard let connector = context.parameters.get("connector"), let name = context.parameters.get("source"),
            let endpoint = endpoints.first(where: { $0.connector == connector }),
            let source = sources[name], source.connector == connector
        else { throw Problem.unknownSource }
        return (endpoint, source)
    }

    private func handshake(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let (endpoint, source) = try target(context)
        guard let handshake = endpoint.handshake else { throw Problem.unknownSource }
        let query = request.uri.queryParameters.map { (name: String($0.key), value: String($0.value)) }
        guard let answer = handshake(query, source) else {
            throw Problem(.forbidden, "the handshake is wrong: check the verify token")
        }
        return .plain(answer, type: "text/plain")
    }

    private func receive(_ request: Request, _ endpoint: WebhookEndpoint, _ source: SourceConfiguration) async throws -> Response {
        let body = try await bodies.read(request)
        // Before anything looks at the bytes.
        guard endpoint.isAuthentic(body, request.headers, source) else { throw Problem.badSignature }
        let operations = try decode(body, endpoint, source)
        let outcome = try await committer.take(operations)
        metrics.count(outcome, connector: endpoint.connector)
        return Response(status: .ok)
    }

    private func decode(_ body: [UInt8], _ endpoint: WebhookEndpoint, _ source: SourceConfiguration) throws -> [AttuneCore.Operation] {
        do throws(JSONParser.Failure) { _ = try JSONParser.parse(body) } catch {
            throw Problem.malformed("the body is not JSON: \(error)")
        }
        do {
            let connector = try registry.connector(named: endpoint.connector)
            var decoder = try connector.makeDecoder(source.options, context: DecodingContext(receivedAt: now()))
            var operations = [AttuneCore.Operation]()
            try decoder.decode(all: body) { operations.append($0) }
            return operations
        } catch let error as UnreadableInput {
            throw Problem.malformed("\(error)")
        }
    }
}

extension Problem {
    /// What an error of ingestion is to the client.
    init(_ error: IngestError) {
        switch error {
        case .queueFull: self = .queueFull
        case .tooMany(let limit): self = Problem(.contentTooLarge, "more than \(limit) records in one request: send fewer at once")
        case .stopping: self = .stopping
        case .storage: self = .storageFailed
        }
    }
}

extension GroupCommitter {
    /// `submit` with errors as the client sees them.
    func take(_ operations: [AttuneCore.Operation]) async throws(Problem) -> IngestOutcome {
        do throws(IngestError) { return try await submit(operations) } catch { throw Problem(error) }
    }
}

extension Metrics {
    func count(_ outcome: IngestOutcome, connector: String) {
        if outcome.accepted > 0 { add(outcome.accepted, to: .ingestMessages, connector, "accepted") }
        if outcome.duplicates > 0 { add(outcome.duplicates, to: .ingestMessages, connector, "duplicate") }
        if !outcome.refusals.isEmpty { add(outcome.refusals.count, to: .ingestMessages, connector, "rejected") }
    }
}
