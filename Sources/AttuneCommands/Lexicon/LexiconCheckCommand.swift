import ArgumentParser
import AttuneEngine
import Foundation

struct LexiconCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tell duplicates, contradictions and phrases that can never be found, as file:line lines; exit code 1 when there are errors.",
        discussion: "Errors are lines that no pack takes in; warnings are never found, are replaced by a later line, or may mean something else."
    )

    @Argument(help: "Folder with a folder of TSVs for each language; the installation's by default.")
    var folder: String?

    @Flag(help: "Tell the errors only.")
    var errorsOnly = false

    func run() throws {
        let root = try folder.map { URL(fileURLWithPath: $0) } ?? Installation.find().lexicons
        let findings = LexiconCheck.findings(try PackLoader.sources(root))
        for finding in findings where finding.isError || !errorsOnly { try StandardOutput.line("\(finding)") }
        let errors = findings.count { $0.isError }
        var counts: [LexiconFinding.Rule: Int] = [:]
        for finding in findings { counts[finding.rule, default: 0] += 1 }
        let parts = LexiconFinding.Rule.allCases.compactMap { rule in counts[rule].map { "\($0) \(rule.rawValue)" } }
        try StandardOutput.line(
            "errors: \(errors), warnings: \(findings.count - errors)\(parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")")
        if errors > 0 { throw CommandFailure("\(root.path): \(errors) line\(errors == 1 ? "" : "s") cannot be used, see above") }
    }
}
