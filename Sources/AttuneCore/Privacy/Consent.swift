/// A customer's consent for a purpose, in the terms of the CDPs that hand it over.
public struct Consent: Hashable, Sendable {
    public enum Status: String, Sendable, CaseIterable { case granted = "GRANTED", denied = "DENIED", revoked = "REVOKED" }

    /// What may be done; `analysis` is the purpose that the pipeline asks for before it derives anything.
    public var purpose: String
    public var status: Status
    public var statusDate: Timestamp
    public var revokeDate: Timestamp?

    public static let analysis = "analysis"

    public init(purpose: String, status: Status, statusDate: Timestamp, revokeDate: Timestamp? = nil) {
        self.purpose = purpose
        self.status = status
        self.statusDate = statusDate
        self.revokeDate = revokeDate
    }

    /// Whether the purpose is allowed; no consent on file is not a denial (legal bases differ: configuration decides).
    public var allows: Bool { status == .granted }
}
