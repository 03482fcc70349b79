import AttuneCore
import Foundation
import Testing

/// Customers on the command line: why, merge, split, history, simulate, erase.
@Suite struct CustomerCommandTests {
    private let attune = Attune()

    private static let records = """
        {"id":"1","text":"Where is my parcel?","sentAt":"2026-01-01T10:00:00Z","displayName":"Ann Lee","identifiers":[{"kind":"email","value":"ann@mail.example","verified":true}]}
        {"id":"2","text":"It came, thank you","sentAt":"2026-01-02T10:00:00Z","displayName":"A. Lee","identifiers":[{"kind":"email","value":"ANN+x@mail.example","verified":true},{"kind":"phone","value":"+447700900123","verified":true}]}
        {"id":"3","text":"Another one, please","sentAt":"2026-01-03T10:00:00Z","identifiers":[{"kind":"phone","value":"+44 7700 900123","verified":true}]}
        {"id":"4","text":"I want my money back","sentAt":"2026-01-04T10:00:00Z","displayName":"Robert Xu","identifiers":[{"kind":"cookie","value":"ck9","verified":true}]}

        """

    private func withStore(_ body: (_ store: String, _ call: (String...) throws -> Attune.Result) throws -> Void) throws {
        try Temporary.with { folder in
            let (file, store) = (folder.appendingPathComponent("m.jsonl"), folder.appendingPathComponent("s.sqlite").path)
            try Data(Self.records.utf8).write(to: file)
            let imported = try attune("import", file.path, "--store", store)
            #expect(imported.status == 0, "\(imported.error)")
            try body(store) { (arguments: String...) in try attune.run(arguments + ["--store", store]) }
        }
    }

    private func json(_ result: Attune.Result) throws -> JSONValue {
        #expect(result.status == 0, "\(result.error)")
        return try JSONParser.parse(Array(result.output.utf8))
    }

    private func id(_ reference: String, _ call: (String...) throws -> Attune.Result) throws -> String {
        try json(try call("customer", "show", reference, "--output", "json"))["customer"]?[0]?["id"]?.string ?? ""
    }

    @Test func whyNamesTheWayFromOneToTheOther() throws {
        try withStore { _, call in
            let why = try json(try call("customer", "why", "ann@mail.example", "+44 7700 900123", "--output", "json"))
            #expect(why["verdict"]?[0]?["one customer"]?.bool == true)
            let steps = why["steps"]?.items ?? []
            #expect(!steps.isEmpty && steps.allSatisfy { $0["rule"]?.string?.isEmpty == false })
            let other = try json(try call("customer", "why", "ann@mail.example", "ck9", "--output", "json"))
            #expect(other["verdict"]?[0]?["one customer"]?.bool == false)
            let weights = other["weights"]?.items ?? []
            let sum = weights.first { $0["attribute"]?.string == "sum" }?["bits"]?.double
            let score = weights.first { $0["attribute"]?.string == "score" }?["bits"]?.double
            #expect(!weights.isEmpty && sum == score)
        }
    }

    @Test func decisionsAreFollowedAndTakenBack() throws {
        try withStore { _, call in
            let (ann, robert) = (try id("ann@mail.example", call), try id("ck9", call))
            #expect(ann != robert)
            #expect(
                try json(try call("customer", "merge", "ann@mail.example", "ck9", "--output", "json"))["changes"]?[0]?["change"]?.string == "merged")
            #expect(try id("ck9", call) == ann)
            #expect(try id(robert, call) == ann)
            let history = try json(try call("customer", "history", robert, "--output", "json"))["history"]?.items.compactMap { $0["change"]?.string }
            #expect(history == ["created", "decided together", "merged"])
            _ = try json(try call("customer", "merge", "ann@mail.example", "ck9", "--undo", "--output", "json"))
            #expect(try id("ck9", call) == robert)
            let again = try call("customer", "merge", "ann@mail.example", "ck9", "--undo")
            #expect(again.status == 1 && again.errorLines.count == 1 && again.error.contains("nothing of the kind"), "\(again.error)")
            _ = try json(try call("customer", "split", "ann@mail.example", "+447700900123", "--output", "json"))
        }
    }

    @Test func otherRulesAreTriedWithoutChangingAnything() throws {
        try withStore { store, call in
            let rules = URL(fileURLWithPath: store).deletingLastPathComponent().appendingPathComponent("rules.json")
            try Data(#"{"rules":[{"kind":"email","limit":3,"window":"annually"},{"kind":"cookie"}]}"#.utf8).write(to: rules)
            let before = try id("ann@mail.example", call)
            let answer = try json(try call("customer", "simulate", rules.path, "--output", "json"))
            #expect(answer["changes"]?.items.contains { $0["change"]?.string == "split" } == true)
            #expect(try id("ann@mail.example", call) == before)
            // What is blocked joins nobody in the past either.
            try Data(#"{"blocked": {"phone": ["+44 7700 900123"]}}"#.utf8).write(to: rules)
            let blocked = try json(try call("customer", "simulate", rules.path, "--output", "json"))
            #expect(blocked["changes"]?.items.map { $0["messages"]?.items.compactMap(\.integer) ?? [] } == [[2, 1]], "\(blocked)")
            for (bad, word) in [(#"{"rules":[{"limit":3}]}"#, "rules[0]"), (#"{"rule":[]}"#, "\"rule\""), ("[", "JSON")] {
                try Data(bad.utf8).write(to: rules)
                let result = try call("customer", "simulate", rules.path)
                #expect(result.status == 2 && result.errorLines.count == 1 && result.error.contains(word), "\(result.error)")
            }
        }
    }

    @Test func whoIsErasedIsGone() throws {
        try withStore { store, call in
            let result = try call("privacy", "erase", "ann@mail.example")
            #expect(result.status == 0 && result.error.contains("3 messages erased"), "\(result.error)")
            let unknown = try call("customer", "show", "ann@mail.example")
            #expect(unknown.status == 1 && unknown.error.contains("no customer"), "\(unknown.error)")
            for suffix in ["", "-wal"] {
                let bytes = FileManager.default.contents(atPath: store + suffix) ?? Data()
                for secret in ["ann@mail.example", "parcel", "447700900123", "Ann Lee"] {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
                }
            }
            #expect(try call("privacy", "erase").status == 2)
        }
    }
}
