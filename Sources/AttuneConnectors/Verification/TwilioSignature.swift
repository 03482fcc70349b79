import AttuneCore
import Crypto
import Foundation

/// Twilio: `X-Twilio-Signature` is the base64 of the HMAC-SHA-1, under the auth token, of the URL as Twilio called it and behind it
/// the form's parameters, name and value, sorted by name. Of a JSON body the URL names the hash instead (`bodySHA256`).
public struct TwilioSignature: WebhookScheme {
    public static let header = "X-Twilio-Signature"

    private let secrets: SharedSecrets
    private let publicURL: String?

    /// - Parameters:
    ///   - secrets: auth tokens.
    ///   - publicURL: scheme, host and perhaps port and a path under which Twilio reaches the server, where a proxy hides it;
    ///     otherwise the request's own `X-Forwarded-Proto`, `X-Forwarded-Host`, `X-Forwarded-Port` and `Host` tell. Nobody gains by lying there: who
    ///     can't sign one URL can't sign another.
    public init(secrets: [String], publicURL: String? = nil) {
        self.secrets = SharedSecrets(secrets)
        self.publicURL = publicURL
    }

    public func check(_ delivery: WebhookDelivery, now: Timestamp) -> SignatureCheck {
        guard let signature = delivery.header(Self.header) else { return .missing(header: Self.header) }
        guard let given = DigestText.base64(signature, count: 20) else { return .malformed(header: Self.header) }
        let isJSON = Self.bodyHash(delivery.target)
        if let expected = isJSON {
            let actual = DigestText.hex(Array(Crypto.SHA256.hash(data: delivery.body)))
            guard ConstantTime.equal(actual.utf8, expected.lowercased().utf8) else { return .wrong }
        }
        let parameters = isJSON == nil ? Self.parameters(delivery.body) : []
        var isValid = false
        for url in urls(delivery) where secrets.signed([Array(url.utf8), parameters], .sha1, as: given) { isValid = true }
        return isValid ? .valid : .wrong
    }

    /// The URLs that Twilio may have meant, each with and without the scheme's default port.
    private func urls(_ delivery: WebhookDelivery) -> [String] {
        var bases = [String]()
        if let publicURL {
            bases.append(publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL)
        } else {
            // A chain of proxies appends its names; the first is the outermost.
            func first(_ name: String) -> String? {
                delivery.header(name)?.split(separator: ",").first.map { $0.filter { $0 != " " } }
            }
            var hosts = [first("X-Forwarded-Host"), delivery.header("Host")].compactMap { $0 }
            if let port = first("X-Forwarded-Port"), !port.isEmpty, port.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
                hosts += hosts.filter { !Self.hasPort($0) }.map { "\($0):\(port)" }
            }
            for host in hosts {
                for scheme in first("X-Forwarded-Proto").map({ [$0] }) ?? ["https", "http"] { bases.append("\(scheme)://\(host)") }
            }
        }
        return bases.flatMap { Self.withAndWithoutPort($0) }.map { $0 + delivery.target }
    }

    private static func withAndWithoutPort(_ base: String) -> [String] {
        guard let scheme = base.firstRange(of: "://") else { return [base] }
        let port = base.hasPrefix("https") ? ":443" : ":80"
        let end = base[scheme.upperBound...].firstIndex(of: "/") ?? base.endIndex
        let (host, path) = (base[scheme.upperBound..<end], base[end...])
        let prefix = base[..<scheme.upperBound]
        if host.hasSuffix(port) { return [base, String(prefix + host.dropLast(port.count) + path)] }
        return hasPort(host) ? [base] : [base, String(prefix + host + port + path)]
    }

    private static func hasPort(_ host: some StringProtocol) -> Bool {
        // The colons of an IPv6 address stand in brackets.
        host.last != "]" && host.drop { $0 != "]" }.contains(":") || host.first != "[" && host.contains(":")
    }

    /// Whether the query of a URL tells the hash of a JSON body, which is all that Twilio signs of one.
    public static func tellsBodyHash(_ target: String) -> Bool { bodyHash(target) != nil }

    /// Hexadecimal hash of a JSON body, where the query tells it.
    private static func bodyHash(_ target: String) -> String? {
        guard let mark = target.firstIndex(of: "?") else { return nil }
        let name = "bodySHA256="
        return target[target.index(after: mark)...].split(separator: "&").first { $0.hasPrefix(name) }.map { String($0.dropFirst(name.count)) }
    }

    /// Names and values one behind the other: names sorted by their bytes, values of a repeated name sorted and each once.
    static func parameters(_ body: [UInt8]) -> [UInt8] {
        var pairs = Set<[[UInt8]]>()
        for field in body.split(separator: UInt8(ascii: "&")) {
            let name = field.prefix { $0 != UInt8(ascii: "=") }
            pairs.insert([decoded(name), decoded(field.dropFirst(name.count + 1))])
        }
        let sorted = pairs.sorted { a, b in
            a[0] == b[0] ? a[1].lexicographicallyPrecedes(b[1]) : a[0].lexicographicallyPrecedes(b[0])
        }
        return sorted.flatMap { $0[0] + $0[1] }
    }

    /// `+` is a blank, `%XX` a byte; what is neither stays as it is.
    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var out = [UInt8]()
        var at = text.startIndex
        while at < text.endIndex {
            if text[at] == UInt8(ascii: "%"), at + 2 < text.endIndex,
                let byte = UInt8(String(decoding: text[(at + 1)...(at + 2)], as: UTF8.self), radix: 16), text[at + 1] != UInt8(ascii: "+")
            {
                out.append(byte)
                at += 3
            } else {
                out.append(text[at] == UInt8(ascii: "+") ? 32 : text[at])
                at += 1
            }
        }
        return out
    }
}
