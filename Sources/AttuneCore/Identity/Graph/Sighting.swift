/// What one message or record tells of who sent it.
public struct Sighting: Sendable {
    /// The record's id; ties are decided by it.
    public var id: String
    /// When it was seen, in any unit that grows with time.
    public var time: Double
    public var identifiers: [Identifier]
    public var name: String?
    public var town: String?
    public var birthDate: String?
    /// ISO 3166 code of the country its national phone numbers are most likely from.
    public var region: String?

    public init(
        id: String, time: Double, identifiers: [Identifier], name: String? = nil, town: String? = nil, birthDate: String? = nil,
        region: String? = nil
    ) {
        self.id = id
        self.time = time
        self.identifiers = identifiers
        self.name = name
        self.town = town
        self.birthDate = birthDate
        self.region = region
    }
}
