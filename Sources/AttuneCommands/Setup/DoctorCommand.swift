import ArgumentParser
import AttuneConnectors
import AttuneEngine
import AttuneStore
import Foundation

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check that this installation works: pack, heads, kernels, a store; exit code 1 when something does not.")

    @OptionGroup var store: StoreOption

    func run() throws {
        var isWell = true
        func check(_ name: String, _ body: () throws -> String) throws {
            do {
                try StandardOutput.line("ok    \(name): \(try body())")
            } catch {
                isWell = false
                try StandardOutput.line("FAIL  \(name): \((error as? CommandFailure)?.message ?? "\(error)")")
            }
        }
        try check("binary") { "\(Installation.versionText) at \(Installation.executableURL().path)" }
        try check("pack") {
            let installation = try Installation.find()
            let pack = try PackLoader.pack(installation)
            let entries = pack.lexicon.entryCount
            return
                "\(entries) lexicon entries in \(pack.lexicon.languages.count) languages, hash \(Analyzer(pack: pack).packHash), at \(installation.packFile.path)"
        }
        try check("heads") {
            guard let model = try PackLoader.pack(try Installation.find()).model else {
                throw CommandFailure("the pack has none, so texts are judged by the lexicons alone: reinstall the pack")
            }
            return model.groups.map { "\($0.name) (\($0.labels.count))" }.joined(separator: ", ")
        }
        try check("engine") {
            let analyzer = try PackLoader.analyzer(try Installation.find())
            let good = analyzer.analyze("Thank you, this works perfectly!").sentiment
            let bad = analyzer.analyze("Still broken, I am so angry. Terrible service.").sentiment
            guard good.label == .positive, bad.label == .negative else {
                throw CommandFailure("plain sentences are judged wrongly: reinstall the pack")
            }
            return "tells good from bad"
        }
        try check("connectors") { ConnectorRegistry.standard.connectors.map(\.name).joined(separator: ", ") }
        if FileManager.default.fileExists(atPath: store.resolvedPath) {
            try check("store") {
                let overview = try store.open(create: false, readOnly: true).queries.overview()
                return "\(store.resolvedPath): \(overview.messages) messages, \(overview.customers) customers"
            }
        }
        if !isWell { throw CommandFailure("something is not right, see above") }
    }
}
