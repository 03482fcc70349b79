import AttuneCore

/// Cases, comments, mails, feeds and live chats of Salesforce Service Cloud.
public struct SalesforceConnector: Connector {
    public let name = "salesforce"

    public init() {}

    public var documentation: ConnectorDocumentation {
        ConnectorDocumentation(
            summary: "Salesforce Service Cloud: cases, case comments, e-mail messages, feed items and comments, live chat transcripts.",
            details: """
                Reads records as queries answer them, alone, in {"records": …}, as JSON Lines and as change events. A case's description is its first \
                message, except where a nested mail or comment repeats it. Incoming mails are the customer's, others an agent's; comments that are not \
                published and feed items for internal users are private notes. Who wrote the rest, the creator's UserType says (select \
                CreatedBy.Name, CreatedBy.UserType); without it, name your people in agentNames. A transcript gives one message a turn, timed from the \
                start of the chat. Ids of 15 and 18 characters of one record give one id. What a mail quotes is cut. Drafts, automatic \
                replies and tracked changes are ignored.
                """,
            options: [
                .init("source", "name of the source; otherwise \"salesforce\""),
                .init("channel", "channel of the messages; otherwise \"ticket\", \"email\" or \"chat\" by the kind of record"),
                .init("agentNames", "names of agents, or their user ids as \"salesforce:ID\", where a record does not say who is one"),
                .init("agentDomains", "e-mail domains of agents, likewise"),
            ],
            example: """
                {"totalSize":1,"done":true,"records":[{"attributes":{"type":"CaseComment","url":"/services/data/v60.0/sobjects/CaseComment/00a1"},\
                "Id":"00a5e000001AbCdAAK","ParentId":"5005e000001XyZaAAK","CommentBody":"My parcel is late","IsPublished":true,\
                "CreatedById":"0055e000001QrStAAK","CreatedDate":"2026-02-03T09:14:07.000+0000"}]}
                """,
            setup: """
                Batch: `sf data query --json` or the query API over CaseComment, EmailMessage, FeedItem, FeedComment, LiveChatTranscript and Case, with the \
                fields named above. Live: a flow or an Apex trigger that posts such a record to /v1/hooks/salesforce/SOURCE of `attune serve`, or change \
                data capture through your event relay.
                """)
    }

    public func recognise(head: ArraySlice<UInt8>, fileName: String?) -> Recognition? {
        guard let marks = JSONMarks(head) else { return nil }
        if marks.mentions("ChangeEventHeader"), marks.hasAny("ChangeEventHeader", "data", "payload") {
            return Recognition(.certain, "it is a Salesforce change event")
        }
        if marks.has("totalSize", "done", "records"), marks.holds(#""records":[]"#) {
            return Recognition(.certain, "it is an empty answer to a query")
        }
        let isTyped = SalesforceRecord.Kind.allCases.contains { marks.says("type", $0.name.description) }
        if isTyped, marks.mentions("attributes"), marks.hasAny("attributes", "records", "result") {
            return Recognition(.certain, "its attributes name a Salesforce object")
        }
        let isOfMail = marks.mentions("FromAddress") && marks.mentions("Incoming") && (marks.mentions("TextBody") || marks.mentions("HtmlBody"))
        let isBare =
            marks.has("Id", "ParentId", "CommentBody") || marks.has("Id", "FromAddress", "ToAddress") || marks.has("Id", "LiveChatVisitorId")
            || marks.has("Id", "CaseNumber") || marks.has("Id", "ParentId", "Incoming", "MessageDate")
            || (marks.has("Id") || marks.has("records") && marks.mentions("Id")) && isOfMail
        return isBare ? Recognition(.certain, "its members are those of a Salesforce object") : nil
    }

    public func makeDecoder(_ configuration: ConnectorConfiguration, context: DecodingContext) throws -> any Decoder {
        let assembler = DeskAssembler(connector: name, channel: .ticket, configuration: configuration, context: context)
        return PayloadDecoder(read: SalesforceReader(assembler: assembler).operations)
    }
}
