import AttuneCore
import Testing

@testable import AttuneConnectors

/// Tables as survey platforms, help desks and spreadsheets export them.
@Suite struct SurveyTableTests {
    private func remarks(_ table: String) throws -> [String] {
        var decoder = try CSVConnector().makeDecoder(ConnectorConfiguration(), context: DecodingContext(receivedAt: Timestamp(nanoseconds: 0)))
        try decoder.decode(all: Array(table.utf8)) { _ in }
        return decoder.remarks
    }

    @Test(
        arguments: [
            ("German", "de"), ("Deutsch", "de"), ("ger", "de"), ("de_DE", "de-DE"), ("en-us", "en-US"), ("iw", "he"), ("N/A", nil), ("unknown", nil),
            ("und", nil), ("", nil),
        ] as [(String, String?)])
    func languages(written: String, tag: String?) throws {
        #expect(messages(try decode("csv", "id,text,language\n1,x,\(written)\n")).map(\.language) == [tag])
        #expect(messages(try decode("jsonl", #"{"id":"1","text":"x","language":"\#(written)"}"#)).map(\.language) == [tag])
        let own = #"{"op":"message","id":"a:1","source":"a","role":"customer","sentAt":"2026-02-03T09:14:07Z","text":"x","language":"\#(written)"}"#
        #expect(messages(try decode("jsonl", own)).map(\.language) == [tag])
    }

    /// The set "Customer Support on Twitter", and other names of the way.
    @Test func theCompanysOwnMessagesAreAgents() throws {
        let table = """
            tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id
            1,sprintcare,False,Tue Oct 31 22:10:47 +0000 2017,@115712 sorry,2,3
            2,115712,True,Tue Oct 31 22:11:45 +0000 2017,@sprintcare bad,,1

            """
        let read = messages(try decode("csv", table))
        #expect(read.map(\.author.role) == [.agent, .customer] && read.map(\.id) == ["csv:1", "csv:2"] && read[1].inReplyTo == "csv:1")
        for (member, role) in [("\"inbound\":false", Role.agent), ("\"outbound\":true", .agent), ("\"inbound\":true", .customer)] {
            #expect(messages(try decode("jsonl", "{\"text\":\"a\",\(member)}")).map(\.author.role) == [role])
        }
        #expect(messages(try decode("csv", "text,Outbound\na,TRUE\n")).map(\.author.role) == [.agent])
    }

    @Test(arguments: [
        "Data;Imię;E-mail;Ocena;Opinia", "Tarih;Ad;E-posta;Puan;Yorum", "التاريخ;الاسم;البريد الإلكتروني;التقييم;التعليق", "दिनांक;नाम;ईमेल;रेटिंग;टिप्पणी",
        "Date;Full Name;Contact Email;Rating;Comments", "Date Submitted;Contact Name;E-mail;Stars;comments",
        "Fecha;Nombre;Dirección de correo electrónico;Calificación;Comentarios", "Data;Nome;Endereço de e-mail;Nota;Comentários",
        "Data;Nome;Indirizzo email;Voto;Commenti", "Date;Nom;Adresse e-mail;Note;Commentaires", "Datum;Name;E-Mail-Adresse;Bewertung;Kommentar",
        "Sygnatura czasowa;Autor;Adres e-mail;Ocena;Komentarz", "Zaman damgası;İsim;E-posta Adresi;Puan;Yorumlar",
    ])
    func headersInManyLanguages(header: String) throws {
        let read = messages(try decode("csv", header + "\n13.02.2026;Ana;a@x.example;2;late\n"))
        #expect(read.map(\.text) == ["late"] && read.map(\.rating) == [Rating(value: 2)] && read.map(\.author.displayName) == ["Ana"])
        #expect(read[0].author.identifiers.map(\.value) == ["a@x.example"] && RFC3339.format(read[0].sentAt) == "2026-02-13T00:00:00Z")
    }

    @Test func namesInTwoParts() throws {
        #expect(
            messages(try decode("csv", "First Name,Last Name,Comments\nPriya,N,x\n,M,y\nTom,,z\n")).map(\.author.displayName) == [
                "Priya N", "M", "Tom",
            ])
        #expect(messages(try decode("csv", "Name,First Name,Last Name,Comments\nPN,Priya,N,x\n")).map(\.author.displayName) == ["PN"])
        for json in [
            #"{"text":"a","first_name":"Priya","last_name":"N"}"#, #"{"text":"a","full_name":"Priya N"}"#,
            #"{"text":"a","user":{"first_name":"Priya","last_name":"N"}}"#,
        ] { #expect(messages(try decode("jsonl", json)).map(\.author.displayName) == ["Priya N"]) }
    }

    /// In a survey a response is the customer's; elsewhere it is the business's answer.
    @Test func responsesOfSurveys() throws {
        let header = "Survey Name,Rating,Response,Submission date,Contact email,Contact first name,Contact last name"
        let read = messages(try decode("csv", header + "\nNPS,3,Slow delivery,2026-02-03 09:14,p@x.example,Priya,N\n"))
        #expect(read.map(\.text) == ["Slow delivery"] && read[0].author.displayName == "Priya N" && read[0].author.identifiers.count == 1)
        #expect(messages(try decode("csv", "Rating,Response,Date\n3,Thank you,2026-02-03\n")).map(\.text) == [""])
    }

    @Test(arguments: [("rating,reason\n2,slow\n", 1), ("rating,text\n2,slow\n", 0), ("rating,reason\n", 0)])
    func aTableWithoutATextIsTold(table: String, count: Int) throws {
        #expect(try remarks(table).filter { $0.contains("mapping.text:") || $0.hasSuffix("mapping.text") }.count == count)
    }

