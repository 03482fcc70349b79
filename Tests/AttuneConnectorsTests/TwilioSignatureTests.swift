import AttuneCore
import Foundation
import Testing

@testable import AttuneConnectors

/// Twilio signs its own idea of the URL: behind proxies, with and without ports, over sorted parameters.
@Suite struct TwilioSignatureTests {
    private static let form = Array("B=2&A=z&A=a&A=z&Body=caf%C3%A9+%2B+1+%26+more&Empty=".utf8)
    private static let path = "/v1/hooks/twilio/shop"
    private static let signature = "ISI6VihQDEIzwNb2X+ETp1lhshw="

    private static func check(
        _ headers: [(name: String, value: String)], target: String = path, body: [UInt8] = form, publicURL: String? = nil,
        signature: String? = signature, secrets: [String] = ["new", "tok"]
    ) -> SignatureCheck {
        let all = headers + (signature.map { [("X-Twilio-Signature", $0)] } ?? [])
        return TwilioSignature(secrets: secrets, publicURL: publicURL).check(
            WebhookDelivery(body: body, headers: all, target: target), now: Timestamp(nanoseconds: 0))
    }

    /// Ways in which the server can learn that it is called https://hooks.example.com.
    static let ways: [(headers: [(name: String, value: String)], publicURL: String?)] = [
        ([("Host", "hooks.example.com")], nil),
        ([("Host", "hooks.example.com:443")], nil),
        ([("Host", "10.0.0.7:8080"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "hooks.example.com")], nil),
        ([("Host", "10.0.0.7:8080"), ("X-Forwarded-Proto", "https, http"), ("x-forwarded-host", "hooks.example.com, inner.example")], nil),
        ([("Host", "10.0.0.7:8080")], "https://hooks.example.com"),
        ([("Host", "10.0.0.7:8080")], "https://hooks.example.com:443/"),
        ([], "https://hooks.example.com/"),
    ]

    @Test(arguments: ways.indices)
    func theURLIsFoundOut(index: Int) {
        let way = Self.ways[index]
        #expect(Self.check(way.headers, publicURL: way.publicURL) == .valid)
    }

    @Test func anythingElseIsRefused() {
        let host = [(name: "Host", value: "hooks.example.com")]
        #expect(Self.check(host) == .valid)
        #expect(Self.check([("Host", "other.example.com")]) == .wrong && Self.check([]) == .wrong)
        #expect(Self.check([("Host", "hooks.example.com:8443")]) == .wrong && Self.check(host, publicURL: "https://other.example.com") == .wrong)
        let proxy: [(name: String, value: String)] = [("Host", "10.0.0.7:8080"), ("X-Forwarded-Host", "hooks.example.com")]
        // Of the same URL with the port 8443.
        let signature = "QlvatkseOMx/TR14NrHKQ4n2co0="
        #expect(Self.check(proxy + [("X-Forwarded-Port", "8443")], signature: signature) == .valid)
        #expect(Self.check(proxy, signature: signature) == .wrong && Self.check(proxy + [("X-Forwarded-Port", "8443")]) == .valid)
        #expect(Self.check(host, target: Self.path + "?a=1") == .wrong && Self.check(host, secrets: ["", "other"]) == .wrong)
        #expect(Self.check(host, signature: nil) == .missing(header: "X-Twilio-Signature"))
        for bad in ["", "x", "AAAA"] { #expect(Self.check(host, signature: bad) == .malformed(header: "X-Twilio-Signature")) }
        for (i, byte) in Self.form.enumerated() where byte != UInt8(ascii: "&") {
            var body = Self.form
            body[i] ^= 4
            #expect(Self.check(host, body: body) == .wrong, "byte \(i)")
        }
        // The order of parameters is the sender's; a value that is sent twice counts once.
        #expect(Self.check(host, body: Array("A=a&A=z&B=2&Empty=&Body=caf%c3%a9%20%2b%201%20%26%20more".utf8)) == .valid)
    }

    @Test func aJSONBodyIsSignedByItsHash() {
        let target = Self.path + "?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
        let host = [(name: "Host", value: "hooks.example.com")]
        let signature = "MG8yj4oKajFsnR2OnDLErTE466I="
        #expect(Self.check(host, target: target, body: Array(#"{"a":1}"#.utf8), signature: signature) == .valid)
        #expect(Self.check(host, target: target, body: Array(#"{"a":2}"#.utf8), signature: signature) == .wrong)
        #expect(Self.check(host, target: Self.path, body: Array(#"{"a":1}"#.utf8), signature: signature) == .wrong)
    }

    /// Vectors beside the checkout, where they are.
    @Test func sharedVectors() throws {
        let file = Files.root.deletingLastPathComponent().appendingPathComponent("shared/fixtures/signatures/twilio.json")
        guard let bytes = try? Files.bytes(file) else { return }
        let document = try JSONParser.parse(bytes)
        let token = try #require(document["authToken"]?.string)
        for vector in document["cases"]?.items ?? [] {
            guard let url = vector["url"]?.string, let signature = vector["signature"]?.string else { continue }
            let scheme = try #require(url.range(of: "://"))
            let slash = url[scheme.upperBound...].firstIndex(of: "/") ?? url.endIndex
            let body: [UInt8] =
                vector["params"].map { params in
                    let pairs = params.members.flatMap { member in
                        (member.value.array ?? [member.value]).map { (member.key, $0.scalarText ?? "") }
                    }
                    return Array(pairs.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&").utf8)
                } ?? Array((vector["body"]?.string ?? "").utf8)
            let outcome = Self.check(
                [], target: String(url[slash...]), body: body, publicURL: String(url[..<slash]), signature: signature, secrets: [token])
            #expect((outcome == .valid) == (vector["ok"]?.bool ?? true), "\(vector["name"]?.string ?? url)")
        }
    }

    private static func encoded(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
}
