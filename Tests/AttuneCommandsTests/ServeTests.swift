import Foundation
import Testing

/// The server as a process. What it answers is tested in AttuneServerTests; here it is killed.
@Suite struct ServeTests {
    @Test func killedUnderLoadItLosesNothingItAcknowledged() throws {
        let process = Process()
        process.executableURL = Attune.root.appendingPathComponent("Scripts/kill-test")
        process.arguments = ["3"]
        process.environment = ProcessInfo.processInfo.environment.merging(["ATTUNE": Attune.binary.path]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(output)")
    }

    @Test func aConfigurationThatCannotWorkIsRefusedAtStart() throws {
        let attune = Attune()
        try Temporary.with { folder in
            let config = folder.appendingPathComponent("c.json")
            for (text, mention) in [
                ("{\"listen\":\"nowhere\"}", "listen"), ("{\"sinks\":[{\"name\":\"a\",\"type\":\"pigeon\"}]}", "type"),
                ("{\"lisen\":\"1\"}", "lisen"), ("{\"listen\":\"0.0.0.0:0\"}", "token"),
            ] {
                try Data(text.utf8).write(to: config)
                let result = try attune("serve", "--config", config.path)
                #expect(result.status == 2 && result.errorLines.count == 1 && result.error.contains(mention), "\(result.error)")
            }
            let exposed = try attune("serve", "--listen", "0.0.0.0:0")
            #expect(exposed.status == 2 && exposed.errorLines.count == 1 && exposed.error.contains("token"), "\(exposed.error)")
            let missing = try attune("serve", "--config", folder.appendingPathComponent("none.json").path)
            #expect(missing.status == 2 && missing.errorLines.count == 1)
        }
    }
}
