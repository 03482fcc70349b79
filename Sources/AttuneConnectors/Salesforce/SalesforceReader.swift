import AttuneCore

/// Tells the envelopes of records apart, and reads each record by its object.
struct SalesforceReader {
    let assembler: DeskAssembler

    /// One operation per record, one per turn of a transcript; never empty.
    func operations(_ payload: Payload, line: Int) -> [Operation] {
        guard payload.isObject else { return [assembler.rejected("no Salesforce payload: not an object", line)] }
        if let list = (payload["records"] ?? payload.at("result", "records"))?.array {
            return list.isEmpty ? [.ignored(reason: "empty")] : list.flatMap { operations(record: $0, line) }
        }
        for body in [payload.at("data", "payload"), payload["payload"], payload] {
            guard let body, let header = body["ChangeEventHeader"] else { continue }
            return change(body, header, line)
        }
        return operations(record: payload, line)
    }

    private func operations(record fields: Payload, of parent: String? = nil, _ line: Int) -> [Operation] {
        if let record = SalesforceRecord(fields, parent: parent) { return operations(record, isChange: false, line) }
        guard let type = fields.at("attributes", "type")?.string, type.utf8.count <= 64, fields["Id"] != nil else {
            return [assembler.rejected("no Salesforce record: it has no \"Id\", or is of no known object", fields.line(from: line))]
        }
        return [.ignored(reason: type)]
    }

    /// Salesforce joins equal changes of one transaction, which changes 200 records at a time.
    private static let recordsPerChange = 1_000

    private func change(_ body: Payload, _ header: Payload, _ line: Int) -> [Operation] {
        let entity = header["entityName"]
        let change = header["changeType"]?.string ?? "unknown"
        let at = header["commitTimestamp"]
        let ids = header["recordIds"]?.items.compactMap(\.string) ?? []
        if ids.count > Self.recordsPerChange {
            return [assembler.rejected("a change event names more than \(Self.recordsPerChange) records", line)]
        }
        let operations = ids.flatMap { id -> [Operation] in
            guard let entity, let record = SalesforceRecord(body, id: id, type: entity, changedAt: at) else {
                let type = entity?.string ?? "unknown"
                return [.ignored(reason: type.utf8.count <= 64 ? type : "unknown", at: assembler.time(at))]
            }
            if change == "DELETE" { return [assembler.deletion(of: record.key, conversationID: nil, at: at)] }
            let isChange = change == "UPDATE"
            let hasText = ["CommentBody", "TextBody", "HtmlBody", "Body", "Description"].contains { body[$0]?.string?.isEmpty == false }
            return isChange && !hasText ? [.ignored(reason: "change", at: assembler.time(at))] : self.operations(record, isChange: isChange, line)
        }
        return operations.isEmpty ? [.ignored(reason: "change", at: assembler.time(at))] : operations
    }

    private func operations(_ record: SalesforceRecord, isChange: Bool, _ line: Int) -> [Operation] {
        if record.fields["IsDeleted"]?.bool == true {
            return [assembler.deletion(of: record.key, conversationID: conversation(record), at: record.fields["SystemModstamp"])]
        }
        switch record.kind {
        case .caseRecord: return operations(ofCase: record, isChange: isChange, line)
        case .emailMessage: return [mail(record, isChange: isChange, line)]
        case .caseComment, .feedComment, .feedItem: return [comment(record, isChange: isChange, line)]
        case .liveChatTranscript: return SalesforceTranscript(assembler: assembler, record: record, line: line).operations()
        }
    }

    private func conversation(_ record: SalesforceRecord) -> String {
        (record.fields["ParentId"]?.string ?? record.fields["RelatedToId"]?.string).map(SalesforceRecord.key) ?? record.parent ?? record.key
    }

