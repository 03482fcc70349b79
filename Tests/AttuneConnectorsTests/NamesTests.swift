import AttuneCore
import Testing

@testable import AttuneConnectors

/// Short ways of reading names, addresses and elements give what the long ways give.
@Suite struct NamesTests {
    private func rules(_ agent: String) -> RoleRules {
        var configuration = ConnectorConfiguration()
        configuration.agentNames = [agent]
        return RoleRules(configuration)
    }

    @Test func agentsAreFoundByTheirFoldedNames() {
        let names = ["Ana", "ana lee", "~Bo~", "Café Zoë", "Анна", "山田", "@shop", "+1 555 0100", "K", "a;", "x", "Straße", ""]
        let asked =
            names + [
                "ANA", " ana ", "\u{200E}Ana\u{A0}", "anB", "bo", "cafe\u{301} zoe\u{308}", "CAFÉ ZOË", "АННА", "shop", "\u{212A}", "a\u{37E}", "é",
                "STRASSE", "~",
            ]
        for known in names {
            let rules = rules(known)
            for name in asked { #expect(rules.isAgent(name: name) == (RoleRules.folded(known) == RoleRules.folded(name)), "\(known) \(name)") }
        }
        #expect(rules("@shop").namesHandles)
        #expect(!rules("shop").namesHandles)
    }

    @Test(
        arguments: [
            (#""a@b.example""#, "a@b.example"), (#"" Ana@B.Example ""#, "Ana@b.example"), (#""Ana <A@B.example>""#, "A@b.example"),
            (#""<a@b>""#, "a@b"),
            (#""a b@c""#, nil), (#""@b""#, nil), (#""a@""#, nil), (#""ab""#, nil), (#""""#, nil), ("7", nil), ("null", nil), (#""a@b@C""#, "a@b@c"),
            (#""x>""#, nil), (#""a@b>""#, "a@b>"), (#""Zoë <Z@B.example>""#, "Z@b.example"), (#""é@B""#, "é@b"), (#""a\u0040B""#, "a@b"),
            (#""<<a@b>""#, "a@b"),
            (#""a <b c@d>""#, nil), (#""a@b\u00a0""#, "a@b"),
        ] as [(String, String?)])
    func addresses(json: String, address: String?) {
        let read = Payload.reading(json) { value in DeskIdentity.email(value, verified: true)?.value }
        #expect(read ?? nil == address)
    }

    @Test(
        arguments: [
            (["div", "DIV", "h1", "figcaption", "p"], [.block]), (["blockquote", "PRE"], [.block, .named]), (["IMG"], [.void]),
            (["br"], [.void, .named]), (["hr"], [.block, .void, .named]), (["td", "th"], [.named]), (["head", "title", "xml"], [.metadata, .named]),
            (["link"], [.void, .metadata]), (["style", "Script"], [.metadata, .raw]), (["noscript"], [.metadata]),
            (["h7", "figcaptionx", "span", "x-p", "", "o:p", "pé"], []),
        ] as [([String], [HTMLElements.Traits])])
    func elements(names: [String], traits: [HTMLElements.Traits]) {
        for name in names {
            let bytes = Array(name.utf8)
            let found = bytes.withUnsafeBufferPointer { HTMLElements.traits(HTMLName($0, 0..<bytes.count)) }
            #expect(found == HTMLElements.Traits(traits), "\(name)")
        }
    }
}
