/// What bounds the server; each with its reason.
public struct ServerLimits: Hashable, Sendable {
    /// Bytes of a request's body: Meta's largest delivery (1,000 updates) stays well below.
    public var bodyBytes = 4 << 20
    /// Bytes of a request's head: eight times what platforms send.
    public var headerBytes = 32 << 10
    /// Header lines of a request.
    public var headerFields = 100
    /// Connections at a time, each a few tens of KB: further ones wait in the system's backlog.
    public var connections = 1_024
    /// Seconds that a connection may be silent, and that a body may take: platforms send at once.
    public var readSeconds = 30
    /// Seconds to finish requests and the queue after SIGTERM: Kubernetes kills after 30.
    public var shutdownSeconds = 25
    public var ingest = IngestLimits()

    public init() {}
}
