/// What leaves: a CloudEvents 1.0 event. Its id is derived from its cause, so the same input makes the same id.
public struct Event: Hashable, Sendable {
    public var id: String
    /// Dotted and versioned: `attune.signal.churn_risk.v1`.
    public var type: String
    /// The customer; also the partition key, so events of one customer keep their order.
    public var subject: CustomerID
    /// When its cause happened, not when we noticed.
    public var time: Timestamp
    public var data: JSONValue

    /// - Parameter cause: what made the event; equal causes of one type are one event.
    public init(type: String, subject: CustomerID, cause: String, time: Timestamp, data: JSONValue) {
        id = "evt_" + SHA256.hex(Array("event\u{1F}\(type)\u{1F}\(cause)".utf8)).prefix(24)
        self.type = type
        self.subject = subject
        self.time = time
        self.data = data
    }

    /// The structured-mode JSON (CloudEvents JSON format 1.0). `source` is a URI-reference that names this installation.
    public func cloudEvent(source: String) -> JSONValue {
        .object([
            "specversion": "1.0", "id": .string(id), "source": .string(source), "type": .string(type), "subject": .string(subject.rawValue),
            "time": .string(RFC3339.format(time)), "datacontenttype": "application/json", "partitionkey": .string(subject.rawValue), "data": data,
        ])
    }
}
