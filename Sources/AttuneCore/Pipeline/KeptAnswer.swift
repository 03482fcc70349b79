/// Names a request that its sender repeats with the same key when no answer came: hashes only, so that nothing of it is kept.
public struct RepeatableRequest: Hashable, Sendable {
    /// Of the caller and the key they chose.
    public var key: KeyHash
    /// Of what was sent.
    public var fingerprint: KeyHash

    public init(key: KeyHash, fingerprint: KeyHash) {
        self.key = key
        self.fingerprint = fingerprint
    }

    /// - Parameters:
    ///   - caller: keys of one caller are not those of another.
    ///   - hashKey: `Store.identifierHashKey`: who has the store, but not what was sent, cannot try texts.
    public init(caller: [UInt8], key: String, content: [UInt8], hashKey: [UInt8]) {
        let hash = HMAC(key: hashKey)
        let of = { (part: String, bytes: [UInt8]) in (Array(part.utf8) + [0x1F] + bytes).withUnsafeBufferPointer { hash.keyHash(of: $0) } }
        self.key = of("request", caller + [0x1F] + Array(key.utf8))
        fingerprint = of("content", content)
    }
}

/// The answer to a request that was carried out, kept for when the request comes again.
public struct KeptAnswer: Hashable, Sendable {
    public var request: RepeatableRequest
    public var at: Timestamp
    public var body: [UInt8]

    public init(to request: RepeatableRequest, at: Timestamp, body: [UInt8]) {
        self.request = request
        self.at = at
        self.body = body
    }

    /// How long an answer is kept.
    public static let seconds: Int64 = 86_400
    /// Answers that are kept at most, the last ones: a dozen a second for a whole day, some hundred megabytes.
    public static let countLimit = 1_000_000

    /// Answers from before are forgotten.
    public static func begin(at now: Timestamp) -> Timestamp { Timestamp(nanoseconds: now.nanoseconds - seconds * 1_000_000_000) }
}