    /// The description, then the records of its subqueries.
    private func operations(ofCase record: SalesforceRecord, isChange: Bool, _ line: Int) -> [Operation] {
        let fields = record.fields
        let children = ["EmailMessages", "CaseComments", "FeedItems", "Feeds"].flatMap { fields.at($0, "records")?.items ?? [] }
        let text = fields["Description"]?.string ?? ""
        let repeated = RepeatedText(text)
        let isRepeated = children.contains { child in
            ["TextBody", "CommentBody", "Body"].contains { repeated.isRepeated(by: child[$0]?.string ?? "") }
        }
        var operations = [Operation]()
        if !isRepeated, !text.isEmpty || children.isEmpty {
            var message = message(record, text: text, isChange: isChange)
            message.displayName = (fields["SuppliedName"] ?? fields.at("Contact", "Name"))?.string
            message.role = fields["SuppliedEmail"]?.string == nil ? record.creatorRole : .customer
            message.identifiers = DeskIdentity.all(
                DeskIdentity.email(fields["SuppliedEmail"], verified: false),
                DeskIdentity.email(fields["ContactEmail"] ?? fields.at("Contact", "Email"), verified: true),
                DeskIdentity.phone(fields["SuppliedPhone"], verified: false), DeskIdentity.phone(fields["ContactPhone"], verified: true),
                DeskIdentity.external("salesforce", fields["ContactId"]?.string.map(SalesforceRecord.key)))
            operations.append(assembler.operation(&message, line: line))
        }
        return operations + children.flatMap { self.operations(record: $0, of: record.key, line) }
    }

    private func mail(_ record: SalesforceRecord, isChange: Bool, _ line: Int) -> Operation {
        let fields = record.fields
        let at = record.writtenAt
        if fields["Status"]?.scalarText == "5" { return .ignored(reason: "draft", at: assembler.time(at)) }
        if Self.isAutomatic(fields["Headers"]?.string ?? "") { return .ignored(reason: "auto-reply", at: assembler.time(at)) }
        let html = DeskAssembler.text(html: fields["HtmlBody"]?.string ?? "")
        var message = message(record, text: html.isEmpty ? fields["TextBody"]?.string ?? "" : html, isChange: isChange)
        message.channel = .email
        message.isMail = true
        message.role = fields["Incoming"]?.bool.map { $0 ? .customer : .agent }
        message.displayName = fields["FromName"]?.string
        message.identifiers = DeskIdentity.all(DeskIdentity.email(fields["FromAddress"], verified: false))
        message.inReplyTo = fields["ReplyToEmailMessageId"]?.string.map(SalesforceRecord.key)
        return assembler.operation(&message, line: line)
    }

    /// RFC 3834: what a program sent in answer says so.
    private static func isAutomatic(_ headers: String) -> Bool {
        if headers.isEmpty { return false }
        var headers = headers
        return headers.withUTF8 { bytes in
            var start = 0
            while start < bytes.count {
                let end = ByteSearch.first(10, in: bytes, from: start, to: bytes.count) ?? bytes.count
                // Nearly no field of a header begins so; lines may end with CR alone.
                for line in UnsafeBufferPointer(rebasing: bytes[start..<end]).split(separator: 13) where line.first.map({ $0 | 0x20 }) == 0x61 {
                    let field = String(decoding: line, as: UTF8.self).lowercased()
                    if field.hasPrefix("auto-submitted:"), String(field.dropFirst(15)).trimmed != "no" { return true }
                }
                start = end + 1
            }
            return false
        }
    }

    private func comment(_ record: SalesforceRecord, isChange: Bool, _ line: Int) -> Operation {
        let fields = record.fields
        if record.kind == .feedItem, let type = fields["Type"]?.string, !Self.writtenFeedItems.contains(type) {
            return .ignored(reason: type.utf8.count <= 64 ? type : "unknown", at: assembler.time(fields["CreatedDate"]))
        }
        let body = (fields["CommentBody"] ?? fields["Body"])?.string ?? ""
        let isHTML = fields["IsRichText"]?.bool == true
        var message = message(record, text: isHTML ? DeskAssembler.text(html: body) : body, isChange: isChange)
        message.role = record.creatorRole
        message.displayName = fields.at("CreatedBy", "Name")?.string
        message.identifiers = DeskIdentity.all(
            DeskIdentity.email(fields.at("CreatedBy", "Email"), verified: true),
            DeskIdentity.external("salesforce", fields["CreatedById"]?.string.map(SalesforceRecord.key)))
        message.isPrivate = fields["IsPublished"]?.bool == false || fields["Visibility"]?.says("InternalUsers") == true
        message.inReplyTo = fields["FeedItemId"]?.string.map(SalesforceRecord.key)
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
