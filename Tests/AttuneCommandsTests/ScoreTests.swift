import AttuneCore
import Foundation
import Testing

@Suite struct ScoreTests {
    private let attune = Attune()

    @Test func everyLineGetsItsResultInOrder() throws {
        let texts = (0..<5_000).map { $0 % 7 == 0 ? "" : $0 % 2 == 0 ? "I love it" : "Terrible service" }
        let result = try attune("score", "--format", "text", input: Array(texts.joined(separator: "\n").utf8))
        #expect(result.status == 0, "\(result.error)")
        #expect(result.lines.count == texts.count)
        for (i, line) in result.lines.enumerated() {
            let record = try JSONParser.parse(Array(line.utf8))
            #expect(record["line"]?.integer == Int64(i + 1))
            let label = record.at("sentiment", "label")?.string
            if texts[i].hasPrefix("I love") { #expect(label == "positive", "\(i)") }
            if texts[i].hasPrefix("Terrible") { #expect(label == "negative", "\(i)") }
            if texts[i].isEmpty { #expect(record.at("skipped", "reason")?.string == "empty") }
        }
    }

    @Test func coresDoNotChangeABit() throws {
        let text = (0..<40_000).map { "message \($0): the delivery was late and I am not happy 😡, but the café crew helped" }.joined(separator: "\n")
        let input = Array(text.utf8)
        let one = try attune("score", "--format", "text", "--jobs", "1", input: input)
        let two = try attune("score", "--format", "text", "--jobs", "2", input: input)
        #expect(one.status == 0)
        #expect(one.output == two.output)
        #expect(one.lines.count == 40_000)
    }

    @Test func idsAndFieldsComeBack() throws {
        let rows = """
            {"id":"a-1","text":"Great service!","role":"customer","conversationID":"c","sentAt":"2026-01-01T00:00:00Z","rating":5,"other":1}
            {"id":9007199254740993,"text":"Where is my order?"}

            {"id":"agent","text":"We are sorry to hear that","role":"agent"}
            """
        let result = try attune("score", "--format", "jsonl", input: Array(rows.utf8))
        #expect(result.status == 0)
        let records = try result.lines.map { try JSONParser.parse(Array($0.utf8)) }
        #expect(records.count == 3)
        #expect(records[0]["id"]?.string == "a-1" && records[0]["conversationID"]?.string == "c" && records[0]["rating"]?.integer == 5)
        #expect(records[0]["other"] == nil)
        #expect(records[1]["id"] == .number("9007199254740993"))
        #expect(records[2].at("skipped", "reason")?.string == "role-agent")
        #expect(records[2]["sentiment"] == nil)
        let allowed = try attune("score", "--agents", input: Array(rows.utf8))
        #expect(try JSONParser.parse(Array(allowed.lines[2].utf8))["sentiment"] != nil)
    }

    /// A language that is written otherwise than BCP 47 has it counts as the same, and one that names none is found out.
    @Test(
        arguments: [
            ("EN-GB", "en", "en-GB"), ("English", "en", "en"), ("eng", "en", "en"), ("en_US.UTF-8", "en", "en-US"), ("und", nil, "en"),
            ("", nil, "en"),
            ("auto", nil, "en"), ("N\\/A", nil, "en"),
        ] as [(String, String?, String)])
    func languagesInOtherWords(written: String, same: String?, told: String) throws {
        func score(_ language: String?) throws -> JSONValue {
            let member = language.map { ",\"language\":\"\($0)\"" } ?? ""
            let input = "{\"text\":\"No complaints, great service from all of them\"\(member)}\n"
            return try JSONParser.parse(Array(try attune("score", "--format", "jsonl", input: Array(input.utf8)).lines[0].utf8))
        }
        let (read, expected) = (try score(written), try score(same))
        #expect(read["sentiment"] == expected["sentiment"] && read["intents"] == expected["intents"] && read["language"]?.string == told)
    }

    /// Agents and bots by any of the names that systems give them, and by the configuration.
    @Test(arguments: ["Agent", "AGENT", " agent ", "support", "admin", "assistant", "BOT", "System", "\\u0041gent"])
    func whoIsNoCustomerIsNotScored(role: String) throws {
        let result = try attune("score", "--format", "jsonl", input: Array("{\"text\":\"awful\",\"role\":\"\(role)\"}\n".utf8))
        let record = try JSONParser.parse(Array(result.lines[0].utf8))
        #expect(record["sentiment"] == nil && record.at("skipped", "reason")?.string?.hasPrefix("role-") == true)
    }

    /// Scoring knows whoever decoding knows, in any words: the same lines, read by both.
    @Test func whoWroteARecordIsToldInManyWays() throws {
        let members = [
            #""is_agent":true"#, #""direction":"outbound""#, #""sender_type":"Agent""#, #""author":{"role":"agent"}"#, #""author_role":"agent""#,
            #""participant_role":"AGENT""#, #""incoming":false"#, #""private":true"#, #""visibility":"private","role":"customer""#, #""fromMe":true"#,
            #""author":"Priya""#, #""direction":"inbound""#, #""is_agent":false"#, #""is_agent":null"#, #""visibility":"public""#, #""note":"x""#,
            #""author":{"name":"Priya"}"#, #""type":"message""#, #""type":"Internal note""#, #""type":"reply""#, #""internal_note":"yes""#,
        ]
        let lines = members.enumerated().map { #"{"id":"\#($0)","text":"awful service",\#($1)}"# }.joined(separator: "\n") + "\n"
        let scored = try attune("score", "--format", "jsonl", input: Array(lines.utf8)).lines.map { try JSONParser.parse(Array($0.utf8)) }
        let decoded = try attune("decode", "--connector", "jsonl", "-", input: Array(lines.utf8)).lines.map { try JSONParser.parse(Array($0.utf8)) }
        try #require(scored.count == members.count && decoded.count == members.count)
        for (member, (score, operation)) in zip(members, zip(scored, decoded)) {
            let feedsState = operation["role"]?.string == "customer" && operation["visibility"]?.string != "private"
            #expect((score["sentiment"] != nil) == feedsState, "\(member)")
        }
        #expect(scored.count { $0["sentiment"] == nil } == 12)
        #expect(scored[8].at("skipped", "reason")?.string == "private")
        // A note is nobody's message, whoever wrote it.
        let all = try attune("score", "--agents", input: Array(lines.utf8)).lines.map { try JSONParser.parse(Array($0.utf8)) }
        #expect(all.filter { $0["sentiment"] == nil }.map { $0.at("skipped", "reason")?.string } == Array(repeating: "private", count: 4))
        let array = "[" + lines.split(separator: "\n").joined(separator: ",") + "]"
        #expect(try attune("score", "--agents", input: Array(array.utf8)).lines.count { $0.contains("\"private\"") } == 4)
    }

    /// A text by any of the names that decoding knows; `text` comes before them.
    @Test(arguments: [
        #"{"id":"1","body":"I love it"}"#, #"{"id":"1","message":"I love it","sent_at":"2026-01-01T00:00:00Z"}"#,
        #"{"id":"1","Content":"I love it"}"#,
        #"{"id":"1","comment":"I love it","text":null}"#, #"{"message_id":"1","review":"I love it"}"#,
        #"{"id":"1","text":"I love it","body":"awful"}"#,
        #"[{"id":"1","body":"I love it"}]"#,
    ])
    func textsByOtherNames(record: String) throws {
        // Behind a plain one, so that each is a line of records.
        let lines = #"{"id":"0","text":"awful service"}"# + "\n\(record)\n" + #"{"id":"2","body":"awful"}"# + "\n"
        let result = try attune("score", "--format", "jsonl", input: Array(lines.utf8))
        let records = try result.lines.map { try JSONParser.parse(Array($0.utf8)) }
        #expect(records.map { $0["id"]?.string } == ["0", "1", "2"], "\(result.error)")
        #expect(records.map { $0.at("sentiment", "label")?.string } == ["negative", "positive", "negative"])
    }

    @Test func aRoleThatNobodyKnowsIsNotTakenForACustomer() throws {
        let result = try attune("score", "--format", "jsonl", input: Array(#"{"text":"awful","role":"zzz"}"#.utf8))
        #expect(result.lines.isEmpty && result.error.contains(":1: "), "\(result.error)")
    }

    /// The same input gives the same bytes whenever it is read: no time of arrival in the results.
    @Test func recordsWithoutATimeHaveNone() throws {
        let result = try attune("score", input: Array(#"[{"id":"1","text":"ok"},{"id":"2","text":"ok","sentAt":"2026-01-01T00:00:00Z"}]"#.utf8))
        let records = try result.lines.map { try JSONParser.parse(Array($0.utf8)) }
        #expect(records.count == 2 && records[0]["sentAt"] == nil && records[1]["sentAt"]?.string == "2026-01-01T00:00:00Z")
    }

    /// Of what the user calls text a NUL byte costs no more than itself.
    @Test(arguments: [("text", "a\0b\nfine\n", 2), ("jsonl", "{\"text\":\"fine\"}\n{\"text\":\"a\0\"}\n{\"text\":\"good\"}\n", 2)])
    func nulBytes(format: String, text: String, results: Int) throws {
        let result = try attune("score", "--format", format, input: Array(text.utf8))
        #expect(result.status == 0 && result.lines.count == results, "\(result.error)")
    }

    @Test(arguments: ["csv", "table"])
    func receiptsNeedTheirOutput(output: String) throws {
        let result = try attune("score", "--explain", "--output", output, input: Array("fine\n".utf8))
        #expect(result.status == 2 && result.error.contains("--output jsonl"))
    }

    /// The largest contributions of a long text are told, the others as one: they still sum to the score.
    @Test func receiptsOfLongTextsAreShort() throws {
        let text = (0..<4_000).map { "this is bad \($0)." }.joined(separator: " ")
        let result = try attune("score", "--format", "text", "--explain", input: Array(text.utf8))
        let accounts = try #require(try JSONParser.parse(Array(result.lines[0].utf8))["receipt"]).items
        for account in accounts {
            let parts = account["contributions"]?.items ?? []
            #expect(parts.count <= 2_000 && parts.reduce(0) { $0 + Self.millionths($1["value"]) } == Self.millionths(account["score"]))
        }
        #expect(accounts.contains { $0["contributions"]?.items.last?["source"]?.string == "rest" })
    }

    @Test func badRecordsAreToldAndSkipped() throws {
        let rows = "{\"text\":\"fine\"}\n{\"text\":\n{\"id\":\"no text\"}\n{\"text\":\"good\"}\n"
        let result = try attune("score", "--format", "jsonl", input: Array(rows.utf8))
        #expect(result.status == 0)
        #expect(result.lines.count == 2)
        #expect(result.errorLines.count == 3)
        #expect(
            result.error.contains("standard input:2: not valid JSON") && result.error.contains("standard input:3: the record has no text"))
        let strict = try attune("score", "--format", "jsonl", "--strict", input: Array(rows.utf8))
        // Nothing behind the first bad record, however the input is cut into blocks.
        #expect(strict.status == 1 && strict.lines.count == 1 && strict.errorLines.count == 1)
    }

    @Test func receiptsSumToTheScoreInTheOutput() throws {
        let texts = ["No complaints at all, lovely people!", "NOT happy :( never again", "el servicio fue pésimo", "", "ok", "यह बहुत अच्छा है"]
        let result = try attune("score", "--format", "text", "--explain", input: Array(texts.joined(separator: "\n").utf8))
        #expect(result.lines.count == texts.count)
        for line in result.lines {
            let record = try JSONParser.parse(Array(line.utf8))
            let accounts = try #require(record["receipt"]).items
            for account in accounts {
                let sum = account["contributions"]?.items.reduce(0) { $0 + Self.millionths($1["value"]) }
                #expect(sum == Self.millionths(account["score"]), "\(account["head"]?.string ?? "")")
            }
            let valence = accounts.first { $0["head"]?.string == "sentiment.valence" }
            #expect(Self.millionths(valence?["score"]) == Self.millionths(record.at("sentiment", "valence")))
        }
    }

    private static func millionths(_ value: JSONValue?) -> Int64 { Int64(((value?.double ?? .nan) * 1e6).rounded()) }

    @Test func csvAndTableHaveALineARecord() throws {
        let input = Array("=cmd|' /C calc'!A0\nI love it\n".utf8)
        let csv = try attune("score", "--format", "text", "--output", "csv", input: input)
        #expect(csv.lines.count == 3 && csv.lines[0].hasPrefix("id,language,label,valence"))
        let table = try attune("score", "--format", "text", "--output", "table", input: input)
        #expect(table.lines.count == 3 && table.lines[2].contains("positive"))
        #expect(!table.output.contains("\u{1B}"))
    }

    @Test func otherFormatsGoThroughTheirConnector() throws {
        let csv = "id,review,stars\n7,\"Lovely, truly\",5\n8,\"Broken on arrival, terrible\",1\n"
        let result = try attune("score", input: Array(csv.utf8))
        #expect(result.status == 0, "\(result.error)")
        let records = try result.lines.map { try JSONParser.parse(Array($0.utf8)) }
        #expect(records.map { $0.at("sentiment", "label")?.string } == ["positive", "negative"])
        #expect(records.map { $0["id"]?.string } == ["7", "8"])
    }

    @Test func explainShowsTheSumOfItsParts() throws {
        let result = try attune("explain", "no complaints, very happy with the café")
        #expect(result.status == 0)
        #expect(result.lines.first?.hasPrefix("positive") == true)
        #expect(result.output.contains("sentiment.valence = +"))
        let piped = try attune("explain", "-", input: Array("this is terrible".utf8))
        #expect(piped.lines.first?.hasPrefix("negative") == true)
    }
}