    @Test(
        arguments: [
            ("Very dissatisfied", Rating(value: 1)), ("Satisfied", Rating(value: 4)), ("80%", Rating(value: 80, min: 0, max: 100)),
            ("2 - Poor", Rating(value: 2)),
            ("5 (very satisfied)", Rating(value: 5)), ("Detractor", nil), ("Poor", nil), ("👍", nil), ("140%", nil), ("9 - great", nil), ("2-3", nil),
        ] as [(String, Rating?)])
    func ratingsInWordsKeepTheText(rating: String, read: Rating?) throws {
        let table = "id,text,rating\n1,slow,\(rating)\n"
        let message = try #require(messages(try decode("csv", table)).first)
        #expect(message.text == "slow" && message.rating == read)
        #expect(try remarks(table).contains { $0.contains("without a rating") } == (read == nil))
    }

    @Test func secondHeaderRowsAreNobodysWords() throws {
        let monkey = """
            Respondent ID,Date Created,Email Address,How likely?,What could we improve?
            ,,,Response,Open-Ended Response
            114,02/13/2026 09:14:07 AM,p@x.example,3,Delivery is slow

            """
        let mapping = #"{"mapping":{"text":"What could we improve?"}}"#
        #expect(outline(try decode("csv", monkey, mapping)) == ["ignored:header-row", "message"])
        let qualtrics = """
            StartDate,RecordedDate,ResponseId,Q2
            Start Date,Recorded Date,Response ID,Why?
            "{""ImportId"":""startDate""}","{""ImportId"":""recordedDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID2_TEXT""}"
            2026-02-13 09:14:07,2026-02-13 09:15:07,R_1,Response

            """
        #expect(outline(try decode("csv", qualtrics, #"{"mapping":{"text":"Q2"}}"#)) == ["ignored:header-row", "ignored:header-row", "message"])
    }

    @Test(
        arguments: [
            "Feedback report\nPeriod: January 2026\nid;text;rating;date\n1;late;2;2026-02-03\n",
            "Report generated 2026-02-03\r\n\r\nid,text\r\n1,late\r\n",
            "\"Report, all\"\nid,text\n1,late\n", "id,text\n1,late\n",
        ], [3, 1_000])
    func titlesAboveTheHeader(table: String, pieces: Int) throws {
        #expect(messages(try decode("csv", Array(table.utf8), pieces: pieces)).map(\.text) == ["late"])
        #expect(CSVConnector().recognise(head: Array(table.utf8)[...], fileName: "a.csv") != nil)
    }

    /// What is not surely a title stays the header.
    @Test(arguments: [("a,b\ntext,rating\nx,2\n", "a", ["message", "message"]), ("\"a\nb\",c\nid,text,date\n", "c", ["rejected:1"])])
    func headersAreNoTitles(table: String, text: String, expected: [String]) throws {
        #expect(outline(try decode("csv", table, #"{"mapping":{"text":"\#(text)"}}"#)) == expected)
    }

    @Test(arguments: [
        ("Email", "email"), ("E-mail", "email"), ("WhatsApp", "whatsapp"), ("Live Chat", "chat"), ("Phone", "voice"), ("sms", "sms"),
        ("Web Form", "Web Form"),
    ])
    func channelsAreOurs(written: String, channel: String) throws {
        #expect(messages(try decode("csv", "text,Channel\nx,\(written)\n")).map(\.channel.rawValue) == [channel])
    }

    /// A header that says UTC means it, whatever zone the configuration has.
    @Test(arguments: ["Review Created (UTC)", "Date (UTC)", "created_at_utc"])
    func headersThatSayUTC(name: String) throws {
        let mapping = name == "created_at_utc" ? #","mapping":{"timestamp":"created_at_utc"}"# : ""
        let read = messages(try decode("csv", "\(name),Review Content\n2026-02-03 09:37:37,x\n", #"{"zone":"Europe/Copenhagen"\#(mapping)}"#))
        #expect(read.map { RFC3339.format($0.sentAt) } == ["2026-02-03T09:37:37Z"] && read.map(\.timeBasis) == [.exact])
    }

    private static let conversations = [
        #"{"conversation_id":"c1","channel":"chat","customer":{"name":"Priya","email":"p@x.example"},"messages":[{"role":"user","content":"late"},{"role":"agent","content":"sorry"}]}"#,
        #"{"id":"c1","channel":"chat","customer":{"name":"Priya","email":"p@x.example"},"messages":[{"role":"user","text":"late"},{"role":"agent","text":"sorry"}]}"#,
    ]

    /// Alone, a line each, within an array, in pieces.
    @Test(arguments: conversations, ["A", "A\n", "A\nA\n", "[A]", "[A,A]"])
    func conversationsHoldForTheirMessages(conversation: String, form: String) throws {
        let text = form.replacing("A", with: conversation)
        let count = form.count { $0 == "A" }
        for pieces in [7, 10_000] {
            let read = messages(try decode("jsonl", Array(text.utf8), pieces: pieces))
            #expect(read.map(\.text) == Array(repeating: ["late", "sorry"], count: count).flatMap { $0 })
            #expect(read.allSatisfy { $0.conversationID == "c1" && $0.channel == .chat })
            #expect(read[0].author.identifiers.map(\.value) == ["p@x.example"] && read[0].author.displayName == "Priya")
            #expect(read[1].author.role == .agent && read[1].author.identifiers.isEmpty && read[1].author.displayName == nil)
        }
    }

    @Test func wrappersThatSayNothingAreOnlyWrappers() throws {
        let text = #"{"next":"x","messages":[{"id":"1","text":"a","conversation_id":"k"},{"text":7}]}"#
        #expect(outline(try decode("jsonl", text)) == ["message", "rejected:1"])
        #expect(messages(try decode("jsonl", text)).map(\.conversationID) == ["k"])
    }
}
