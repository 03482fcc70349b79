import Foundation
import Testing

/// The demonstration is real processing: other conversations give other answers.
@Suite struct DemoTests {
    @Test func itShowsWhatWasReadFeltAndForwarded() throws {
        let result = try Attune()("demo")
        #expect(result.status == 0, "\(result.error)")
        for heading in ["Read", "Sentiment by channel", "Customers most at risk", "Forwarded:", "attune.signal.churn_risk.v1"] {
            #expect(result.output.contains(heading), "\(heading)")
        }
    }

    @Test func aChangedMessageChangesTheOutput() throws {
        try Temporary.with { folder in
            for name in ["Lexicons", "Corpora"] {
                try FileManager.default.copyItem(at: Attune.root.appendingPathComponent(name), to: folder.appendingPathComponent(name))
            }
            let attune = Attune(environment: ["ATTUNE_PACK": folder.appendingPathComponent("Lexicons").path])
            let stable = { (text: String) in text.split(separator: "\n").filter { !$0.hasPrefix("Done in") } }
            let before = try attune("demo")
            #expect(stable(try attune("demo").output) == stable(before.output))
            let reviews = folder.appendingPathComponent("Corpora/larkspur/reviews.csv")
            let text = try String(contentsOf: reviews, encoding: .utf8)
            let row =
                "\r\nRX-9001,,angry.person@mail.com,A. Person,2026-03-30,1,Terrible,\"Terrible service, I am furious and I am cancelling my subscription\","
            try Data((text.trimmingCharacters(in: .newlines) + row + "\r\n").utf8).write(to: reviews)
            let after = try attune("demo")
            #expect(after.status == 0)
            #expect(stable(after.output) != stable(before.output))
        }
    }

    @Test func theBinaryWorksFromAnyDirectoryAndInstalled() throws {
        try Temporary.with { folder in
            let attune = Attune(directory: folder)
            #expect(try attune("doctor").status == 0)
            // What Scripts/install lays down, with links in place of copies of the large files.
            let manager = FileManager.default
            for name in ["bin", "share/attune"] {
                try manager.createDirectory(at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
            }
            let installed = folder.appendingPathComponent("bin/attune")
            try manager.copyItem(at: Attune.binary, to: installed)
            try manager.copyItem(at: Attune.root.appendingPathComponent("Lexicons"), to: folder.appendingPathComponent("share/attune/Lexicons"))
            let process = Process()
            process.executableURL = installed
            process.arguments = ["doctor"]
            process.currentDirectoryURL = folder
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(output)")
            #expect(output.contains("\(folder.lastPathComponent)/share/attune/Lexicons"))
        }
    }
}
