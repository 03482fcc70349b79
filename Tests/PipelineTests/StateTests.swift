import AttuneConnectors
import AttuneCore
import AttuneEngine
import AttuneStore
import Synchronization
import Testing

/// From a platform's bytes to a customer's state: only what customers wrote in public gets there.
@Suite struct StateTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var connector: String
        var payload: String
        var configuration = "{}"
        /// What is analysed, in any order: everything that a customer wrote.
        var texts: [String] = ["v:0.5 thanks"]

        var testDescription: String { connector }
    }

    /// Whoever else speaks says `v:-1`, so that it would show.
    static let cases: [Case] = [
        Case(
            connector: "chatwoot",
            payload: """
                {"event":"message_created","id":1,"content":"v:0.5 thanks","created_at":"2026-02-03T09:14:07Z","message_type":"incoming","private":false,"sender":{"id":5,"name":"Priya","email":"p@mail.example","type":"contact"},"conversation":{"id":17},"account":{"id":1}}
                {"event":"message_created","id":2,"content":"v:-1 agent","created_at":"2026-02-03T09:15:07Z","message_type":"outgoing","private":false,"sender":{"id":2,"type":"user"},"conversation":{"id":17},"account":{"id":1}}
                {"event":"message_created","id":3,"content":"v:-1 note","created_at":"2026-02-03T09:16:07Z","message_type":"outgoing","private":true,"sender":{"id":2,"type":"user"},"conversation":{"id":17},"account":{"id":1}}
                {"event":"message_created","id":4,"content":"v:-1 bot","created_at":"2026-02-03T09:17:07Z","message_type":"outgoing","private":false,"sender":{"id":3,"type":"agent_bot"},"conversation":{"id":17},"account":{"id":1}}
                {"event":"message_created","id":5,"content":"v:-1 activity","created_at":"2026-02-03T09:18:07Z","message_type":"activity","private":false,"conversation":{"id":17},"account":{"id":1}}
                """),
        Case(
            connector: "whatsapp-cloud",
            payload: """
                {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"9"},\
                "contacts":[{"profile":{"name":"Priya"},"wa_id":"447700900123"}],"messages":[\
                {"from":"447700900123","id":"a","timestamp":"1770109747","type":"text","text":{"body":"v:0.5 thanks"}},\
                {"from":"447700900123","id":"b","timestamp":"1770109748","type":"reaction","reaction":{"message_id":"a","emoji":"v:-1"}},\
                {"from":"447700900123","id":"c","timestamp":"1770109749","type":"system","system":{"body":"v:-1 system"}}],\
                "statuses":[{"id":"z","status":"read","timestamp":"1770109750","recipient_id":"447700900123"}]}},\
                {"field":"smb_message_echoes","value":{"metadata":{"phone_number_id":"9"},"message_echoes":[\
                {"from":"9","to":"447700900123","id":"d","timestamp":"1770109751","type":"text","text":{"body":"v:-1 echo"}}]}}]}]}
                """),
        Case(
            connector: "meta",
            payload: """
                {"object":"page","entry":[{"id":"77","time":1770109747000,"messaging":[\
                {"sender":{"id":"5"},"recipient":{"id":"77"},"timestamp":1770109747000,"message":{"mid":"m1","text":"v:0.5 thanks"}},\
                {"sender":{"id":"77"},"recipient":{"id":"5"},"timestamp":1770109748000,"message":{"mid":"m2","text":"v:-1 echo","is_echo":true}},\
                {"sender":{"id":"5"},"recipient":{"id":"77"},"timestamp":1770109749000,"read":{"watermark":1770109748000}},\
                {"sender":{"id":"5"},"recipient":{"id":"77"},"timestamp":1770109750000,"reaction":{"mid":"m2","action":"react","emoji":"v:-1"}}]}]}
                """),
        Case(
            connector: "telegram-bot",
            payload: """
                {"update_id":1,"message":{"message_id":1,"date":1770109747,"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":false,"first_name":"Priya"},"text":"v:0.5 thanks"}}
                {"update_id":2,"message":{"message_id":2,"date":1770109748,"chat":{"id":5,"type":"private"},"from":{"id":6,"is_bot":true,"first_name":"Bot"},"text":"v:-1 bot"}}
                {"update_id":3,"message_reaction":{"chat":{"id":5,"type":"private"},"message_id":1,"date":1770109749,"new_reaction":[{"type":"emoji","emoji":"v:-1"}]}}
                """),
        Case(
            connector: "slack",
            payload: """
                [{"type":"message","user":"U1","text":"v:0.5 thanks","ts":"1770109747.000200"},\
                {"type":"message","subtype":"bot_message","bot_id":"B1","username":"ci","text":"v:-1 bot","ts":"1770109748.000200"},\
                {"type":"message","subtype":"channel_join","user":"U1","text":"v:-1 joined","ts":"1770109749.000200"}]
                """),
        Case(
            connector: "helpscout",
            payload: """
                {"id":10,"number":1,"subject":"Order","primaryCustomer":{"id":5,"email":"p@mail.example"},"_embedded":{"threads":[\
                {"id":1,"type":"customer","state":"published","body":"v:0.5 thanks","createdBy":{"id":5,"type":"customer","email":"p@mail.example"},"createdAt":"2026-02-03T09:14:07Z"},\
                {"id":2,"type":"message","state":"published","body":"v:-1 agent","createdBy":{"id":2,"type":"user","email":"a@shop.example"},"createdAt":"2026-02-03T09:15:07Z"},\
                {"id":3,"type":"note","state":"published","body":"v:-1 note","createdBy":{"id":2,"type":"user","email":"a@shop.example"},"createdAt":"2026-02-03T09:16:07Z"},\
                {"id":4,"type":"lineitem","body":"v:-1 item","createdBy":{"id":2,"type":"user"},"createdAt":"2026-02-03T09:17:07Z"}]}}
                """),
        // What the provider felt in a turn says nothing about what we do.
        Case(
            connector: "transcribe-call-analytics",
            payload: """
                {"JobStatus":"COMPLETED","LanguageCode":"en-GB","Channel":"VOICE","AccountId":"1","JobName":"call","Participants":[{"ParticipantRole":"AGENT"},\
                {"ParticipantRole":"CUSTOMER"}],"ContentMetadata":{"Output":"Raw"},"ConversationCharacteristics":{"Sentiment":{"OverallSentiment":{"CUSTOMER":-5.0}}},\
                "Transcript":[{"Id":"a","BeginOffsetMillis":0,"EndOffsetMillis":900,"ParticipantRole":"AGENT","Content":"v:-1 agent","Sentiment":"NEGATIVE"},\
                {"Id":"b","BeginOffsetMillis":1000,"EndOffsetMillis":1900,"ParticipantRole":"CUSTOMER","Content":"v:0.5 thanks","Sentiment":"NEGATIVE"}]}
                """, configuration: #"{"callStart":"2026-02-03T09:00:00Z"}"#),
        Case(
            connector: "email",
            payload: """
                From p@mail.example Tue Feb  3 09:14:07 2026
                From: Priya <p@mail.example>
                Message-ID: <1@mail.example>
                Date: Tue, 03 Feb 2026 09:14:07 +0000
                Subject: Order

                v:0.5 thanks

                > v:-1 quoted

                From p@mail.example Tue Feb  3 09:15:07 2026
                From: Priya <p@mail.example>
                Message-ID: <2@mail.example>
                Date: Tue, 03 Feb 2026 09:15:07 +0000
                Auto-Submitted: auto-replied
                Subject: Away

                v:-1 away

                From a@shop.example Tue Feb  3 09:16:07 2026
                From: Ana <a@shop.example>
                Message-ID: <3@shop.example>
                Date: Tue, 03 Feb 2026 09:16:07 +0000
                Subject: Re: Order

                v:-1 agent
                """, configuration: #"{"agentDomains":["shop.example"]}"#),
        Case(
            connector: "whatsapp-export",
            payload: """
                [03/02/2026, 09:14:07] Harbour Tea: \u{200E}v:-1 Messages and calls are end-to-end encrypted.
                [03/02/2026, 09:14:07] Priya N: v:0.5 thanks
                [03/02/2026, 09:16:12] Harbour Tea: v:-1 agent
                [03/02/2026, 09:17:12] Priya N: \u{200E}image omitted
                """, configuration: #"{"agentNames":["Harbour Tea"]}"#),
    ]

    @Test(arguments: cases + furtherCases)
    func onlyWhatCustomersWroteReachesTheirState(test: Case) throws {
        let configuration = try ConnectorConfiguration(jsonText: Array(test.configuration.utf8))
        let context = DecodingContext(receivedAt: Timestamp(nanoseconds: 1_770_200_000_000_000_000))
        var decoder = try ConnectorRegistry.standard.connector(named: test.connector).makeDecoder(configuration, context: context)
        var operations = [AttuneCore.Operation]()
        try decoder.decode(all: Array(test.payload.utf8)) { operations.append($0) }
        #expect(operations.count > 1)
        try World.with { world in
            let analysed = Mutex([String]())
            _ = try world.pipeline.process(
                Batch(operations: operations, checkpoint: nil, receivedAt: context.receivedAt), into: world.store
            ) { text, language in
                analysed.withLock { $0.append(text) }
                return World.analyze(text, language)
            }
            #expect(analysed.withLock { $0.sorted() } == test.texts.sorted())
            // Nobody's state holds anything but the customer's own words.
            var fed = 0
            for operation in operations {
                guard case .message(let message) = operation,
                    let customer = try world.store.transaction({ try $0.customerID(ofMessage: message.id) }),
                    let state = try world.store.queries.customer(customer, messages: 10)?.state
                else { continue }
                #expect(state.valence > 0 || state.messageCount == 0, "\(message.author.role)")
                fed = max(fed, state.messageCount)
            }
            #expect(fed == test.texts.count)
        }
    }
}
