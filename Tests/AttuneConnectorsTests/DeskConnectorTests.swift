import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

/// What holds for all support systems.
@Suite struct DeskConnectorTests {
    static let systems = [
        "zendesk", "sunshine", "intercom", "freshdesk", "helpscout", "chatwoot", "front", "salesforce", "slack", "twilio",
    ]
    static let fixtures = Files.fixtures.filter { systems.contains($0.connector) }.map { [$0.connector, $0.file, $0.configuration] }

    @Test func everySystemHasAFixture() { #expect(Set(Self.fixtures.map { $0[0] }) == Set(Self.systems)) }

    @Test(arguments: fixtures)
    func piecesAndRepetitionsGiveTheSame(fixture: [String]) throws {
        let bytes = try Files.fixture(fixture[1])
        let whole = try decode(fixture[0], bytes, fixture[2])
        for size in [1, 7, 4_096] { #expect(try decode(fixture[0], bytes, fixture[2], pieces: size) == whole, "pieces of \(size)") }
        #expect(try decode(fixture[0], bytes, fixture[2]) == whole)
        let ids = whole.compactMap { if case .message(let message) = $0 { message.id } else { nil } }
        #expect(Set(ids).count == ids.count)
    }

    @Test(arguments: fixtures)
    func onlyItsOwnConnectorIsCertain(fixture: [String]) throws {
        let bytes = try Files.fixture(fixture[1])
        for name in [fixture[1], nil] {
            for connector in ConnectorRegistry.standard.connectors {
                let certainty = connector.recognise(head: bytes[...], fileName: name)?.certainty
                #expect((certainty == .certain) == (connector.name == fixture[0]), "\(connector.name)")
            }
        }
    }

    /// Records of users that have some of the names, but not the form.
    @Test(arguments: [
        #"{"id":1,"text":"a","ticket_id":4,"author_id":5,"public":true}"#, #"[{"type":"message","text":"a","user":"x","time":"2026-02-03"}]"#,
        #"{"event":"message","account":"a","text":"b"}"#, #"{"type":"conversation","text":"a","source":"chat"}"#,
        #"{"conversations":[{"text":"a","private":true}]}"#, #"{"payload":{"conversation_parts":[]},"text":"a"}"#,
        #"{"records":[{"text":"a","type":"Case"}]}"#, #"{"app":"x","events":[]}"#, #"[{"id":"a","members":3,"created":"2026-02-03"}]"#,
        #"{"_embedded":{"threads":1},"text":"x"}"#, "a=b&c=d", "AccountSid=1&Body=hello there",
    ])
    func recordsOfOthersAreNotTaken(text: String) throws {
        for connector in ConnectorRegistry.standard.connectors where Self.systems.contains(connector.name) {
            #expect(connector.recognise(head: Array(text.utf8)[...], fileName: "a.json") == nil, "\(connector.name)")
        }
    }

    /// An export without its earlier records gives the later ones their old ids.
    @Test(arguments: ["zendesk.json", "intercom.json", "chatwoot.json", "front.json", "twilio.txt"])
    func aTrimmedExportKeepsItsIds(file: String) throws {
        let connector = try #require(Files.fixtures.first { $0.file == file }).connector
        let lines = try String(decoding: Files.fixture(file), as: UTF8.self).split(separator: "\n")
        let all = messages(try decode(connector, lines.joined(separator: "\n"))).map(\.id)
        let later = messages(try decode(connector, lines.dropFirst().joined(separator: "\n"))).map(\.id)
        #expect(!later.isEmpty && all.suffix(later.count) == later[...])
    }

    @Test(arguments: systems)
    func agentsBotsAndNotesFeedNoState(system: String) throws {
        let fixture = try #require(Self.fixtures.first { $0[0] == system })
        for message in messages(try decode(system, Files.fixture(fixture[1]), fixture[2])) where message.feedsState {
            #expect(message.author.role == .customer && message.visibility == .public)
            #expect(!["angry", "Angry customer", "Customer is angry", "On Friday", "We look"].contains(message.text))
        }
    }

    @Test(arguments: systems)
    func damagedItemsAreRejectedAndUnknownObjectsToo(system: String) throws {
        if system == "twilio" { return #expect(outline(try decode(system, "a=b\n{}")) == ["rejected:1", "rejected:2"]) }
        for body in ["[3]", "[null]", "{\"x\":1}", "[\"a\"]"] {
            let found = outline(try decode(system, body))
            #expect(found == ["rejected:1"], "\(body)")
        }
        #expect(outline(try decode(system, "{\"a\":")) == ["rejected:1"])
    }

    /// The configuration's words come before everything that the payload says about source and channel.
    @Test(arguments: fixtures)
    func sourceAndChannelCanBeSet(fixture: [String]) throws {
        let read = messages(try decode(fixture[0], Files.fixture(fixture[1]), #"{"source":"desk","channel":"chat"}"#))
        #expect(!read.isEmpty && read.allSatisfy { $0.source == "desk" && $0.id.hasPrefix("desk:") && $0.channel == .chat })
    }

    /// What a mail quotes was written before, perhaps by others; a text that is nothing but a quotation stays.
    @Test(arguments: [
        ("salesforce", #"{"Id":"02s1","Incoming":true,"TextBody":"@"}"#),
        ("front", #"{"id":"msg_1","is_inbound":true,"type":"email","text":"@"}"#),
        ("helpscout", #"{"id":1,"type":"customer","text":"@","body":null,"createdBy":{"type":"customer"}}"#),
        ("freshdesk", #"{"id":1,"incoming":true,"body_text":"@"}"#),
        ("zendesk", #"{"id":1,"author_id":7,"plain_body":"@","public":true,"via":{"channel":"email"}}"#),
        ("chatwoot", #"{"id":1,"message_type":0,"content_type":"incoming_email","content":"@"}"#),
    ])
    func mailsAreReadWithoutWhatTheyQuote(system: String, body: String) throws {
        let mail = #"Still late\r\n\r\nOn Tue, Feb 3, 2026 at 9:14 AM Ana <a@shop.example> wrote:\r\n> terrible news"#
        for (text, shown) in [(mail, "Still late"), ("> terrible news", "> terrible news")] {
            #expect(messages(try decode(system, body.replacing("@", with: text))).map(\.text) == [shown])
        }
    }

    /// Real files of other people, where they are at hand beside the checkout.
    @Test func sharedFixturesAreRead() throws {
        let folder = Files.root.deletingLastPathComponent().appendingPathComponent("shared/fixtures")
        for (name, connector) in [("zendesk", "zendesk"), ("intercom", "intercom"), ("freshdesk", "freshdesk"), ("slack-export", "slack")] {
            let files = FileManager.default.enumerator(at: folder.appendingPathComponent(name), includingPropertiesForKeys: nil)
            for case let url as URL in files ?? FileManager.DirectoryEnumerator() where url.pathExtension == "json" {
                let bytes = try Files.bytes(url)
                let found = try ConnectorRegistry.standard.recognise(head: bytes[...], fileName: url.path).connector.name
                #expect(found == connector, "\(url.lastPathComponent)")
                let operations = try decode(connector, bytes, fileName: url.path)
                #expect(!operations.isEmpty && !outline(operations).contains { $0.hasPrefix("rejected") }, "\(url.lastPathComponent)")
            }
        }
    }
}
