import AttuneCore

/// The page or account that a delivery is about. Held by the reader of every item, and so a reference.
final class MetaEntry {
    /// Its id, which is the id of what it writes itself.
    let id: String?
    let time: Timestamp?
    /// `instagram` or `facebook`.
    let platform: String
    let source: String
    let scope: PayloadScope
    let line: Int
    private let timeValue: Payload?

    init(_ entry: Payload?, object: String?, _ scope: PayloadScope, _ line: Int) {
        id = entry?["id"]?.identity
        timeValue = entry?["time"]
        time = timeValue?.instant
        platform = object == "page" ? "facebook" : "instagram"
        source = scope.source(account: id)
        self.scope = scope
        self.line = line
    }

    /// The item's own time, or that of the entry: seconds for changes, milliseconds for messaging.
    func time(_ value: Payload?) -> (at: Timestamp, basis: TimeBasis) { scope.time(value, timeValue) }

    func messageID(_ nativeID: String) -> String { ScopedID.of(source, nativeID) }

    /// Author of something; ids of people are made for the page or account and mean nothing outside of it.
    func author(_ person: Payload?, isOwn: Bool = false) -> Author { author(person, id: person?["id"]?.identity, isOwn: isOwn) }

    /// - Parameter id: the person's, which the caller has read.
    func author(_ person: Payload?, id: String?, isOwn: Bool) -> Author {
        let account = PlatformAccount(
            platform: platform, id: id, idScope: self.id, username: person?["username"]?.string, displayName: person?["name"]?.string,
            isOwn: isOwn || id != nil && id == self.id)
        var author = account.author(scope.roles)
        if let second = person?["self_ig_scoped_id"]?.identity, second != id {
            let scoped = self.id.map { ScopedID.of(platform, $0, second) } ?? ScopedID.of(platform, second)
            author.identifiers.append(Identifier(kind: .externalID, value: scoped, verified: true))
        }
        return author
    }

    func author(id: String, name: String?) -> Author {
        PlatformAccount(platform: platform, id: id, idScope: self.id, displayName: name, isOwn: id == self.id).author(scope.roles)
    }

    /// - Parameter item: in whose line it is.
    func rejected(_ reason: String, _ item: Payload) -> Operation { scope.rejected(reason, item.line(from: line)) }
}
