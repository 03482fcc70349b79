import AttuneCore

/// The usual names of a generic record's fields, in JSON members and table headers alike. Names are compared without case,
/// blanks, `_` and `-`; when a record has several names of one field, the one further left is taken.
enum FieldName: Int, CaseIterable {
    case id, nativeID, conversation, channel, source, role, firstName, lastName, displayName, identifiers, sentAt, text, title, language, rating
    case inReplyTo, visibility, edited, attachment, email, phone, handle, customerID, orderNumber, operation, town, birthDate
    case direction, isAgent, isInbound, isBot, isPrivate, isPublic, internalNote, kind, timeOfDay, promoterScore, speaker

    var names: [String] {
        switch self {
        case .id: ["id", "messageid", "reviewid", "commentid", "uuid", "guid", "tweetid"]
        case .nativeID: ["nativeid"]
        case .conversation: ["conversationid", "conversation", "threadid", "ticketid", "chatid", "sessionid", "caseid", "dialogueid"]
        case .channel: ["channel"]
        case .source: ["source"]
        case .role: ["role", "authorrole", "senderrole", "authortype", "sendertype", "participantrole"]
        case .displayName:
            [
                "displayname", "author", "authorname", "sendername", "name", "user", "customername", "reviewer", "reviewername", "from", "fullname",
                "contactname",
            ]
        case .firstName: ["firstname", "givenname", "contactfirstname", "recipientfirstname"]
        case .lastName: ["lastname", "surname", "familyname", "contactlastname", "recipientlastname"]
        case .identifiers: ["identifiers"]
        case .sentAt:
            [
                "sentat", "timestamp", "createdat", "date", "datetime", "time", "created", "createdutc", "publishedat", "postedat", "reviewdate",
                "submittedat", "createdtime", "datesent", "datecreated", "createddate", "createdon", "creationdate", "creationtime",
                "createddatetime", "submissiondate", "submissiontime", "submittedon", "submitteddate", "datesubmitted", "receivedat", "receivedon",
                "receiveddate", "datereceived", "senton", "sentdate", "senttime", "senddate", "messagedate", "messagetime", "messagetimestamp",
                "postedon", "posteddate", "dateposted", "publishedon", "publisheddate", "publishdate", "dateadded", "commentdate", "reviewedat",
                "recordeddate", "openedat", "dateopened", "openeddate", "date/time", "dateandtime", "timestamp(utc)",
                "createdat(utc)", "created(utc)", "date(utc)", "datetime(utc)", "date/time(utc)", "time(utc)", "ts",
            ]
        case .text:
            [
                "text", "body", "message", "content", "comment", "review", "reviewtext", "reviewbody", "tweet", "post", "feedback", "utterance",
                "description", "comments",
            ]
        case .title: ["title", "reviewtitle"]
        case .language: ["language", "lang", "locale"]
        case .rating: ["rating", "stars", "starrating", "reviewrating", "overall"]
        case .inReplyTo: ["inreplyto", "inreplytoid", "replyto", "replytoid", "parentid", "inresponsetotweetid"]
        case .visibility: ["visibility"]
        case .edited: ["edited"]
        case .attachment: ["attachment", "attachments"]
        case .email: ["email", "emailaddress", "customeremail", "useremail", "authoremail", "mail", "contactemail", "recipientemail"]
        case .phone: ["phone", "phonenumber", "mobile", "telephone", "customerphone", "msisdn"]
        case .handle: ["handle", "screenname", "username"]
        case .customerID: ["customerid", "customernumber", "customerno"]
        case .orderNumber: ["ordernumber", "orderno", "orderid"]
        case .operation: ["op"]
        case .town: ["town", "city"]
        case .birthDate: ["birthdate", "dateofbirth", "dob"]
        case .direction: ["direction", "messagedirection"]
        case .isAgent: ["isagent", "fromagent", "isfromagent", "fromme", "isoutbound", "isoutgoing", "outgoing", "outbound"]
        case .isInbound: ["isinbound", "inbound", "incoming", "isincoming"]
        case .isBot: ["isbot", "bot", "frombot"]
        case .isPrivate:
            [
                "private", "isprivate", "internal", "isinternal", "isnote", "isinternalnote", "isprivatenote", "private?", "internal?", "isprivate?",
                "isinternal?", "isnote?",
            ]
        case .isPublic: ["public", "ispublic", "public?", "ispublic?"]
        case .internalNote: ["internalnote", "privatenote", "internalnote?", "privatenote?"]
        case .kind: ["messagetype", "type", "kind"]
        case .timeOfDay: []
        case .promoterScore: ["nps", "npsscore", "netpromoterscore", "npsrating"]
        case .speaker: ["speaker", "sender"]
        }
    }

    /// The mapping's word for it; nil for fields that cannot be mapped.
    var mapped: FieldMapping.Field? {
        switch self {
        case .id: .id
        case .conversation: .conversation
        case .channel: .channel
        case .source: .source
        case .role: .role
        case .displayName: .author
        case .sentAt: .timestamp
        case .text: .text
        case .language: .language
        case .rating: .rating
        case .inReplyTo: .inReplyTo
        case .visibility: .visibility
        case .email: .email
        case .phone: .phone
        case .handle: .handle
        case .customerID: .customerID
        case .orderNumber: .orderNumber
        case .nativeID, .firstName, .lastName, .identifiers, .title, .edited, .attachment, .operation, .town, .birthDate, .direction, .isAgent,
            .isInbound, .isBot,
            .isPrivate, .isPublic, .internalNote, .kind, .timeOfDay, .promoterScore, .speaker:
            nil
        }
    }
}

/// Finds the field of a name in the bytes of a record without making a string: a hash table built once per decoder.
struct FieldNameTable {
    struct Entry {
        var field: FieldName
        /// Position among the names of the field; lower wins.
        var rank: Int
        var name: [UInt8]
    }

    /// No name is longer; a longer key needs no look.
    private static let longestName = 20
    private var slots: [[Entry]] = Array(repeating: [], count: 256)

    /// Made once: a delivery has one record.
    static let standard = FieldNameTable()

    init() {
        for field in FieldName.allCases {
            for (rank, name) in field.names.enumerated() {
                let entry = Entry(field: field, rank: rank, name: Array(name.utf8))
                let slot = entry.name.withUnsafeBufferPointer { Self.slot($0) }
                slots[slot].append(entry)
            }
        }
    }

    private static func slot(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int((hash ^ hash >> 16) & 255)
    }

    /// The field that goes by this name, and the name's rank.
    func field(_ key: UnsafeBufferPointer<UInt8>) -> (field: FieldName, rank: Int)? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestName) { folded in
            var count = 0
            for byte in key {
                if byte == 0x20 || byte == 0x5F || byte == 0x2D { continue }
                if count == Self.longestName { return nil }
                folded[count] = byte >= 65 && byte <= 90 ? byte | 0x20 : byte
                count += 1
            }
            let name = UnsafeBufferPointer(rebasing: folded[..<count])
            for entry in slots[Self.slot(name)] where ByteSearch.equal(name, entry.name) { return (entry.field, entry.rank) }
            return nil
        }
    }

    func field(_ key: String) -> (field: FieldName, rank: Int)? {
        var key = key
        return key.withUTF8 { field($0) }
    }
}
