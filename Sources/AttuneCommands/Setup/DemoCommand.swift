import ArgumentParser
import AttuneConnectors
import AttuneCore
import AttuneEngine
import AttuneStore
import Foundation

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run the main job on the bundled conversations of a fictional shop.",
        discussion: "Nothing is prepared: the files below Corpora/larkspur go through the same import as yours. Change one and the answers change."
    )

    @Option(help: "Keep the store here instead of in a temporary folder.")
    var store: String?

    func run() async throws {
        let installation = try Installation.find()
        guard let world = installation.corpora?.appendingPathComponent("larkspur") else {
            throw CommandFailure("the bundled conversations are not installed: run Scripts/install again, or the demo from the checkout")
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attune-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = store ?? folder.appendingPathComponent("demo.sqlite").path
        let database = try SQLiteStore.open(path: path, create: true)
        let events = folder.appendingPathComponent("events.ndjson").path
        let forwarding = try EventForwarding(path: events, store: database)
        let view = DemoView(terminal: .standardOutput())

        let started = ContinuousClock.now
        try await read(world, installation, into: database, view)
        let forwarded = try await forwarding.drain()
        let elapsed = ContinuousClock.now - started
        let overview = try database.queries.overview()
        try view.sentiment(overview)
        // The world's clock stands at the end of its last day, so that the demonstration is the same on every day.
        let now = overview.lastAt ?? Timestamp(nanoseconds: 0)
        try view.atRisk(try database.queries.customersAtRisk(limit: 6, now: now))
        try view.journey(of: database.queries, now: now)
        try view.events(try EventLines.read(events), count: forwarded)
        try view.close(elapsed: elapsed, store: store)
    }

    private func read(_ world: URL, _ installation: Installation, into database: SQLiteStore, _ view: DemoView) async throws {
        let configuration = try ConfigurationFile.connector(world.appendingPathComponent("config.json").path)
        let run = ImportRun(store: database, analyzer: try PackLoader.analyzer(installation), configuration: configuration, strict: false)
        let interrupt = Interrupt()
        try view.title("Read")
        var whatsapp = ImportReport(connector: "whatsapp-export")
        var chats = 0
        for file in try files(world) {
            let input = try ConnectorInput(path: file.path, connectorName: nil)
            let isChat = input.connector.name == "whatsapp-export"
            let report = try run.importFile(file.path, input, interrupt: interrupt)
            if isChat {
                whatsapp += report
                chats += 1
            } else {
                try StandardOutput.line("  " + report.line(file.lastPathComponent))
            }
        }
        try StandardOutput.line("  " + whatsapp.line("\(chats) WhatsApp chats"))
    }

    /// The world's files in the order of their names; the truth files are not for the program's eyes.
    private func files(_ world: URL) throws -> [URL] {
        let names = FileManager.default.enumerator(atPath: world.path)?.compactMap { $0 as? String } ?? []
        let wanted = names.filter { ["csv", "jsonl", "txt"].contains(($0 as NSString).pathExtension) }.sorted()
        if wanted.isEmpty { throw CommandFailure("\(world.path) holds no conversations: restore it from the release") }
        return wanted.map { world.appendingPathComponent($0) }
    }
}
