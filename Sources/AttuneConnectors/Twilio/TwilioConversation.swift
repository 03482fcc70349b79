import AttuneCore

/// Reads webhooks of Twilio Conversations, which name an author instead of a sender and a receiver.
struct TwilioConversation {
    private let form: FormFields
    private let assembler: DeskAssembler
    private let line: Int

    init(_ form: FormFields, _ assembler: DeskAssembler, _ line: Int) {
        self.form = form
        self.assembler = assembler
        self.line = line
    }

    func operation(_ event: String, in conversation: String) -> Operation {
        // The events in the present tense ask before something happens, and may be refused.
        guard ["onMessageAdded", "onMessageUpdated", "onMessageRemoved"].contains(event) else {
            return .ignored(reason: event.utf8.count <= 64 ? event : "unknown")
        }
        guard let id = form["MessageSid"], let author = form["Author"] else {
            return assembler.rejected("a message has no MessageSid or no Author", line)
        }
        if event == "onMessageRemoved" { return assembler.deletion(of: id, conversationID: conversation) }
        let written = RFC3339.parse(form["DateUpdated"] ?? form["DateCreated"] ?? "").map { DeskMessage.Time.known($0, .exact) }
        var message = Self.message(id, in: conversation, by: author, through: form["Source"], written ?? .written(nil), TwilioDecoder.text(form))
        message.isChange = event == "onMessageUpdated"
        if form["Media"] != nil { message.attachments = [Attachment(kind: "media")] }
        return assembler.operation(&message, line: line)
    }

    /// A message as the REST API lists it, of which only the author's name or number tells who they are.
    static func operation(_ item: Payload, in conversation: String, _ assembler: DeskAssembler, _ line: Int) -> Operation {
        guard let id = item["sid"]?.filled, let author = item["author"]?.filled else {
            return assembler.rejected("a message of a conversation has no \"sid\" or no \"author\"", item.line(from: line))
        }
        var message = message(id, in: conversation, by: author, through: nil, .written(item["date_created"]), item["body"]?.string ?? "")
        message.attachments = DeskAssembler.attachments(item["media"])
        return assembler.account(item["account_sid"]?.string).operation(&message, line: line)
    }

    /// - Parameter source: by which it came, where that is known.
    private static func message(
        _ id: String, in conversation: String, by author: String, through source: String?, _ time: DeskMessage.Time, _ text: String
    ) -> DeskMessage {
        let sender = TwilioAddress(author)
        var message = DeskMessage(nativeID: id, conversationID: conversation, time: time, text: text)
        // People of the business write by the API or an application; who writes by a channel is a customer.
        let isChannel = ["SMS", "MMS", "WHATSAPP", "CHAT", "MESSENGER"].contains(source ?? "")
        message.likely = isChannel || sender.identifier.kind == .phone || sender.channel == .social ? .customer : .agent
        message.displayName = sender.identifier.kind == .phone ? nil : author
        message.channel = sender.identifier.kind == .phone ? sender.channel : .chat
        message.identifiers = [sender.identifier]
        return message
    }
}
