import AttuneConnectors
import AttuneCore
import HTTPTypes

/// Who may post to the interface. The configuration holds hashes only, so reading it gives nobody access.
struct BearerTokens: Sendable {
    /// SHA-256 of each token.
    let hashes: [TokenHash]
    /// Without tokens: whether everybody is let in, because only this computer can reach the server.
    let allowsAnonymous: Bool

    /// Answers with who it is: the hash of their token, empty for everybody who needs none.
    @discardableResult func check(_ headers: HTTPFields) throws -> [UInt8] {
        if hashes.isEmpty {
            if allowsAnonymous { return [] }
            throw Problem(.unauthorized, "no token is configured: add its SHA-256 to \"tokens\", or listen on 127.0.0.1 only")
        }
        let header = headers[.authorization] ?? ""
        guard header.utf8.count > 7, header.prefix(7).lowercased() == "bearer " else {
            throw Problem(.unauthorized, "a token is needed: send \"Authorization: Bearer …\"")
        }
        // Equal time for every token: of the presented one only the hash is compared, and all of them always.
        let presented = SHA256.digest(header.utf8.dropFirst(7))
        var isKnown = false
        for hash in hashes where hash.matches(presented) { isKnown = true }
        guard isKnown else { throw Problem(.unauthorized, "the token is not known here") }
        return presented
    }
}

/// SHA-256 of a token.
public struct TokenHash: Hashable, Sendable, Discreet {
    private let bytes: [UInt8]

    /// Nil unless the text is 64 hexadecimal digits.
    public init?(hex: String) {
        let digits = hex.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 64, !digits.contains(nil) else { return nil }
        let values = digits.compactMap { $0 }
        bytes = (0..<32).map { UInt8(values[$0 * 2] << 4 | values[$0 * 2 + 1]) }
    }

    /// Compares in constant time.
    func matches(_ digest: [UInt8]) -> Bool {
        guard digest.count == bytes.count else { return false }
        return zip(bytes, digest).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
