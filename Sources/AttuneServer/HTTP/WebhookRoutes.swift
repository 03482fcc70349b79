import AttuneConnectors
import AttuneCore
import Foundation
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

    /// The second form has a secret behind the source, for platforms that sign nothing.
    private static let paths: [RouterPath] = ["/v1/hooks/:connector/:source", "/v1/hooks/:connector/:source/:secret"]

    func add(to router: Router<BasicRequestContext>) {
        for path in Self.paths {
            router.get(path) { request, context in try handshake(request, context) }
            // Intercom looks whether somebody is there before it takes a URL.
            router.head(path) { _, context in
                _ = try target(context)
                return Response(status: .ok)
            }
            router.post(path) { request, context in
                let (endpoint, source) = try target(context)
                do {
                    let response = try await receive(request, context, endpoint, source)
                    metrics.add(to: .webhookRequests, endpoint.connector, String(response.status.code))
                    return response
                } catch let problem as Problem {
                    metrics.add(to: .webhookRequests, endpoint.connector, String(problem.status.code))
                    throw problem
                }
            }
            router.refuseOtherMethods(at: path, than: [.get, .head, .post])
        }
    }

    private func target(_ context: BasicRequestContext) throws -> (WebhookEndpoint, SourceConfiguration) {
        guard let connector = Self.decoded(context, "connector"), let name = Self.decoded(context, "source"),
            let endpoint = endpoints.first(where: { $0.connector == connector }),
            let source = sources[name], source.connector == connector
        else { throw Problem.unknownSource }
        return (endpoint, source)
    }

    private func handshake(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let (endpoint, source) = try target(context)
        guard let handshake = endpoint.handshake else { throw Problem.unknownSource }
        guard let reply = handshake(Self.fields(ofQuery: request.uri.query ?? ""), source.credentials) else {
            throw Problem(.forbidden, "the handshake is wrong: check the verify token")
        }
        return Response(reply)
    }

    /// Encoded as forms are, which is how most languages write queries: `+` is a blank, and names may be encoded, too.
    private static func fields(ofQuery query: String) -> [(name: String, value: String)] {
        query.split(separator: "&").map { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
                let text = String(part.replacing("+", with: " "))
                return text.removingPercentEncoding ?? text
            }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }

    private func receive(
        _ request: Request, _ context: BasicRequestContext, _ endpoint: WebhookEndpoint, _ source: SourceConfiguration
    ) async throws -> Response {
        let body = try await bodies.read(request)
        let delivery = WebhookDelivery(request, body: body, pathSecret: Self.decoded(context, "secret"))
        // Before anything looks at the bytes.
        let outcome = try endpoint.scheme(source.credentials).check(delivery, now: now())
        guard outcome == .valid else { throw Problem(outcome) }
        if let reply = endpoint.challenge(delivery) { return Response(reply) }
        if body.isEmpty, endpoint.mayBeEmpty { return Response(endpoint.accepted) }
        try Self.checkForm(request, delivery, endpoint)
        let sender = "webhook:\(endpoint.connector)/\(Self.decoded(context, "source") ?? "")"
        let operations = try decode(body, endpoint, source).map { $0.sent(by: sender) }
        metrics.count(try await committer.take(operations), connector: endpoint.connector)
        return Response(endpoint.accepted)
    }

    /// A part of the URL: names and secrets may hold letters that only stand encoded in one, and any letter may be.
    private static func decoded(_ context: BasicRequestContext, _ name: String) -> String? {
        context.parameters.get(name).map { $0.removingPercentEncoding ?? $0 }
    }

    /// Beginnings of the types of media and files, under which nobody sends JSON.
    private static let otherTypes = ["multipart/", "image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/gzip"]

    /// Refuses what surely is something else; many platforms send JSON under odd names, or none.
    private static func checkForm(_ request: Request, _ delivery: WebhookDelivery, _ endpoint: WebhookEndpoint) throws {
        let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased().filter { $0 != " " } ?? ""
        let isForm = type == "application/x-www-form-urlencoded"
        let isNoJSON = isForm || type.hasSuffix("/xml") || otherTypes.contains { type.hasPrefix($0) }
        switch endpoint.form {
        case .json where isNoJSON, .jsonLines where isNoJSON:
            throw Problem(.unsupportedMediaType, "send application/json: choose JSON as the webhook's format")
        case .formOrHashedJSON where type.hasSuffix("json") && TwilioSignature.tellsBodyHash(delivery.target): break
        case .form where !isForm && !type.isEmpty, .formOrHashedJSON where !isForm && !type.isEmpty:
            throw Problem(.unsupportedMediaType, "send application/x-www-form-urlencoded: choose POST as the webhook's method")
        case .json, .jsonLines, .form, .formOrHashedJSON: break
        }
    }

    private func decode(_ body: [UInt8], _ endpoint: WebhookEndpoint, _ source: SourceConfiguration) throws -> [AttuneCore.Operation] {
        let failure = Self.fault(body, endpoint.form)
        // Who was interrupted sends it again.
        if let failure, JSONText.breaksOff(body) { throw Problem.malformed("the body is not JSON: \(failure)") }
        do {
            let connector = try registry.connector(named: endpoint.connector)
            var decoder = try connector.makeDecoder(source.options, context: DecodingContext(receivedAt: now()))
            var operations = [AttuneCore.Operation]()
            try decoder.decode(all: body) { operations.append($0) }
            // One damaged item must not cost the others.
            if let failure, operations.allSatisfy({ if case .rejected = $0 { true } else { false } }) {
                throw Problem.malformed("the body is not JSON: \(failure)")
            }
            return operations
        } catch let error as UnreadableInput {
            throw Problem.malformed("\(error)")
        }
    }

    /// Nil for a body that the connector is to read.
    private static func fault(_ body: [UInt8], _ form: WebhookEndpoint.Form) -> JSONParser.Failure? {
        switch form {
        case .form, .formOrHashedJSON: return nil
        case .json: return fault(body)
        case .jsonLines:
            guard let fault = fault(body) else { return nil }
            // One good record a line is enough: the others are rejections with a place.
            let isLines = body.split(separator: 10).contains { line in if case .object = try? JSONParser.parse(line) { true } else { false } }
            return isLines ? nil : fault
        }
    }

    private static func fault(_ body: [UInt8]) -> JSONParser.Failure? {
        var reader = JSONReader()
        return body.withUnsafeBufferPointer { bytes in
            // Some write a byte order mark; the connectors know it.
            let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
            do throws(JSONParser.Failure) {
                _ = try reader.parse(bytes)
                return nil
            } catch {
                return error
            }
        }
    }
}

