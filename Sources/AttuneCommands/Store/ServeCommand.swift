import ArgumentParser
import AttuneConnectors
import AttuneServer
import AttuneStore
import Foundation
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Take webhooks and messages in over HTTP, forward signed events; SIGTERM drains and ends.",
        discussion: """
            A request is answered with 2xx only after its messages are on the disk. The configuration is one JSON file; ATTUNE_… variables and \
            flags override it. Without tokens in the configuration the server listens on loopback addresses only, and refuses to start with another.
            """
    )

    @Option(help: "JSON configuration: listen, store, sources, tokens, sinks, limits.")
    var config: String?

    @Option(help: "Address to listen on, HOST:PORT; port 0 takes a free one.")
    var listen: String?

    @Option(name: .customLong("store"), help: "The store's SQLite file.")
    var storePath: String?

    @Option(help: "trace, debug, info, notice, warning or error.")
    var logLevel: Logger.Level = .info

    func run() async throws {
        let settings: ServerConfiguration
        do throws(ConfigurationError) { settings = try read() } catch {
            throw CommandFailure.usage("\(config.map { "\($0): " } ?? "")\(error)")
        }
        let path = storePath ?? settings.storePath ?? "attune.sqlite"
        let analyzer = try PackLoader.analyzer(try Installation.find())
        let store: SQLiteStore
        do {
            store = try SQLiteStore.open(path: path, create: true, eventSource: settings.eventSource)
        } catch let error as StoreError {
            throw CommandFailure("\(error)")
        }
        let level = logLevel
        let logger = Logger(label: "attune") { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        do {
            try await runServer(settings, store: store, logger: logger) { EngineCall(analyzer).analyze }
        } catch let error as ConfigurationError {
            throw CommandFailure.usage("\(config.map { "\($0): " } ?? "")\(error)")
        } catch {
            throw CommandFailure("the server stopped: \(error)")
        }
        try store.close()
    }

    private func read() throws(ConfigurationError) -> ServerConfiguration {
        let bytes: [UInt8]?
        do { bytes = try config.map(ConfigurationFile.bytes) } catch { throw ConfigurationError(key: nil, "cannot be read: check the path") }
        var settings = try ServerConfiguration(file: bytes, environment: ProcessInfo.processInfo.environment)
        if let listen { try settings.listen(on: listen, key: "--listen") }
        try settings.checkExposure()
        return settings
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
