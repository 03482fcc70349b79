import AttuneCore

/// Tells the envelopes of records apart, and reads each record by its object.
struct SalesforceReader {
    let assembler: DeskAssembler

    /// One operation per record, one per turn of a transcript; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload.isObject else { return [assembler.rejected("no Salesforce payload: not an object", line)] }
        var operations = [Operation]()
        if let list = payload["records"] ?? payload.at("result", "records"), list.isArray {
            operations.reserveCapacity(list.itemCount)
            for record in list.eachItem { append(record: record, line, to: &operations) }
            return operations.isEmpty ? [.ignored(reason: "empty")] : operations
        }
        if let body = Self.changed(payload.at("data", "payload")) ?? Self.changed(payload["payload"]) ?? Self.changed(payload) {
            return change(body.fields, body.header, line)
        }
        append(record: payload, line, to: &operations)
        return operations
    }

    /// A change event with its header; nil for anything else.
    private static func changed(_ body: Payload?) -> (fields: Payload, header: Payload)? {
        guard let body, let header = body["ChangeEventHeader"] else { return nil }
        return (body, header)
    }

    private func append(record fields: Payload, of parent: String? = nil, _ line: Int, to operations: inout [Operation]) {
        if let record = SalesforceRecord(fields, id: fields["Id"], parent: parent) {
            return append(record, isChange: false, line, to: &operations)
        }
        guard let type = fields.at("attributes", "type")?.string, type.utf8.count <= 64, fields["Id"] != nil else {
            let reason = "no Salesforce record: it has no \"Id\", or is of no known object"
            return operations.append(assembler.rejected(reason, fields.line(from: line)))
        }
        operations.append(.ignored(reason: type))
    }

    /// Salesforce joins equal changes of one transaction, which changes 200 records at a time.
    private static let recordsPerChange = 1_000

    private func change(_ body: Payload, _ header: Payload, _ line: Int) -> [Operation] {
        let entity = header["entityName"]
        let change = header["changeType"]?.string ?? "unknown"
        let at = header["commitTimestamp"]
        let ids = header["recordIds"] ?? .null
        if ids.eachItem.reduce(0, { $1.kind == .string ? $0 + 1 : $0 }) > Self.recordsPerChange {
            return [assembler.rejected("a change event names more than \(Self.recordsPerChange) records", line)]
        }
        var operations = [Operation]()
        for id in ids.eachItem where id.kind == .string {
            guard let entity, let record = SalesforceRecord(body, id: id, type: entity, changedAt: at) else {
                let type = entity?.string ?? "unknown"
                operations.append(.ignored(reason: type.utf8.count <= 64 ? type : "unknown", at: assembler.time(at)))
                continue
            }
            if change == "DELETE" {
                operations.append(assembler.deletion(of: record.key, conversationID: nil, at: at))
            } else if change == "UPDATE", !Self.hasText(body), !Self.isHidden(body, record.kind) {
                operations.append(.ignored(reason: "change", at: assembler.time(at)))
            } else {
                append(record, isChange: change == "UPDATE", line, to: &operations)
            }
        }
        return operations.isEmpty ? [.ignored(reason: "change", at: assembler.time(at))] : operations
    }

    /// Whether a comment is seen by our people alone from now on, which is told without its words.
    private static func isHidden(_ body: Payload, _ kind: SalesforceRecord.Kind) -> Bool {
        switch kind {
        case .caseComment: body["IsPublished"]?.bool == false
        case .feedItem: body["Visibility"]?.says("InternalUsers") == true
        case .caseRecord, .emailMessage, .feedComment, .liveChatTranscript: false
        }
    }

    private static func hasText(_ body: Payload) -> Bool {
        body["CommentBody"]?.isFilled == true || body["TextBody"]?.isFilled == true || body["HtmlBody"]?.isFilled == true
            || body["Body"]?.isFilled == true || body["Description"]?.isFilled == true
    }

    private func append(_ record: SalesforceRecord, isChange: Bool, _ line: Int, to operations: inout [Operation]) {
        if record.fields["IsDeleted"]?.bool == true {
            let deletion = assembler.deletion(of: record.key, conversationID: conversation(record), at: record.fields["SystemModstamp"])
            return operations.append(deletion)
        }
        switch record.kind {
        case .caseRecord: append(case: record, isChange: isChange, line, to: &operations)
        case .emailMessage: operations.append(mail(record, isChange: isChange, line))
        case .caseComment, .feedComment, .feedItem: operations.append(comment(record, isChange: isChange, line))
        case .liveChatTranscript: SalesforceTranscript(assembler: assembler, record: record, line: line).append(to: &operations)
        }
    }

    private func conversation(_ record: SalesforceRecord) -> String {
        SalesforceRecord.key(record.fields["ParentId"]) ?? SalesforceRecord.key(record.fields["RelatedToId"]) ?? record.parent ?? record.key
    }

    /// The description, then the records of its subqueries.
    private func append(case record: SalesforceRecord, isChange: Bool, _ line: Int, to operations: inout [Operation]) {
        let fields = record.fields
        let lists: [Payload] = [fields["EmailMessages"], fields["CaseComments"], fields["FeedItems"], fields["Feeds"]].compactMap { $0?["records"] }
        let text = fields["Description"]?.string ?? ""
        let repeated = RepeatedText(text)
        let isRepeated =
            !text.isEmpty
            && lists.contains { list in
                list.eachItem.contains { child in
                    repeated.isRepeated(by: child["TextBody"]) || repeated.isRepeated(by: child["CommentBody"])
                        || repeated.isRepeated(by: child["Body"])
                }
            }
        if !isRepeated, !text.isEmpty || lists.allSatisfy({ $0.itemCount == 0 }) {
            var message = message(record, text: text, isChange: isChange)
            message.displayName = (fields["SuppliedName"] ?? fields.at("Contact", "Name"))?.string
            message.role = fields["SuppliedEmail"]?.kind == .string ? .customer : record.creatorRole
            message.identifiers = DeskIdentity.all(
                DeskIdentity.email(fields["SuppliedEmail"], verified: false),
                DeskIdentity.email(fields["ContactEmail"] ?? fields.at("Contact", "Email"), verified: true),
                DeskIdentity.phone(fields["SuppliedPhone"], verified: false), DeskIdentity.phone(fields["ContactPhone"], verified: true),
                DeskIdentity.external("salesforce", SalesforceRecord.key(fields["ContactId"])))
            operations.append(assembler.operation(&message, line: line))
        }
        for list in lists {
            for child in list.eachItem { append(record: child, of: record.key, line, to: &operations) }
        }
    }

    private func mail(_ record: SalesforceRecord, isChange: Bool, _ line: Int) -> Operation {
        let fields = record.fields
        let at = record.writtenAt
        if fields["Status"]?.scalarText == "5" { return .ignored(reason: "draft", at: assembler.time(at)) }
        if fields["Headers"]?.withStringBytes(Self.isAutomatic) == true { return .ignored(reason: "auto-reply", at: assembler.time(at)) }
        let html = DeskAssembler.text(html: fields["HtmlBody"])
        var message = message(record, text: html.isEmpty ? fields["TextBody"]?.string ?? "" : html, isChange: isChange)
        message.channel = .email
        message.isMail = true
        message.role = fields["Incoming"]?.bool.map { $0 ? .customer : .agent }
        message.displayName = fields["FromName"]?.string
        message.identifiers = DeskIdentity.all(DeskIdentity.email(fields["FromAddress"], verified: false))
        message.inReplyTo = SalesforceRecord.key(fields["ReplyToEmailMessageId"])
        return assembler.operation(&message, line: line)
    }

    /// RFC 3834: what a program sent in answer says so.
    private static func isAutomatic(_ headers: UnsafeBufferPointer<UInt8>) -> Bool {
        var (start, line) = (0, 0)
        while start < headers.count {
            if start >= line { line = ByteSearch.first(10, in: headers, from: start, to: headers.count) ?? headers.count }
            // Lines may end with CR alone.
            let end = ByteSearch.first(13, in: headers, from: start, to: line) ?? line
            // Nearly no field of a header begins so.
            if headers[start] | 0x20 == UInt8(ascii: "a") {
                let field = String(decoding: headers[start..<end], as: UTF8.self).lowercased()
                if field.hasPrefix("auto-submitted:"), String(field.dropFirst(15)).trimmed != "no" { return true }
            }
            start = end + 1
        }
        return false
    }

    private func comment(_ record: SalesforceRecord, isChange: Bool, _ line: Int) -> Operation {
        let fields = record.fields
        if record.kind == .feedItem, let type = fields["Type"]?.string, !Self.writtenFeedItems.contains(type) {
            return .ignored(reason: type.utf8.count <= 64 ? type : "unknown", at: assembler.time(fields["CreatedDate"]))
        }
        let body = fields["CommentBody"] ?? fields["Body"]
        let isHTML = fields["IsRichText"]?.bool == true
        var message = message(record, text: isHTML ? DeskAssembler.text(html: body) : body?.string ?? "", isChange: isChange)
        message.role = record.creatorRole
        message.displayName = fields.at("CreatedBy", "Name")?.string
        message.identifiers = DeskIdentity.all(
            DeskIdentity.email(fields.at("CreatedBy", "Email"), verified: true),
            DeskIdentity.external("salesforce", SalesforceRecord.key(fields["CreatedById"])))
        message.isPrivate = fields["IsPublished"]?.bool == false || fields["Visibility"]?.says("InternalUsers") == true
        message.inReplyTo = SalesforceRecord.key(fields["FeedItemId"])
        return assembler.operation(&message, line: line)
    }

    /// Feed items that somebody wrote; all others track a change or repeat another record.
    private static let writtenFeedItems: Set<String> = ["TextPost", "ContentPost", "LinkPost", "QuestionPost", "AdvancedTextPost", "PollPost"]

    private func message(_ record: SalesforceRecord, text: String, isChange: Bool) -> DeskMessage {
        var message = DeskMessage(
            nativeID: record.id, conversationID: conversation(record), time: .written(record.writtenAt), text: text)
        message.key = record.key
        message.isChange = isChange
        return message
    }
}
