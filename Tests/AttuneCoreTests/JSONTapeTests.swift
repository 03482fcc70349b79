import AttuneEngine
import Testing

@testable import AttuneCore

/// What the tape's short ways must not change: members are found where they stood in another object, texts are read by pieces.
@Suite struct JSONTapeTests {
    /// Names of which many have the same length, first and last byte.
    private static let names = ["id", "ad", "text", "test", "tent", "user", "uber", "a", "b", "", "subtype", "subtape", "time", "u\\u0073er"]

    /// An object of some of the names, in any order and perhaps twice, perhaps with others inside.
    private static func object(_ generator: inout SplitMix64, depth: Int) -> String {
        let members = (0..<Int.random(in: 0...6, using: &generator)).map { number in
            let name = names[Int.random(in: names.indices, using: &generator)]
            let isDeep = depth < 2 && Int.random(in: 0..<4, using: &generator) == 0
            return "\"\(name)\":" + (isDeep ? object(&generator, depth: depth + 1) : "\(number)")
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private static func check(_ node: JSONNode, _ text: String) {
        let members = node.members
        for name in names + ["user", "none"] {
            let last = members.last { $0.key == name }?.value
            let found = node[named: name]
            #expect(found?.offset == last?.offset && (found == nil) == (last == nil), "\(name) in \(text)")
        }
        for member in members where member.value.isObject { check(member.value, text) }
    }

    @Test func theLastMemberOfANameIsFoundAfterAnyOtherObject() throws {
        var generator = SplitMix64(seed: 7)
        var reader = JSONReader()
        for _ in 0..<4_000 {
            let text = Self.object(&generator, depth: 0)
            try Array(text.utf8).withUnsafeBufferPointer { Self.check(try reader.parse($0), text) }
        }
    }

    /// A long text is copied by pieces: values of all lengths, numbers among them, that end anywhere in a piece.
    @Test func valuesOfAnyLengthAreReadFromALongText() throws {
        var generator = SplitMix64(seed: 8)
        let values = (0..<600).map { _ in
            let count = 1 << Int.random(in: 0...12, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: return String(repeating: "7", count: count)
            case 1: return "\"" + String(repeating: "x", count: count) + "\""
            default: return "[\n" + String(repeating: "1,\n", count: count / 3) + "2]"
            }
        }
        let text = Array(values.joined(separator: "\n").utf8)
        var reader = JSONReader()
        try text.withUnsafeBufferPointer { bytes in
            var at = 0
            for value in values {
                JSONReader.skipSpace(bytes, &at)
                let (node, end) = try reader.value(bytes, at: at)
                #expect(end - at == value.utf8.count)
                #expect(node.tree == (try JSONParser.parse(Array(value.utf8))))
                #expect(reader.lineBreaks == value.utf8.count { $0 == 10 })
                at = end
            }
        }
    }

    /// More members than are compared with each other when one may occur twice.
    @Test(arguments: [10, 255, 256, 257, 2_000]) func namesOfALargeObjectAreFound(_ count: Int) throws {
        var reader = JSONReader()
        let text = "{" + (0..<count).map { "\"key\($0)\":\($0)" }.joined(separator: ",") + ",\"key3\":-1}"
        try Array(text.utf8).withUnsafeBufferPointer {
            let node = try reader.parse($0)
            for i in 0..<count { #expect(node[named: "key\(i)"]?.integer == (i == 3 ? -1 : Int64(i))) }
            #expect(node[named: "key\(count)"] == nil)
        }
    }
}