extension WebhookDelivery {
    init(_ request: Request, body: [UInt8], pathSecret: String?) {
        var headers = request.headers.map { (name: $0.name.rawName, value: $0.value) }
        // Swift's HTTP types keep it apart.
        if let host = request.head.authority { headers.append(("Host", host)) }
        self.init(body: body, headers: headers, target: request.head.path ?? "/", pathSecret: pathSecret)
    }
}

extension Response {
    init(_ reply: WebhookReply) {
        guard let type = reply.contentType else {
            self.init(status: .ok)
            return
        }
        self = .plain(reply.body, type: type)
    }
}

extension Problem {
    /// What a delivery that proves nothing is told.
    init(_ outcome: SignatureCheck) {
        self =
            outcome == .stale
            ? Problem(.unauthorized, "the delivery was signed more than five minutes ago, or ahead: check the clocks") : .badSignature
    }

    /// What an error of ingestion is to the client.
    init(_ error: IngestError) {
        switch error {
        case .queueFull: self = .queueFull
        case .tooMany(let limit): self = Problem(.contentTooLarge, "more than \(limit) records in one request: send fewer at once")
        case .stopping: self = .stopping
        case .storage: self = .storageFailed
        case .keyInUse: self = .keyInUse
        case .keyOfAnother: self = .keyOfAnother
        }
    }
}

extension GroupCommitter {
    /// `submit` with errors as the client sees them.
    func take(_ operations: [AttuneCore.Operation]) async throws(Problem) -> IngestOutcome {
        do throws(IngestError) { return try await submit(operations) } catch { throw Problem(error) }
    }

    /// The same for a request that may be repeated.
    func take(_ operations: [AttuneCore.Operation], as job: RepeatableJob) async throws(Problem) -> RepeatableOutcome {
        do throws(IngestError) { return try await submit(operations, as: job) } catch { throw Problem(error) }
    }
}

extension Metrics {
    func count(_ outcome: IngestOutcome, connector: String) {
        if outcome.accepted > 0 { add(outcome.accepted, to: .ingestMessages, connector, "accepted") }
        if outcome.duplicates > 0 { add(outcome.duplicates, to: .ingestMessages, connector, "duplicate") }
        if !outcome.refusals.isEmpty { add(outcome.refusals.count, to: .ingestMessages, connector, "rejected") }
    }
}
