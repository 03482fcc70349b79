import AttuneCore
import Testing

@testable import AttuneConnectors

/// Transcripts as plain text, and texts that are none.
@Suite struct TranscriptTextTests {
    private static let transcript = """
        Call of 3 February

        Agent: Hello, how can I help?
        Customer: My order is late.
        It was promised for Monday.
        Bot: Please hold the line.
        AGENT 2: Sorry: I will look.
        Customer: Thank you.
        Agent: You are welcome.
        Customer: Bye
        Agent: Bye
        Customer:
        """

    @Test(arguments: [1, 7, 4_096])
    func rolesOfATranscript(pieces: Int) throws {
        let operations = try decode("text", Array(Self.transcript.utf8), fileName: "call-7.txt", pieces: pieces)
        #expect(outline(operations) == ["ignored:title"] + Array(repeating: "message", count: 9) + ["ignored:empty"])
        let read = messages(operations)
        #expect(read.map(\.author.role) == [.agent, .customer, .customer, .bot, .agent, .customer, .agent, .customer, .agent])
        #expect(read[1].text == "My order is late." && read[2].text == "It was promised for Monday." && read[4].text == "Sorry: I will look.")
        #expect(read[4].author.displayName == "AGENT 2" && Set(read.map(\.conversationID)) == ["call-7"])
    }

    /// Only where nearly all lines name who speaks, the customer and somebody of the business among them.
    @Test(arguments: [
        "Staff: friendly\nSupport: slow\nManager: rude\n", "Customer: a\nCustomer: b\n", "Agent: a\nwho said it?\nCustomer: b\nnobody knows\n",
        "Note: late\nPS: again\n", "Agent was rude: very\nCustomer service: none\n", "Ann: hi\nBen: hello\n",
    ])
    func otherTexts(text: String) throws {
        let read = messages(try decode("text", text))
        #expect(read.map(\.text) == text.split(separator: "\n").map(String.init) && read.allSatisfy { $0.author == Author(role: .customer) })
        #expect(read.allSatisfy { $0.conversationID == $0.id })
    }

    /// What comes behind the first lines does not make it one, and no line waits for long.
    @Test func textsAreDecidedByTheirBeginning() throws {
        let plain = (1...5).map { "late \($0)\n" }.joined()
        var decoder = try TextConnector().makeDecoder(ConnectorConfiguration(), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
        var count = 0
        try Array(plain.utf8).withUnsafeBufferPointer { bytes in try decoder.decode(bytes, isLast: false) { _ in count += 1 } }
        #expect(count == 5)
        let rest = String(repeating: "Agent: a\nCustomer: b\n", count: 20)
        let read = messages(try decode("text", plain + rest))
        #expect(read.count == 45 && read.allSatisfy { $0.author.role == .customer } && read.last?.text == "Customer: b")
    }

    /// Configured names are known in every text; lines without one are as ever.
    @Test(arguments: [#"{"agentNames":["Tom"]}"#, #"{"speakers":["Tom"],"channelRoles":{"tom":"agent"}}"#])
    func configuredNames(configuration: String) throws {
        let text = "My tea is cold\nTom: Sorry to hear\nLate: again\nStill cold\nTom, too: never came\nNo answer\n"
        let read = messages(try decode("text", text, configuration))
        #expect(read.map(\.text) == ["My tea is cold", "Sorry to hear", "Late: again", "Still cold", "Tom, too: never came", "No answer"])
        #expect(read.map(\.author.role) == [.customer, .agent, .customer, .customer, .customer, .customer] && read[1].author.displayName == "Tom")
        let plain = messages(try decode("text", text))
        #expect(zip(read, plain).map { $0.id == $1.id } == [true, false, true, true, true, true])
    }
}
