import AttuneCore

/// The systems this build can write events to.
public struct SinkRegistry: Sendable {
    /// A type of sink: how it is named in the configuration, and how one is made.
    public struct Kind: Sendable {
        public let type: String
        /// One sentence for `attune sinks`.
        public let summary: String
        let make: @Sendable (SinkConfiguration) throws -> any ClosableSink
    }

    /// Every kind of sink has its line here.
    public static let kinds: [Kind] = [
        Kind(type: "file", summary: "Appends NDJSON to a file (path), or to standard output (\"-\").") { try FileSink($0) },
        Kind(type: "webhook", summary: "Posts each event to a URL, signed by Standard Webhooks (url, secrets).") { try WebhookSink($0) },
    ]

    public let sinks: [any Sink]
    private let closable: [any ClosableSink]

    /// Makes the sinks of a configuration.
    /// - Throws: `ConfigurationError` with the key of the mistake (`sinks[0].url`), `SinkError` when a file can't be opened.
    public init(_ configurations: [SinkConfiguration]) throws {
        var made = [any ClosableSink]()
        do {
            for (index, configuration) in configurations.enumerated() {
                if made.contains(where: { $0.name == configuration.name }) {
                    let reason = "names \"\(configuration.name)\" twice: give each sink a name of its own"
                    throw ConfigurationError(key: "sinks[\(index)].name", reason)
                }
                made.append(try Self.make(configuration, key: "sinks[\(index)]"))
            }
        } catch {
            let unused = made
            Task { for sink in unused { await sink.close() } }
            throw error
        }
        closable = made
        sinks = made
    }

    private static func make(_ configuration: SinkConfiguration, key: String) throws -> any ClosableSink {
        guard !configuration.name.isEmpty else { throw ConfigurationError(key: "\(key).name", "must not be empty") }
        guard let kind = kinds.first(where: { $0.type == configuration.type }) else {
            throw ConfigurationError(key: "\(key).type", "is \"\(configuration.type)\": known are \(kinds.map(\.type).joined(separator: ", "))")
        }
        do {
            return try kind.make(configuration)
        } catch let error as ConfigurationError {
            throw ConfigurationError(key: error.key.map { "\(key).\($0)" } ?? key, error.reason)
        }
    }

    /// Closes the connections that sinks keep open. Call it when nothing writes any more.
    public func close() async {
        for sink in closable { await sink.close() }
    }
}

/// A sink that the registry makes and ends.
protocol ClosableSink: Sink {
    init(_ configuration: SinkConfiguration) throws
    func close() async
}

extension FileSink: ClosableSink {
    init(_ configuration: SinkConfiguration) throws {
        guard let path = configuration.path, !path.isEmpty else {
            throw ConfigurationError(key: "path", "is missing: name a file, or \"-\" for standard output")
        }
        try self.init(name: configuration.name, path: path)
    }

    func close() async {}
}
