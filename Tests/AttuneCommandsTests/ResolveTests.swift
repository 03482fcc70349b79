import Foundation
import Testing

@Suite struct ResolveTests {
    private let attune = Attune()

    private let table = """
        id,first_name,surname,dob,city,email
        1,Robert,Allen,1971-06-24,London,roberta25@smith.net
        2,Rob,Allen,1971-06-24,,roberta25@smith.net
        3,"Grace, Ann",Kelly,1997-04-26,Hull,grace.kelly52@jones.com

        """

    private func customers(_ csv: String) -> [String: String] {
        Dictionary(
            csv.split(separator: "\n").dropFirst().map { line in
                let cells = line.split(separator: ",")
                return (String(cells[0]), String(cells[cells.count - 1]))
            }, uniquingKeysWith: { first, _ in first })
    }

    @Test func aTableGivesEveryRecordItsCustomer() throws {
        let result = try attune("resolve", "-", "--output", "-", input: Array(table.utf8))
        #expect(result.status == 0, "\(result.error)")
        #expect(result.lines.first == "record,customer" && result.lines.count == 4)
        #expect(result.error.contains("first_name=givenName"))
        #expect(customers(result.output).values.allSatisfy { $0.hasPrefix("cus_") })
    }

    @Test func messagesAreJoinedByTheirIdentifiers() throws {
        let lines = """
            {"id": 1, "t": 0.1, "ids": {"email": "Ann@web.de"}, "name": "Ann Lee"}
            {"id": 2, "t": 0.2, "ids": {"email": "ann+x@web.de", "wa": "4711"}, "name": "A. Lee"}
            not json
            {"id": 3, "t": 0.3, "ids": {"wa": "wa:4711"}}
            {"id": 4, "t": 0.4, "ids": {}, "name": "Robert Xu"}

            """
        let result = try attune("resolve", "-", "--output", "-", input: Array(lines.utf8))
        #expect(result.status == 0)
        #expect(result.error.contains("standard input:3: not valid JSON"))
        let found = customers(result.output)
        #expect(found.count == 4 && found["1"] == found["2"] && found["2"] == found["3"] && found["4"] != found["1"])
        let strict = try attune("resolve", "-", "--output", "-", "--strict", input: Array(lines.utf8))
        #expect(strict.status == 1 && strict.errorLines.count == 1)
    }

    @Test func theModelIsToldWhenAskedFor() throws {
        let report = try attune("resolve", "-", "--output", "-", "--model-report", input: Array(table.utf8))
        #expect(report.status == 0 && report.error.contains("surname\tequal\t") && report.error.contains("even"))
        let lines =
            #"{"id": 1, "ids": {"email": "a.lee@web.de"}, "name": "Ann Lee", "city": "Hull"}"# + "\n"
            + #"{"id": 2, "ids": {"phone": "+4915112345678"}, "name": "Rob Xu", "city": "Ulm"}"#
        let messages = try attune("resolve", "-", "--output", "-", "--model-report", "--lookups", input: Array(lines.utf8))
        #expect(messages.status == 0 && messages.error.contains("given name\tequal\t") && messages.error.contains("\"lookups\":2,\"found\":2"))
    }

    @Test func valuesOfEveryShapeAreIdentifiers() throws {
        // Numbers, lists, escapes and platforms nobody knows.
        let lines = [
            #"{"record_id": "a\u0041", "ids": {"crm": 4711, "shoppe": ["x1", "x2"]}, "displayName": "Ann Lee", "t": "2026-01-02T03:04:05Z"}"#,
            #"{"id": "b", "identifiers": [{"kind": "userID", "value": "4711"}], "name": "Ann Lee"}"#,
            #"{"id": "c", "ids": {"shoppe": "shoppe:x2"}, "t": 7}"#, #"{"id": "d", "ids": {"shoppe": null, "email": {"x": 1}}}"#,
        ]
        let result = try attune("resolve", "-", "--output", "-", input: Array(lines.joined(separator: "\n").utf8))
        let found = customers(result.output)
        #expect(result.status == 0 && found.count == 4, "\(result.error)")
        #expect(found["aA"] == found["b"] && found["c"] == found["b"] && found["d"] != found["b"])
    }

    @Test func mistakesOfTheConfigurationAreNamed() throws {
        try Temporary.with { folder in
            let config = folder.appendingPathComponent("c.json")
            for (text, mention) in [
                (#"{"columns": {"nowhere": "surname"}}"#, "nowhere"), (#"{"columns": {"city": "town hall"}}"#, "columns.city"),
                (#"{"x": 1}"#, "\"x\""),
                (#"{"region": "Germany"}"#, "region"), ("[", "JSON"),
            ] {
                try Data(text.utf8).write(to: config)
                let result = try attune("resolve", "-", "--output", "-", "--config", config.path, input: Array(table.utf8))
                #expect(result.status == 2 && result.errorLines.count == 1 && result.error.contains(mention), "\(text): \(result.error)")
            }
        }
        #expect(try attune("resolve", "-", "--output", "-").status == 1)
        #expect(try attune("resolve", "-").status == 2)
    }
}
