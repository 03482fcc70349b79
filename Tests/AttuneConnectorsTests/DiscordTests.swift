import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct DiscordTests {
    @Test func readsAChannel() throws {
        let operations = try decode("discord-export", Files.fixture("discord.json"), #"{"agentRoleNames":["support"]}"#)
        #expect(
            outline(operations) == [
                "message", "message", "message", "ignored:system", "attachment", "ignored:forwarded", "ignored:empty", "rejected:9",
            ])
        let read = messages(operations)
        #expect(
            read[0]
                == Message(
                    id: "discord-export:900:1200000000000000001", nativeID: "1200000000000000001", channel: .chat, source: "discord-export:900",
                    conversationID: "901",
                    author: Author(
                        role: .customer, displayName: "Priya",
                        identifiers: [
                            Identifier(kind: .externalID, value: "discord:77", verified: true),
                            Identifier(kind: .handle, value: "discord:pri", verified: true),
                        ]),
                    sentAt: try #require(RFC3339.parse("2026-02-03T09:14:07.123Z")), text: "My parcel is late again"))
        #expect(read[1].author.role == .agent && read[1].text == "Sorry!" && read[1].edited && read[1].inReplyTo == read[0].id)
        #expect(read[1].author.identifiers.last?.value == "discord:ana#1234" && read[2].author.role == .bot)
        #expect(read[3].attachments == [Attachment(kind: "image", name: "late.PNG"), Attachment(kind: "sticker", name: "sob")])
    }

    /// `>>> ` quotes to the end of the message, `> ` to the end of its line.
    @Test(arguments: [
        ("late\n>>> all quoted\nmore", "late"), ("> quoted\nlate", "late"), (">>> all quoted\nmore", ">>> all quoted\nmore"),
        (">>>no quote\nlate", "late"), ("a > b", "a > b"),
    ])
    func quotes(content: String, own: String) throws {
        let text = content.replacing("\n", with: "\\n")
        let channel = #"{"guild":{"id":"0"},"channel":{"id":"1"},"messages":[{"id":"1","type":"Default","content":"\#(text)"}]}"#
        #expect(messages(try decode("discord-export", channel)).map(\.text) == [own])
    }

    /// All accounts that were deleted have one id: it is nobody's.
    @Test func deletedUsersAreNotOne() throws {
        let text = """
            {"guild":{"id":"0"},"channel":{"id":"1"},"messages":[{"id":"1","type":"Default","content":"a",\
            "author":{"id":"456226577798135808","name":"Deleted User","discriminator":"0000","nickname":"Deleted User","isBot":false}}]}
            """
        #expect(messages(try decode("discord-export", text)).map(\.author) == [Author(role: .customer, displayName: "Deleted User")])
    }

    /// Agents by name, nickname, id, or the id of a role.
    @Test(arguments: [#"{"agentNames":["PRI"]}"#, #"{"agentNames":["priya"]}"#, #"{"agentNames":["77"]}"#, #"{"agentRoleNames":["9"]}"#])
    func agentsAreKnownByConfiguration(configuration: String) throws {
        let text = """
            {"guild":{"id":"0"},"channel":{"id":"1"},"messages":[{"id":"1","type":"Default","content":"a",\
            "author":{"id":"77","name":"pri","nickname":"Priya","roles":[{"id":"9","name":"Crew"}]}}]}
            """
        let read = messages(try decode("discord-export", text, configuration))
        #expect(read.map(\.author.role) == [.agent] && read[0].source == "discord-export" && read[0].timeBasis == .received)
    }
}
