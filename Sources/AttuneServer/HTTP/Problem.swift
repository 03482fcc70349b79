import AttuneCore
import HTTPTypes
import Hummingbird
import NIOCore

/// An error as we answer it: RFC 9457 `application/problem+json`. Holds nothing of what was sent.
struct Problem: Error, HTTPResponseError {
    var status: HTTPResponse.Status
    /// What is wrong and what to do.
    var detail: String
    /// Seconds for `Retry-After`.
    var retryAfter: Int?
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ detail: String, retryAfter: Int? = nil) {
        self.status = status
        self.detail = detail
        self.retryAfter = retryAfter
    }

    var response: Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        let body = JSONValue.object([
            "type": "about:blank", "title": .string(status.reasonPhrase), "status": .int(status.code), "detail": .string(detail),
        ])
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONWriter.bytes(body))))
    }

    func response(from request: Request, context: some RequestContext) throws -> Response { response }
}

extension Router {
    /// Answers 405 with `Allow` for the methods that a path does not have.
    func refuseOtherMethods(at path: RouterPath, than allowed: [HTTPRequest.Method]) {
        var problem = Problem(.methodNotAllowed, "this path takes \(allowed.map(\.rawValue).joined(separator: ", "))")
        problem.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
        let refusal = problem
        for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options] where !allowed.contains(method) {
            on(path, method: method) { _, _ async throws -> Response in throw refusal }
        }
    }
}

extension Problem {
    static let unknownSource = Problem(.notFound, "there is no such webhook source: check the URL against the configuration")
    static let badSignature = Problem(.unauthorized, "the signature is missing or wrong: check the source's secret")
    static let stopping = Problem(.serviceUnavailable, "the server is stopping: send the request again", retryAfter: 1)
    static let queueFull = Problem(.tooManyRequests, "the queue is full: send the request again", retryAfter: 1)
    static let keyInUse = Problem(.conflict, "a request with this Idempotency-Key is being carried out: ask again for its answer", retryAfter: 1)
    static let keyOfAnother = Problem(
        .unprocessableContent, "this Idempotency-Key came with another body before: send the same body, or another key")
    static let storageFailed = Problem(.serviceUnavailable, "nothing was stored: the store failed, send the request again", retryAfter: 5)

    static func tooLarge(_ limit: Int) -> Problem {
        Problem(.contentTooLarge, "the body is larger than \(limit) bytes: send less at once")
    }

    static func malformed(_ what: String) -> Problem { Problem(.badRequest, what) }
}

extension Response {
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response { json(bytes: JSONWriter.bytes(value), status: status) }

    static func json(bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func plain(_ text: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8") -> Response {
        Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
