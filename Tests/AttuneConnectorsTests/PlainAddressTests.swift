import AttuneEngine
import Testing

@testable import AttuneConnectors

@Suite struct PlainAddressTests {
    /// What is read in one step is what the grammar makes of it, which a comma at the end asks for.
    @Test func plainAddressesAreReadAsTheGrammarReadsThem() {
        var generator = SplitMix64(seed: 7)
        let pieces = [
            "Ann", "Lee", "\"", "&", ",", "/", " ", "<", ">", "@", ".", "-", "example.COM", "a.b", "'", ":", "mailto:", "=?", "é", "\t",
        ]
        var named = 0
        for round in 0..<20_000 {
            var text = ["Ann Lee <ann@Example.com>", "<ann@example.com>", "\"Lee, Ann\" <ann@Example.com>"][round % 3]
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                var characters = Array(text.unicodeScalars)
                let at = Int.random(in: 0...characters.count, using: &generator)
                if Bool.random(using: &generator), at < characters.count { characters.remove(at: at) }
                let piece = pieces.randomElement(using: &generator) ?? ""
                characters.insert(contentsOf: Array(piece.unicodeScalars), at: min(at, characters.count))
                text = String(String.UnicodeScalarView(characters))
            }
            // An angle or a quoted string that stays open would take the comma in.
            guard text.last == ">", text.utf8.count(where: { $0 == 34 }) % 2 == 0 else { continue }
            let (one, list) = (MailAddress(first: Array(text.utf8)), MailAddress(first: Array((text + ",").utf8)))
            #expect(one == list, "\(text)")
            if one?.name != nil, one?.address != nil { named += 1 }
        }
        #expect(named > 1_000)
    }
}
