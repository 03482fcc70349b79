import HTTPTypes
import Hummingbird
import NIOCore

/// Reads a request's body into memory, within limits.
struct BodyReader: Sendable {
    /// Bytes; 413 above.
    let limit: Int
    /// For the whole body: whoever drips bytes to hold a connection gets 408. Gaps are bounded by the server's idle timeout.
    let timeout: Duration

    func read(_ request: Request) async throws -> [UInt8] {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit { throw Problem.tooLarge(limit) }
        let start = ContinuousClock.now
        var bytes = [UInt8]()
        for try await part in request.body {
            if bytes.count + part.readableBytes > limit { throw Problem.tooLarge(limit) }
            bytes.append(contentsOf: part.readableBytesView)
            if ContinuousClock.now - start > timeout { throw Problem(.requestTimeout, "the body took too long: send it faster") }
        }
        return bytes
    }
}
