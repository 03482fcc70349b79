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
        try Self.checkEncoding(request.headers[.contentEncoding])
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

    /// Bodies are read as they are: signatures are made of those bytes, and a small body must not become a large one here.
    private static func checkEncoding(_ encoding: String?) throws {
        let name = (encoding ?? "").lowercased().filter { $0 != " " }
        if name.isEmpty || name == "identity" { return }
        // Nothing is answered with what was sent, but for words that we know.
        let known = ["gzip", "x-gzip", "deflate", "br", "zstd", "compress"].contains(name) ? " (\(name))" : ""
        var problem = Problem(.unsupportedMediaType, "the body is compressed\(known): send it without Content-Encoding")
        problem.headers[.acceptEncoding] = "identity"
        throw problem
    }
}
