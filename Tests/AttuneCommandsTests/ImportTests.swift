import AttuneCore
import Foundation
import Testing

/// Importing real files: nothing lost, nothing twice, and killed at any moment it goes on.
@Suite struct ImportTests {
    private let attune = Attune()
    private let world = Attune.root.appendingPathComponent("Corpora/larkspur")

    /// The bundled world's files.
    private func files() throws -> [String] {
        let names = FileManager.default.enumerator(atPath: world.path)?.compactMap { $0 as? String } ?? []
        return names.filter { ["csv", "jsonl", "txt"].contains(($0 as NSString).pathExtension) }.sorted().map {
            world.appendingPathComponent($0).path
        }
    }

    private func importWorld(_ store: URL, events: URL? = nil) throws -> Attune.Result {
        let arguments = ["import", "--store", store.path, "--config", world.appendingPathComponent("config.json").path]
        return try attune.run(arguments + (events.map { ["--events", $0.path] } ?? []) + (try files()))
    }

    private func overview(_ store: URL) throws -> JSONValue {
        let result = try attune("query", "overview", "--output", "json", "--store", store.path)
        #expect(result.status == 0, "\(result.error)")
        return try JSONParser.parse(Array(result.output.utf8))
    }

    @Test func everyMessageOfTheWorldIsStoredOnce() throws {
        try Temporary.with { folder in
            let store = folder.appendingPathComponent("s.sqlite")
            let events = folder.appendingPathComponent("events.ndjson")
            let first = try importWorld(store, events: events)
            #expect(first.status == 0, "\(first.error)")
            #expect(!first.error.contains("rejected"), "\(first.error)")
            let truth = try String(contentsOf: world.appendingPathComponent("truth.tsv"), encoding: .utf8).split(separator: "\n").count - 1
            let before = try overview(store)
            let stored = before["totals"]?[0]?["messages"]?.integer ?? 0
            // Store replies of reviews and media-only messages are stored too, but have no row in the truth.
            #expect(stored >= Int64(truth))
            let lines = try String(contentsOf: events, encoding: .utf8).split(separator: "\n")
            #expect(!lines.isEmpty && Set(lines).count == lines.count)

            let second = try importWorld(store, events: events)
            #expect(second.status == 0)
            #expect(try overview(store) == before)
            #expect(try String(contentsOf: events, encoding: .utf8).split(separator: "\n") == lines)
        }
    }

    @Test func aCopyUnderAnotherNameChangesNothing() throws {
        try Temporary.with { folder in
            let store = folder.appendingPathComponent("s.sqlite")
            let copy = folder.appendingPathComponent("copy.csv")
            try FileManager.default.copyItem(at: world.appendingPathComponent("reviews.csv"), to: copy)
            let config = world.appendingPathComponent("config.json").path
            _ = try attune("import", "--store", store.path, "--config", config, world.appendingPathComponent("reviews.csv").path)
            let before = try overview(store)
            let again = try attune("import", "--store", store.path, "--config", config, copy.path)
            #expect(again.status == 0 && again.error.contains("known already"), "\(again.error)")
            #expect(try overview(store)["channels"] == before["channels"])
        }
    }

