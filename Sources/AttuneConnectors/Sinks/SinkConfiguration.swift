import AttuneCore

/// One sink as the configuration names it.
public struct SinkConfiguration: Hashable, Sendable, Discreet {
    /// Unique; stands in metrics and in the outbox, so a renamed sink is a new one.
    public var name: String
    /// One of `SinkRegistry.kinds`.
    public var type: String
    /// Where events are posted.
    public var url: String?
    /// File that events are appended to; `-` is standard output.
    public var path: String?
    /// `whsec_…`; several while keys are rotated: every one signs.
    public var secrets: [String]
    /// Whether addresses of private networks, this computer included, may be called.
    public var allowPrivateTargets: Bool

    public init(
        name: String, type: String, url: String? = nil, path: String? = nil, secrets: [String] = [], allowPrivateTargets: Bool = false
    ) {
        self.name = name
        self.type = type
        self.url = url
        self.path = path
        self.secrets = secrets
        self.allowPrivateTargets = allowPrivateTargets
    }

    public var description: String { "sink \(name) (\(type))" }
}
