import AttuneCore

/// What a decoder knows of its input besides the bytes.
public struct DecodingContext: Sendable {
    /// Path or name of the file, as the user gave it; nil for a webhook. Connectors look at its last three components only.
    public var fileName: String?
    /// Stands in for the time of records that have none (`timeBasis` is `received` then): when the input was received.
    public var receivedAt: Timestamp
    /// The account the input belongs to, where the payload does not name it. Becomes part of `source`.
    public var account: String?
    /// The platform's users by their ids, where its list of them lay beside the input (`Connector.peopleFile`).
    public var people: [String: KnownPerson]
    /// Of the inputs that are read together; nil for one alone.
    public var memory: InputMemory?

    public init(
        fileName: String? = nil, receivedAt: Timestamp, account: String? = nil, people: [String: KnownPerson] = [:], memory: InputMemory? = nil
    ) {
        self.fileName = fileName
        self.receivedAt = receivedAt
        self.account = account
        self.people = people
        self.memory = memory
    }

    /// Last component of the path, without `.gz`: the same records have the same ids compressed or not.
    var baseName: String? { fileName.map { path in components(path).last.map { Self.uncompressed(String($0)) } ?? "" } }

    /// A name without the ending that compression gave it.
    static func uncompressed(_ name: String) -> String {
        name.utf8.count > 3 && name.utf8.suffix(3).elementsEqual(".gz".utf8) ? String(Substring(name.utf8.dropLast(3))) : name
    }

    /// Component before the last one.
    var folderName: String? {
        guard let parts = fileName.map(components), parts.count > 1 else { return nil }
        return String(parts[parts.count - 2])
    }

    /// Component before that.
    var outerFolderName: String? {
        guard let parts = fileName.map(components), parts.count > 2 else { return nil }
        return String(parts[parts.count - 3])
    }

    /// By bytes: comparing characters takes as long as reading a message.
    private func components(_ path: String) -> [Substring] { path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) } }
}

/// What a platform's list of its users says of one.
public struct KnownPerson: Hashable, Sendable {
    public var name: String?
    public var email: String?
    /// Nil when the list leaves it open.
    public var role: Role?

    public init(name: String? = nil, email: String? = nil, role: Role? = nil) {
        self.name = name
        self.email = email
        self.role = role
    }
}