    /// A file of `count` messages by 200 customers, some of whom get angry.
    private func largeFile(_ folder: URL, count: Int) throws -> URL {
        let url = folder.appendingPathComponent("large.jsonl")
        let texts = [
            "Where is my order?", "This is terrible, I am furious", "Thank you so much, great help!", "I want to cancel my subscription", "ok",
        ]
        let rows = (0..<count).map { n in
            let email = "{\"kind\":\"email\",\"value\":\"person\(n * 7 % 200)@mail.com\",\"verified\":true}"
            let day = String(format: "2026-%02d-%02dT%02d:%02d:%02dZ", 1 + n % 12, 1 + n % 28, n % 24, n % 60, n % 59)
            return "{\"id\":\"m\(n)\",\"text\":\"\(texts[n % 5]) (\(n))\",\"sentAt\":\"\(day)\",\"identifiers\":[\(email)]}"
        }
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: url)
        return url
    }

    @Test func killedAtAnyMomentItGoesOnToTheSameStore() throws {
        try Temporary.with { folder in
            // Several commits.
            let file = try largeFile(folder, count: 25_000)
            let whole = folder.appendingPathComponent("whole.sqlite")
            let started = Date()
            #expect(try attune("import", "--store", whole.path, file.path).status == 0)
            let duration = Date().timeIntervalSince(started)
            let expected = try attune("query", "at-risk", "--output", "json", "--limit", "10000", "--store", whole.path).output
            #expect(expected.contains("cus_"))

            let broken = folder.appendingPathComponent("broken.sqlite")
            var kills = 0
            // Each attempt lives a little longer than the one before, so that kills fall into start, decoding and commits.
            for attempt in 1...8 {
                let running = try attune.start(["import", "--store", broken.path, file.path])
                Thread.sleep(forTimeInterval: duration * Double(attempt) / 9)
                kill(running.process.processIdentifier, attempt % 3 == 0 ? SIGINT : SIGKILL)
                running.process.waitUntilExit()
                if running.process.terminationStatus != 0 { kills += 1 }
                _ = try running.result()
            }
            #expect(kills > 0)
            let last = try attune("import", "--store", broken.path, file.path)
            #expect(last.status == 0, "\(last.error)")
            #expect(try overview(broken) == overview(whole))
            #expect(try attune("query", "at-risk", "--output", "json", "--limit", "10000", "--store", broken.path).output == expected)
        }
    }

    @Test func customersAreShownByAnyOfTheirIdentifiers() throws {
        try Temporary.with { folder in
            let store = folder.appendingPathComponent("s.sqlite")
            let rows = """
                {"id":"1","channel":"chat","text":"I am very unhappy, this is awful","identifiers":[{"kind":"email","value":"Priya@Mail.com","verified":true}],"sentAt":"2026-01-01T00:00:00Z"}
                {"id":"2","channel":"ticket","text":"Awful again, cancel my subscription","identifiers":[{"kind":"email","value":"priya@mail.com","verified":true},{"kind":"phone","value":"+44 7700 900123","verified":true}],"sentAt":"2026-01-02T00:00:00Z"}
                """
            #expect(try attune("import", "--store", store.path, "-", input: Array(rows.utf8)).status == 0)
            for reference in ["priya@mail.com", "PRIYA@mail.com", "+44 (0)7700 900123"] {
                let shown = try attune("customer", "show", reference, "--store", store.path, "--output", "json")
                #expect(shown.status == 0, "\(shown.error)")
                let profile = try JSONParser.parse(Array(shown.output.utf8))
                #expect(profile["timeline"]?.items.count == 2)
                #expect(profile["signals"]?.items.contains { $0["rule"]?.string == "churn_risk" } == true)
            }
            let nobody = try attune("customer", "show", "nobody@mail.com", "--store", store.path)
            #expect(nobody.status == 1 && nobody.errorLines.count == 1)
        }
    }

    /// What could be read and was not taken is told with its place, and stops a strict import.
    @Test func anIDOfTwoMessagesIsTold() throws {
        try Temporary.with { folder in
            let store = folder.appendingPathComponent("s.sqlite").path
            let (first, second) = (#"{"id":"1","text":"secret one"}"#, "{\"id\":\"2\",\"text\":\"fine\"}\n{\"id\":\"1\",\"text\":\"secret two\"}\n")
            #expect(try attune("import", "--store", store, "-", input: Array(first.utf8)).status == 0)
            let result = try attune("import", "--store", store, "-", input: Array(second.utf8))
            #expect(result.status == 0 && result.error.contains("item 2: ") && result.error.contains("`source`"), "\(result.error)")
            #expect(!result.error.contains("secret"))
            #expect(try attune("import", "--strict", "--store", store, "-", input: Array(second.utf8)).status == 1)
        }
    }

    @Test func aStoreThatMayNotBeWrittenIsNamed() throws {
        try Temporary.with { folder in
            let store = folder.appendingPathComponent("s.sqlite")
            #expect(try attune("import", "--store", store.path, "-", input: Array("{\"text\":\"hi\"}\n".utf8)).status == 0)
            try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: store.path)
            let readOnly = try attune("import", "--store", store.path, "-", input: Array("{\"text\":\"ho\"}\n".utf8))
            #expect(readOnly.status == 1 && readOnly.errorLines.count == 1 && readOnly.error.contains("s.sqlite"), "\(readOnly.error)")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: store.path)
            // Another import is at work: the second one is told so.
            let file = try largeFile(folder, count: 30_000)
            let first = try attune.start(["import", "--store", store.path, file.path])
            defer {
                first.process.terminate()
                first.process.waitUntilExit()
                _ = try? first.result()
            }
            // The lock names its holder, so the second cannot come before the first.
            let holder = Array("\(first.process.processIdentifier)".utf8)
            let lock = URL(fileURLWithPath: store.path + "-lock")
            for _ in 0..<5_000 where (try? Data(contentsOf: lock))?.starts(with: holder) != true { Thread.sleep(forTimeInterval: 0.002) }
            let result = try attune("import", "--store", store.path, "-", input: Array("{\"text\":\"ho\"}\n".utf8))
            #expect(result.status == 1 && result.errorLines.count == 1 && result.error.contains("s.sqlite"), "\(result.error)")
        }
    }
}
