import AttuneCore

/// `claims.id`: the 16 bytes of the claim's hash, and of a part behind them its number in four, the highest first.
enum ClaimCoding {
    static func bytes(_ id: EvidenceID) -> [UInt8] {
        var out = id.claim.withBytes { Array($0) }
        if id.part > 0 { withUnsafeBytes(of: UInt32(truncatingIfNeeded: id.part).bigEndian) { out.append(contentsOf: $0) } }
        return out
    }
}

extension Value {
    /// `claims.id`
    static func id(_ id: EvidenceID) -> Value { id.part == 0 ? .hash(id.claim) : .blob(ClaimCoding.bytes(id)) }
}
