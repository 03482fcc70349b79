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
        let sender = TwilioAddress(author)
        let written = RFC3339.parse(form["DateUpdated"] ?? form["DateCreated"] ?? "").map { DeskMessage.Time.known($0, .exact) }
        var message = DeskMessage(nativeID: id, conversationID: conversation, time: written ?? .written(nil), text: TwilioDecoder.text(form))
        message.isChange = event == "onMessageUpdated"
        // People of the business write by the API or an application; who writes by a channel is a customer.
        let isChannel = ["SMS", "MMS", "WHATSAPP", "CHAT", "MESSENGER"].contains(form["Source"] ?? "")
        message.likely = isChannel || sender.identifier.kind == .phone ? .customer : .agent
        message.displayName = sender.identifier.kind == .phone ? nil : author
        message.channel = sender.identifier.kind == .phone ? sender.channel : .chat
        message.identifiers = [sender.identifier]
        if form["Media"] != nil { message.attachments = [Attachment(kind: "media")] }
        return assembler.operation(message, line: line)
    }
}
