import ArgumentParser
import AttuneConnectors
import AttuneCore
import AttuneStore
import Foundation

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read files into a store: decode, analyse, identify, notice signals, put events into the outbox.",
        discussion: """
            Importing a file again changes nothing. An import that was interrupted, even by kill -9, goes on where the last commit was.
            """
    )

    @Argument(help: "Files to import, or folders with them.")
    var files: [String]

    @Option(help: "Connector to use for all files; recognised by content by default.")
    var connector: String?

    @OptionGroup var store: StoreOption

    @Option(help: "JSON configuration of the connectors (zone, agentNames, mapping, …).")
    var config: String?

    @Option(help: "Append the events to this file, one CloudEvent a line (`-` is standard output).")
    var events: String?

    @Flag(help: "Stop with exit code 1 at the first record that cannot be read.")
    var strict = false

    func run() async throws {
        let configuration = try ConfigurationFile.connector(config)
        let analyzer = try PackLoader.analyzer(try Installation.find())
        // All files are looked at before the first is imported: a typing mistake in the last name costs nothing.
        let places = try InputPlace.all(files, connector: connector, strict: strict)
        for place in places where place.path != "-" && (strict || !place.isDamaged) { _ = try ConnectorInput(place, connectorName: connector) }
        let database = try store.open(create: true)
        let forwarding = try events.map { try EventForwarding(path: $0, store: database) }
        InputSurvey.make(of: places, connector: connector, configuration)
        let run = ImportRun(store: database, analyzer: analyzer, configuration: configuration, strict: strict, isLoading: true)
        let interrupt = Interrupt()
        do { try read(places, run, interrupt) } catch {
            // What came before the record that stopped it is stored.
            if !interrupt.isRequested { try settle(run) }
            throw error
        }
        try settle(run)
        try await forwarding?.drain()
    }

    private func read(_ places: [InputPlace], _ run: ImportRun, _ interrupt: Interrupt) throws {
        var total = ImportReport(isLoaded: true)
        for place in places {
            let input = try ConnectorInput(place, connectorName: connector)
            let report = try run.importFile(place.path, input, interrupt: interrupt)
            StandardError.write(report.line(place.path) + "\n")
            total += report
        }
        if places.count > 1 { StandardError.write(total.line("in all") + "\n") }
    }

    /// Who is one person by name and attributes depends on everybody, so it is looked at once, at the end.
    private func settle(_ run: ImportRun) throws {
        guard let report = try run.settle() else { return }
        StandardError.write("all customers looked at: \(report.signals) signals, \(report.events) events\n")
    }
}

/// `--store`, the same for every command that has one.
struct StoreOption: ParsableArguments {
    @Option(name: .customLong("store"), help: "The store's SQLite file; ATTUNE_STORE or attune.sqlite by default.")
    var path: String?

    var resolvedPath: String {
        path ?? ProcessInfo.processInfo.environment["ATTUNE_STORE"].flatMap { $0.isEmpty ? nil : $0 } ?? "attune.sqlite"
    }

    func open(create: Bool, readOnly: Bool = false) throws -> SQLiteStore {
        do {
            return try SQLiteStore.open(path: resolvedPath, create: create, readOnly: readOnly)
        } catch let error as StoreError {
            throw CommandFailure("\(error)")
        }
    }
}
