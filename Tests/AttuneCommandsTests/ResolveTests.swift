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

    @Test func objectsWithinObjectsAreColumnsAndAnArrayIsRead() throws {
        let records = [
            #"{"id": 1, "name": "Ann Lee", "contact": {"email": "ann.lee7@web.de", "tags": ["a", "b"]}, "address": {"city": "Hull"}}"#,
            #"{"id": 2, "name": "Lee, Ann", "contact": {"email": "ann.lee7@web.de"}, "address": {"city": "Hull"}}"#,
            #"{"id": 3, "name": "Rob Xu", "contact": {"email": "rob@gmx.net"}}"#,
        ]
        let texts = [records.joined(separator: "\n"), "[" + records.joined(separator: ",\n") + "]"]
        for text in texts {
            let result = try attune("resolve", "-", "--output", "-", input: Array(text.utf8))
            let found = customers(result.output)
            #expect(result.status == 0 && result.error.contains("contact.email=email"), "\(result.error)")
            #expect(found.count == 3 && found["1"] == found["2"] && found["3"] != found["1"], "\(result.output)")
        }
        let broken = try attune("resolve", "-", "--output", "-", input: Array("[{\"id\": 1}, ".utf8))
        #expect(broken.status == 1 && broken.errorLines.count == 1 && broken.error.contains("not valid JSON"))
    }

    @Test func idsThatRepeatAreNotAnsweredAsOne() throws {
        let lines = #"{"id": 1, "ids": {"email": "a@web.de"}}"# + "\n" + #"{"id": 1, "ids": {"email": "b@web.de"}}"#
        let messages = try attune("resolve", "-", "--output", "-", input: Array(lines.utf8))
        #expect(messages.status == 1 && messages.errorLines.count == 1 && messages.error.contains("the id \"1\""))
        let rows = "id,name\n1,Ann Lee\n1,Rob Xu\n"
        let table = try attune("resolve", "-", "--output", "-", input: Array(rows.utf8))
        #expect(table.status == 0 && table.error.contains("numbered from 1 on") && table.lines.count == 3)
        #expect(customers(table.output).count == 2)
    }

    @Test func linksAreExplained() throws {
        let told = try attune("resolve", "-", "--output", "-", "--explain", "1", input: Array(table.utf8))
        #expect(told.status == 0 && told.error.contains("1 is one customer with 1 other record"), "\(told.error)")
        #expect(told.error.contains("email equal: roberta25@smith.net") && told.error.contains("bits: one person with probability"))
        let apart = try attune("resolve", "-", "--output", "-", "--explain", "1", "--explain", "3", input: Array(table.utf8))
        #expect(apart.error.contains("1 and 3 are two customers"), "\(apart.error)")
        let lines = #"{"id": "a", "ids": {"email": "ann@web.de"}}"# + "\n" + #"{"id": "b", "ids": {"email": "Ann@web.de"}, "name": "Ann Lee"}"#
        let messages = try attune("resolve", "-", "--output", "-", "--explain", "a", "--explain", "b", input: Array(lines.utf8))
        #expect(messages.error.contains("a – b: both show the email ann@web.de"), "\(messages.error)")
        #expect(try attune("resolve", "-", "--output", "-", "--explain", "z", input: Array(table.utf8)).status == 2)
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
