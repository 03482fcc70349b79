import AttuneCore

/// Reads one form-encoded body a line.
struct TwilioDecoder: Decoder {
    private let assembler: DeskAssembler
    private var lines = LineAssembler()

    init(assembler: DeskAssembler) { self.assembler = assembler }

    mutating func decode(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, emit: (Operation) throws -> Void) throws {
        let assembler = assembler
        try lines.feed(chunk, isLast: isLast) { line, number in
            guard case .bytes(let bytes) = line else { return try emit(assembler.rejected(DecodingLimits.tooLongRecord(), number)) }
            if bytes.allSatisfy({ $0 <= 32 }) { return }
            try emit(Self.operation(FormFields(bytes), assembler, number, at: nil))
        }
    }

    /// - Parameter at: when it was written, which forms do not say.
    static func operation(_ form: FormFields, _ assembler: DeskAssembler, _ line: Int, at: Payload?) -> Operation {
        if let event = form["EventType"], let conversation = form["ConversationSid"] {
            return TwilioConversation(form, assembler.account(form["AccountSid"]), line).operation(event, in: conversation)
        }
        guard let id = form["MessageSid"] ?? form["SmsMessageSid"] ?? form["SmsSid"] else {
            return form["CallSid"] == nil ? assembler.rejected("no Twilio message: it has no MessageSid", line) : .ignored(reason: "call")
        }
        let assembler = assembler.account(form["AccountSid"])
        if let status = form["MessageStatus"] ?? form["SmsStatus"], !["received", "receiving"].contains(status.lowercased()) {
            return .status(target: assembler.id(id), status: status.lowercased(), at: nil)
        }
        guard let from = form["From"], let to = form["To"] ?? form["MessagingServiceSid"] else {
            return assembler.rejected("a message has no From or no To", line)
        }
        let sender = TwilioAddress(from)
        var message = DeskMessage(
            nativeID: id, conversationID: "\(TwilioAddress(to).value):\(sender.value)", time: .written(at),
            text: text(form))
        message.displayName = form["ProfileName"]
        message.channel = sender.channel
        message.identifiers = [sender.identifier]
        // The sender's WhatsApp number, where From is an id that hides it.
        if let number = form["WaId"], sender.identifier.kind != .phone, number.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
            message.identifiers.append(Identifier(kind: .phone, value: "+\(number)", verified: true))
        }
        message.attachments = attachments(form)
        message.inReplyTo = form["OriginalRepliedMessageSid"]
        return assembler.operation(&message, line: line)
    }

    static func text(_ form: FormFields) -> String {
        if let body = form["Body"], !body.trimmed.isEmpty { return body }
        return form["ButtonText"] ?? ""
    }

    private static func attachments(_ form: FormFields) -> [Attachment] {
        // Twilio accepts ten media in a message; a larger number is no number of theirs.
        let count = min(max(form["NumMedia"].flatMap { Int($0) } ?? 0, 0), 64)
        var attachments = (0..<count).map { number in
            let family = form["MediaContentType\(number)"].map { String($0.prefix { $0 != "/" }).lowercased() } ?? ""
            return Attachment(kind: ["image", "audio", "video"].contains(family) ? family : "document")
        }
        if form["Latitude"] != nil, form["Longitude"] != nil { attachments.append(Attachment(kind: "location", name: form["Label"])) }
        return attachments
    }
}

/// `+447700900123`, `whatsapp:+447700900123`, `messenger:123`, a short code or a sender's name.
struct TwilioAddress {
    /// Without the platform before it.
    let value: String
    let channel: Channel
    let identifier: Identifier

    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        let platform = parts.count == 2 ? parts[0].lowercased() : "sms"
        // In a form that was not encoded, a plus sign reads as a blank.
        var value = (parts.count == 2 ? String(parts[1]) : text).trimmed
        let digits = value.drop { $0 == "+" }
        let isNumber = digits.utf8.count >= 7 && digits.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
        if isNumber, !value.hasPrefix("+"), platform == "whatsapp" || text.hasPrefix(" ") { value = "+" + value }
        self.value = value
        channel = platform == "whatsapp" ? .whatsapp : platform == "messenger" ? .social : .sms
        identifier =
            isNumber && platform != "messenger"
            ? Identifier(kind: .phone, value: value, verified: true)
            : Identifier(kind: .externalID, value: "\(platform == "sms" ? "twilio" : platform):\(value)", verified: true)
    }
}
