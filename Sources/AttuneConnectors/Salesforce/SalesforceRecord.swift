import AttuneCore

/// A record of one of the objects that we read.
struct SalesforceRecord {
    enum Kind: CaseIterable {
        case caseRecord, caseComment, emailMessage, feedItem, feedComment, liveChatTranscript

        /// Nil for an object that we do not read.
        init?(_ type: Payload) {
            for kind in Self.allCases where type.says(kind.name) {
                self = kind
                return
            }
            return nil
        }

        var name: StaticString {
            switch self {
            case .caseRecord: "Case"
            case .caseComment: "CaseComment"
            case .emailMessage: "EmailMessage"
            case .feedItem: "FeedItem"
            case .feedComment: "FeedComment"
            case .liveChatTranscript: "LiveChatTranscript"
            }
        }

        /// First three characters of the ids of an object's records.
        var prefix: String {
            switch self {
            case .caseRecord: "500"
            case .caseComment: "00a"
            case .emailMessage: "02s"
            case .feedItem: "0D5"
            case .feedComment: "0D7"
            case .liveChatTranscript: "570"
            }
        }
    }

    let kind: Kind
    let id: String
    /// What ids are compared by.
    let key: String
    let fields: Payload
    /// When it was written, as far as it says; a change event may only have the time of the change.
    let writtenAt: Payload?
    /// Key of the record whose subquery found it.
    let parent: String?

    /// Nil when it has no id, or is of no object that we read.
    /// - Parameter type: of a change event, which alone says it.
    init?(_ fields: Payload, id: Payload?, type: Payload? = nil, changedAt: Payload? = nil, parent: String? = nil) {
        guard let own = id, let id = own.filled else { return nil }
        let type = type ?? fields.at("attributes", "type").flatMap { $0.kind == .string ? $0 : nil }
        let kind =
            if let type { Kind(type) } else { Kind.allCases.first { id.hasPrefix($0.prefix) } ?? Self.kind(of: fields) }
        guard let kind else { return nil }
        (self.kind, self.id, self.fields, self.parent) = (kind, id, fields, parent)
        key = Self.key(own) ?? id
        writtenAt = fields["MessageDate"] ?? fields["CreatedDate"] ?? changedAt
    }

    /// The 15 characters that an id of 18 repeats with a checksum; another id as it is, nil for what is no string.
    static func key(_ id: Payload?) -> String? {
        id?.withStringBytes { bytes in
            let isLong = bytes.count == 18 && bytes.allSatisfy { $0 &- 48 < 10 || ($0 | 0x20) &- 97 < 26 }
            return String(copying: isLong ? UnsafeBufferPointer(rebasing: bytes[..<15]) : bytes)
        }
    }

    private static func kind(of fields: Payload) -> Kind? {
        if fields["FeedItemId"] != nil { return .feedComment }
        if fields["CommentBody"] != nil { return .caseComment }
        if fields["TextBody"] != nil || fields["HtmlBody"] != nil || fields["FromAddress"] != nil { return .emailMessage }
        if fields["LiveChatVisitorId"] != nil || fields["ChatKey"] != nil { return .liveChatTranscript }
        if fields["CaseNumber"] != nil || fields["Description"] != nil { return .caseRecord }
        return fields["Body"] != nil && fields["ParentId"] != nil ? .feedItem : nil
    }

    /// Role of whoever created it, as far as the kind of user tells.
    var creatorRole: Role? {
        guard let type = fields.at("CreatedBy", "UserType") else { return nil }
        if type.says("Standard") { return .agent }
        return switch type.string {
        case "AutomatedProcess", "CloudIntegrationUser": .bot
        case "Guest", "CspLitePortal", "CustomerSuccess", "PowerCustomerSuccess", "HighVolumePortal", "PowerPartner": .customer
        default: nil
        }
    }
}
