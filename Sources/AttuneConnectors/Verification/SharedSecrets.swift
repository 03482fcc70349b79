import Crypto
import Foundation

/// Secrets that both sides know: the current one, and during a rotation the old one too.
struct SharedSecrets: Sendable, Discreet {
    private let keys: [[UInt8]]

    enum Hash: Sendable {
        case sha1
        case sha256

        var byteCount: Int { self == .sha1 ? 20 : 32 }
    }

    /// Empty ones, with which anybody could sign, never match.
    init(_ secrets: [String]) { keys = secrets.filter { !$0.isEmpty }.map { Array($0.utf8) } }

    /// Whether `given` is the keyed hash of a message, which comes in pieces, under one of them. All are tried, so that the time
    /// does not tell which one fits.
    func signed(_ message: [[UInt8]], _ hash: Hash, as given: [UInt8]) -> Bool {
        var isValid = false
        for key in keys where ConstantTime.equal(Self.code(message, hash, key: key), given) { isValid = true }
        return isValid
    }

    /// Whether a text is one of them.
    func contains(_ given: String) -> Bool {
        var isValid = false
        for key in keys where ConstantTime.equal(key, given.utf8) { isValid = true }
        return isValid
    }

    /// The keyed hash under the first secret, which is what we sign with; nil without one.
    func sign(_ message: [[UInt8]], _ hash: Hash) -> [UInt8]? { keys.first.map { Self.code(message, hash, key: $0) } }

    private static func code(_ message: [[UInt8]], _ hash: Hash, key: [UInt8]) -> [UInt8] {
        let key = SymmetricKey(data: key)
        switch hash {
        case .sha1:
            var code = Crypto.HMAC<Insecure.SHA1>(key: key)
            for piece in message { code.update(data: piece) }
            return Array(code.finalize())
        case .sha256:
            var code = Crypto.HMAC<Crypto.SHA256>(key: key)
            for piece in message { code.update(data: piece) }
            return Array(code.finalize())
        }
    }
}

/// How digests are written in headers.
enum DigestText {
    /// Bytes of hexadecimal digits in either case behind a prefix, which counts in any case; nil when it is anything else.
    static func hex(_ text: String, prefix: String, count: Int) -> [UInt8]? {
        guard let digits = rest(text, prefix), digits.count == 2 * count else { return nil }
        var bytes = [UInt8]()
        for at in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digit(digits[at]), let low = digit(digits[at + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    /// Bytes of base64 behind a prefix; nil when it is anything else. Each digest has one spelling: what only decodes to it, with
    /// other bits where its last letter has no meaning, is not what was sent.
    static func base64(_ text: String, prefix: String = "", count: Int) -> [UInt8]? {
        guard let digits = rest(text, prefix), let data = Data(base64Encoded: String(decoding: digits, as: UTF8.self)), data.count == count,
            data.base64EncodedString().utf8.elementsEqual(digits)
        else { return nil }
        return Array(data)
    }

    static func hex(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    private static func rest(_ text: String, _ prefix: String) -> [UInt8]? {
        guard text.utf8.count <= 512, text.lowercased().hasPrefix(prefix) else { return nil }
        return Array(text.utf8.dropFirst(prefix.utf8.count))
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
