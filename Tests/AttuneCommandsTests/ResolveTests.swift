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

    /// The output may be the input: nothing is overwritten before all was read and written.
    @Test func whatStandsInPlaceOfTheOutputStaysUntilItIsWritten() throws {
        try Temporary.with { folder in
            let file = folder.appendingPathComponent("x.csv")
            try Data(table.utf8).write(to: file)
            let result = try attune("resolve", file.path, "--output", file.path)
            #expect(result.status == 0, "\(result.error)")
            #expect(customers(try String(contentsOf: file, encoding: .utf8)).count == 3)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.csv"])
            let bad = try attune("resolve", "-", "--output", folder.appendingPathComponent("no/x.csv").path, input: Array(table.utf8))
            #expect(bad.status == 1 && bad.error.contains("check that its folder exists"))
        }
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
        // One of many is a bad record.
        let many = (1...20).map { #"{"id": \#($0), "ids": {"email": "a\#($0 / 2)@web.de"}}"# } + [lines, #"{"id": 99, "text": "hello"}"#]
        let rest = try attune("resolve", "-", "--output", "-", input: Array(many.joined(separator: "\n").utf8))
        #expect(rest.status == 0 && rest.error.contains("the id \"1\"") && rest.error.contains("has no object \"ids\""), "\(rest.error)")
        #expect(rest.lines.count == 21 && customers(rest.output)["2"] == customers(rest.output)["3"])
        let strict = try attune("resolve", "-", "--output", "-", "--strict", input: Array(many.joined(separator: "\n").utf8))
        #expect(strict.status == 1 && strict.errorLines.count == 1)
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
        let family = lines + "\n" + #"{"id": "c", "ids": {"email": "ann@web.de"}, "name": "Rob Lee"}"#
        let two = try attune("resolve", "-", "--output", "-", "--explain", "b", "--explain", "c", input: Array(family.utf8))
        #expect(two.error.contains("b and c are two customers\n  both show the email ann@web.de: several people show it"), "\(two.error)")
        #expect(two.error.contains("given name different: ann | rob"), "\(two.error)")
        #expect(try attune("resolve", "-", "--output", "-", "--explain", "z", input: Array(table.utf8)).status == 2)
    }

    /// What a configuration changes about who is one: each row joins `a` and `b` by the standard rules alone or by its own alone.
    @Test(arguments: [
        (#"{"blocked": {"email": ["info@shop.de"]}}"#, #"{"email": "info@shop.de"}"#, #"{"email": "Info@shop.de"}"#, false),
        (#"{"blocked": ["*@shop.de"]}"#, #"{"email": "info@shop.de"}"#, #"{"email": "info@shop.de"}"#, false),
        (#"{"rules": [{"kind": "phone"}]}"#, #"{"email": "a@shop.de"}"#, #"{"email": "a@shop.de"}"#, false),
        (
            #"{"rules": [{"kind": "loyalty", "unique": true}, {"kind": "email"}], "identifiers": {"card": "loyalty"}}"#,
            #"{"email": "a@shop.de", "card": "1"}"#, #"{"email": "a@shop.de", "card": "2"}"#, false
        ),
        (
            #"{"rules": [{"kind": "userID", "limit": 5}, {"kind": "email"}]}"#, #"{"email": "a@shop.de", "crm": "1"}"#,
            #"{"email": "a@shop.de", "crm": "2"}"#, true
        ),
        (#"{"identifiers": {"mailbox": "email"}}"#, #"{"mailbox": "a@shop.de"}"#, #"{"email": "A@shop.de"}"#, true),
        (#"{"region": "GB"}"#, #"{"phone": "07700 900123"}"#, #"{"phone": "+447700900123"}"#, true),
    ])
    func rulesDecideWhoIsOne(config: String, a: String, b: String, areOne: Bool) throws {
        try Temporary.with { folder in
            let file = folder.appendingPathComponent("c.json")
            try Data(config.utf8).write(to: file)
            let lines = #"{"id": "a", "t": 1, "ids": \#(a)}"# + "\n" + #"{"id": "b", "t": 2, "ids": \#(b)}"#
            let (standard, own) = try (
                attune("resolve", "-", "--output", "-", input: Array(lines.utf8)),
                attune("resolve", "-", "--output", "-", "--config", file.path, input: Array(lines.utf8))
            )
            #expect(own.status == 0, "\(own.error)")
            let (before, after) = (customers(standard.output), customers(own.output))
            #expect((after["a"] == after["b"]) == areOne, "\(own.output)")
            // A number completed out of another one needs no region.
            #expect((before["a"] == before["b"]) != areOne || config.contains("region"))
        }
    }

    /// Of a kind with a window as many as one pleases, only not at once.
    @Test func aLimitHoldsWithinItsWindow() throws {
        try Temporary.with { folder in
            let file = folder.appendingPathComponent("c.json")
            let rows = (0..<4).map { #"{"id": "\#($0)", "t": \#($0 * 40 * 86_400), "ids": {"crm": "7", "email": "m\#($0)@web.de"}}"# }
            for (window, count) in [("weekly", 1), ("annually", 3), ("ever", 3)] {
                try Data(#"{"rules": [{"kind": "userID", "unique": true}, {"kind": "email", "limit": 2, "window": "\#(window)"}]}"#.utf8).write(
                    to: file)
                let result = try attune("resolve", "-", "--output", "-", "--config", file.path, input: Array(rows.joined(separator: "\n").utf8))
                #expect(Set(customers(result.output).values).count == count, "\(window): \(result.output)")
            }
        }
    }

    /// WhatsApp's members hold a number or a user id.
    @Test func numbersOfWhatsAppAreNumbers() throws {
        let lines = [
            #"{"id": 1, "ids": {"wa_id": "447700900123", "whatsapp": "GB.7"}}"#, #"{"id": 2, "ids": {"phone": "+44 7700 900123"}}"#,
            #"{"id": 3, "ids": {"whatsapp": "GB.7"}}"#, #"{"id": 4, "ids": {"whatsapp": "GB.8"}}"#,
        ]
        let found = customers(try attune("resolve", "-", "--output", "-", input: Array(lines.joined(separator: "\n").utf8)).output)
        #expect(found["1"] == found["2"] && found["1"] == found["3"] && found["1"] != found["4"] && found.count == 4)
    }

    @Test(arguments: [
        (
            "Vorname;Nachname;Geburtsdatum;Wohnort;Telefonnummer;E-Mail-Adresse;Kundennr\r\n",
            "Jörg;Müller;03.02.1980;\"München,\r\nBayern\";0171 2345678;jm@gmx.de;"
        ),
        (
            "Prénom,Nom de famille,Date de naissance,Ville,Téléphone,Courriel,Identifiant\n",
            "Jean,\"Du\npont\",1980-03-02,Lyon,04 78 12 34 56,jd@orange.fr,"
        ),
        (
            "nombre\tapellidos\tfecha de nacimiento\tciudad\tteléfono\tcorreo electrónico\tidentificador\n",
            "Juan\tPérez\t02/03/1980\tMadrid\t600 123 456\tjp@correo.es\t"
        ),
    ])
    func tablesOfOtherCountriesAreRead(header: String, row: String) throws {
        let text = "\u{FEFF}" + header + row + "k1\n" + row + "k2\n" + row.map { $0.isLetter ? "x" : $0 } + "k3\n"
        let result = try attune("resolve", "-", "--output", "-", input: Array(text.utf8))
        let found = customers(result.output)
        #expect(result.status == 0 && found.count == 3 && found["k1"] == found["k2"] && found["k1"] != nil, "\(result.error)\(result.output)")
        for role in ["givenName", "surname", "birthDate", "town", "phone", "email", "id"] {
            #expect(result.error.contains("=\(role)"), "\(result.error)")
        }
    }

    @Test func mistakesOfTheConfigurationAreNamed() throws {
        try Temporary.with { folder in
            let config = folder.appendingPathComponent("c.json")
            for (text, mention) in [
                (#"{"columns": {"nowhere": "surname"}}"#, "nowhere"), (#"{"columns": {"city": "town hall"}}"#, "columns.city"),
                (#"{"x": 1}"#, "\"x\""),
                (#"{"region": "Germany"}"#, "region"), ("[", "JSON"), ("[]", "must be an object"), (#"{"columns": 5}"#, "columns"),
                (#"{"identifiers": {"crm": 1}}"#, "identifiers.crm"), (#"{"rules": {}}"#, "rules"), (#"{"rules": [{"limit": 1}]}"#, "rules[0]"),
                (#"{"rules": [{"kind": "email", "window": "daily"}]}"#, "rules[0].window"),
                (#"{"rules": [{"kind": "email", "unique": true, "limit": 3}]}"#, "rules[0].unique"),
                (#"{"rules": [{"kind": "email"}, {"kind": "email"}]}"#, "rules[1]"), (#"{"blocked": "x"}"#, "blocked"),
                (#"{"blocked": {"email": ["*"]}}"#, "blocked.email"), (#"{"genericThreshold": 0}"#, "genericThreshold"),
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
