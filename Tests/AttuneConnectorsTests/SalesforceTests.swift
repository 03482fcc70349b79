import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct SalesforceTests {
    @Test func readsEveryObject() throws {
        let operations = try decode("salesforce", Files.fixture("salesforce.json"))
        #expect(
            outline(operations) == [
                // A case whose first mail repeats its description; mails; comments; feed items; another object.
                "message", "message", "ignored:auto-reply", "message", "message", "message", "ignored:TrackedChange", "ignored:Account",
                // A transcript.
                "ignored:system", "ignored:system", "message", "message", "ignored:system", "rejected:1",
                // Change events.
                "edit", "delete",
            ])
        let read = messages(operations)
        #expect(
            read.map(\.text) == [
                "My parcel\nis late", "On Friday", "Hello?", "angry", "We look", "Hello", "It is late & wet\nsecond line: yes", "Hello??",
            ])
        #expect(read.map(\.author.role) == [.customer, .agent, .customer, .agent, .agent, .agent, .customer, .customer])
        #expect(read.filter { $0.visibility == .private }.map(\.text) == ["angry"])
        // `+0100` without a colon; a transcript counts from its start.
        #expect(RFC3339.format(read[0].sentAt) == "2026-02-03T09:14:07Z")
        #expect(RFC3339.format(read[6].sentAt) == "2026-02-03T09:41:05Z" && read[6].timeBasis == .offset && read[6].channel == .chat)
        // Ids of 15 and of 18 characters are one.
        #expect(read[7].id == read[2].id && read[7].nativeID == "00a5e000001AbCdAAK" && RFC3339.format(read[7].sentAt) == "2026-02-03T10:03:20Z")
        #expect(Set(read.prefix(7).map(\.conversationID)) == ["5005e000001XyZa"] && read[1].inReplyTo == read[0].id)
        guard case .delete(let deletion) = operations.last else { return #expect(Bool(false), "no deletion") }
        #expect(deletion.target == read[2].id)
    }

    @Test(arguments: [
        (#"{"Id":"00a1","CommentBody":"x","IsPublished":true,"CreatedBy":{"UserType":"Standard"}}"#, "message", Role.agent),
        (#"{"Id":"00a1","CommentBody":"x","IsPublished":true,"CreatedBy":{"UserType":"CspLitePortal"}}"#, "message", .customer),
        (#"{"Id":"00a1","CommentBody":"x","IsPublished":false,"CreatedBy":{"UserType":"CspLitePortal"}}"#, "message", .agent),
        (#"{"Id":"02s1","TextBody":"x","Incoming":false}"#, "message", .agent),
        (#"{"Id":"02s1","TextBody":"x","Status":"5"}"#, "ignored:draft", .agent),
        (#"{"Id":"0D71","CommentBody":"x","FeedItemId":"0D51"}"#, "message", .customer),
        (#"{"Id":"0D51","Body":"x","ParentId":"5001","Visibility":"InternalUsers"}"#, "message", .agent),
        (#"{"Id":"5001","Description":"x","SuppliedEmail":"p@example.com","CreatedBy":{"UserType":"AutomatedProcess"}}"#, "message", .customer),
        (#"{"Id":"00a1","CommentBody":"x","IsDeleted":true}"#, "delete", .agent), (#"{"records":[]}"#, "ignored:empty", .agent),
        (#"{"Id":"5701","StartTime":"2026-02-03T09:40:00.000+0000","Body":""}"#, "ignored:empty", .agent),
        (#"{"Id":"5701","Body":"( 2s ) A: b"}"#, "rejected:1", .agent),
    ])
    func rolesAndOtherRecords(body: String, expected: String, role: Role) throws {
        let operations = try decode("salesforce", body)
        #expect(outline(operations) == [expected] && messages(operations).allSatisfy { $0.author.role == role })
    }

    /// What becomes private counts no more, also where its words are not told again.
    @Test(arguments: [
        ("CaseComment", "00a1", #""IsPublished":false"#, "edit"), ("CaseComment", "00a1", #""IsPublished":true"#, "ignored:change"),
        ("FeedItem", "0D51", #""Visibility":"InternalUsers""#, "edit"), ("FeedItem", "0D51", #""Visibility":"AllUsers""#, "ignored:change"),
        ("Case", "5001", #""IsPublished":false"#, "ignored:change"),
    ])
    func changesOfWhoSeesIt(entity: String, id: String, member: String, expected: String) throws {
        let header = #"{"entityName":"\#(entity)","recordIds":["\#(id)"],"changeType":"UPDATE","commitTimestamp":1770110058000}"#
        let operations = try decode("salesforce", #"{"payload":{"ChangeEventHeader":\#(header),\#(member)}}"#)
        #expect(outline(operations) == [expected])
        #expect(messages(operations).allSatisfy { $0.id == "salesforce:\(id)" && $0.visibility == .private && $0.text.isEmpty })
    }

    @Test(arguments: [
        ("( 1h 1m 2s ) Priya: a: b", "Priya", "a: b", 3_662), ("( 5s )Priya: x", "Priya", "x", 5),
    ])
    func turns(line: String, name: String, text: String, seconds: Int64) throws {
        let body = #"{"Id":"5701","StartTime":"2026-02-03T00:00:00Z","Body":"\#(line)"}"#
        let read = messages(try decode("salesforce", body))
        #expect(read.map(\.text) == [text] && read[0].author.displayName == name && read[0].sentAt.seconds % 86_400 == seconds)
    }

    /// Centred paragraphs are events; a line break may be closed, and anything else that begins like one is text.
    @Test(arguments: [
        ("( 5s ) A: one<br>two<br/>three<br />", ["one\ntwo\nthree"]), ("<br>( 5s ) A: one<br><br>( 1m ) B: two", ["one", "two"]),
        (#"<p align="center">Chat Started</p>( 5s ) A: one<p align="center">Agent B</p>two"#, ["", "one", "", ""]),
        (#"( 5s ) A: one<br><p align="center">Chat"#, ["one", ""]), ("( 5x ) A: one", [""]), ("( 5s A: one", [""]), ("( 5s ) one", [""]),
        ("() A: one", ["one"]), ("( 1m2s ) A: one", [""]), ("( 99999999999999999999s ) A: one", [""]), ("( 5s ) : one", [""]),
        ("( 5s ) A: é 😀<br>ü", ["é 😀\nü"]), ("( 5s ) A: one<br", ["one<br"]),
    ])
    func transcripts(body: String, texts: [String]) throws {
        let body = body.replacing("\"", with: "\\\"")
        let operations = try decode("salesforce", #"{"Id":"5701","StartTime":"2026-02-03T00:00:00Z","Body":"\#(body)"}"#)
        #expect(operations.map { messages([$0]).first?.text ?? "" } == texts)
    }

    /// Who joins as an agent, and who gives the chat to whom, program or not.
    @Test func staffOfATranscript() throws {
        let body =
            #"<p align='center'>Agent Tom</p>( 1s ) Tom: hi<br>( 2s ) Pri: help<br><p align='center'>Chat Transferred From Mia Bot To Ada</p>"#
            + #"( 3s ) Ada: hello<br>( 4s ) Mia Bot: bye<br>( 5s ) Pri: thanks"#
        let text = body.replacing("'", with: "\\\"")
        let read = messages(try decode("salesforce", #"{"Id":"5701","StartTime":"2026-02-03T00:00:00Z","Body":"\#(text)"}"#))
        #expect(read.map(\.author.role) == [.agent, .customer, .agent, .agent, .customer])
    }

    /// What a subquery found belongs to its case, whether or not it names it.
    @Test(arguments: ["", #""ParentId":null,"#, #""ParentId":"5001","#, #""RelatedToId":"5001","#])
    func recordsOfSubqueriesAreInTheirCase(parent: String) throws {
        let read = messages(
            try decode(
                "salesforce",
                #"{"attributes":{"type":"Case"},"Id":"5001","Description":"Late","CaseComments":{"records":[{"attributes":{"type":"CaseComment"},"#
                    + #"\#(parent)"Id":"00a1","CommentBody":"On it"}]},"EmailMessages":{"records":[{\#(parent)"Id":"02s1","TextBody":"Hello?"}]}}"#))
        #expect(read.map(\.text) == ["Late", "Hello?", "On it"] && read.allSatisfy { $0.conversationID == "5001" })
    }

    /// Tables as Data Loader writes them.
    @Test(arguments: [
        (
            "ID,PARENTID,COMMENTBODY,ISPUBLISHED\n00a1,5001,Late,true\n00a2,5001,An idiot,false\n", [Visibility.public, .private],
            [Role.customer, .agent]
        ),
        ("Id,ParentId,FromName,TextBody,Incoming\n02s1,5001,Priya,Late,true\n02s2,5001,Ana,Soon,false\n", [.public, .public], [.customer, .agent]),
    ])
    func tablesKeepNotesPrivate(table: String, visibility: [Visibility], roles: [Role]) throws {
        let read = messages(try decode("csv", table))
        #expect(read.map(\.visibility) == visibility && read.map(\.author.role) == roles)
        #expect(read.allSatisfy { $0.conversationID == "5001" && $0.inReplyTo == nil })
    }
}
