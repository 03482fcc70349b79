import AttuneEngine
import Testing

@testable import AttuneCore

/// The tape against the parser: the same values, the same refusals with the same words, for any bytes.
@Suite struct JSONNodeTests {
    private static func read(_ bytes: [UInt8], _ reader: inout JSONReader) -> Result<JSONValue, JSONParser.Failure> {
        bytes.withUnsafeBufferPointer { buffer in
            do throws(JSONParser.Failure) { return .success(try reader.parse(buffer).tree) } catch { return .failure(error) }
        }
    }

    private static func parse(_ bytes: [UInt8]) -> Result<JSONValue, JSONParser.Failure> {
        do throws(JSONParser.Failure) { return .success(try JSONParser.parse(bytes)) } catch { return .failure(error) }
    }

    private static let samples = [
        "", " ", "{", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "-", "1.", "1e", "NaN", "Infinity", "tru", "\"a", "\"\n\"", #""\x""#,
        #""\ud800""#, #""\udc00""#, #""\ud800\u0041""#, #""\u12""#, "[1] 2", "\u{FEFF}1", "null", " [ ] ", "{ }", "[[[]],{}]",
        #"{"a":1,"a":2,"\u0061":3}"#,
        #"{"entry":[{"id":"1","n":-1.5e3,"t":"é\ud83d\ude00\n","x":[null,true,false]}],"z":{"y":"\u0000"}}"#,
        "[1,-0.5,2e10,12345678901234567890,\"a\\/b\\\"\", \"\u{10FFFF}ü€\"]", "[1}", "{\"a\":1]", "[,1]", "{,}", "{\"a\":1,}", "truefalse",
        "\"\u{7F}\"",
    ]

    /// The bytes of a string are those of its text, with and without escapes; nothing else has any.
    @Test(arguments: [
        #""""#, #""plain""#, #""é\u00e9\ud83d\ude00\n\"\\""#, #""\u0000a""#, "1", "true", "null", "[]", "{}",
        "\"\(String(repeating: #"\/é"#, count: 400))\"",
    ])
    func stringsAreReadAsBytes(text: String) throws {
        var reader = JSONReader()
        try Array(text.utf8).withUnsafeBufferPointer { bytes in
            let node = try reader.parse(bytes)
            #expect(node.withStringBytes { Array($0) } == node.string.map { Array($0.utf8) })
        }
    }

    @Test(arguments: samples)
    func samplesAreReadAlike(text: String) {
        var reader = JSONReader()
        for text in [text, " \n\(text)\t", "[\(text)]", "{\"k\":\(text)}"] {
            #expect(Self.read(Array(text.utf8), &reader) == Self.parse(Array(text.utf8)), "\(text)")
        }
    }

    /// The bytes of a string, read without one.
    @Test(arguments: [#""""#, #""a""#, #""a\n\"b""#, #""\ud83d\ude00 é \u00e9""#, "1", "true", "null", "[]", "{}"])
    func aStringIsAlsoItsBytes(text: String) throws {
        var reader = JSONReader()
        try Array(text.utf8).withUnsafeBufferPointer { bytes in
            let node = try reader.parse(bytes)
            #expect(node.withStringBytes { String(copying: $0) } == node.string)
        }
    }

    /// One reader for all, so that what one text leaves behind would show in the next.
    @Test func damagedTextsAreReadAlike() {
        var reader = JSONReader()
        for sample in Self.samples {
            let text = Array(sample.utf8)
            for i in text.indices {
                for byte in [0, 0x09, 0x20, 0x22, 0x2C, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xC3, 0xED, 0xF4, 0xFF, text[i] ^ 1] as [UInt8] {
                    var damaged = text
                    damaged[i] = byte
                    #expect(Self.read(damaged, &reader) == Self.parse(damaged), "\(damaged)")
                }
                #expect(Self.read(Array(text[..<i]), &reader) == Self.parse(Array(text[..<i])))
            }
        }
    }

    @Test func randomTextsAreReadAlike() {
        var generator = SplitMix64(seed: 5)
        var reader = JSONReader()
        var sound = 0
        for _ in 0..<3_000 {
            var text = JSONWriter.bytes(Self.value(&generator, depth: 0))
            if Bool.random(using: &generator) {
                let at = Int.random(in: text.indices, using: &generator)
                text[at] = UInt8.random(in: 0...255, using: &generator)
            }
            let outcome = Self.read(text, &reader)
            if case .success = outcome { sound += 1 }
            #expect(outcome == Self.parse(text), "\(String(decoding: text, as: UTF8.self))")
        }
        #expect(sound > 1_000 && sound < 3_000)
    }

    private static func value(_ generator: inout SplitMix64, depth: Int) -> JSONValue {
        switch Int.random(in: depth > 4 ? 2...7 : 0...7, using: &generator) {
        case 0: return .array((0..<Int.random(in: 0...40, using: &generator) / (depth + 1)).map { _ in value(&generator, depth: depth + 1) })
        case 1:
            return .object((0..<Int.random(in: 0...6, using: &generator)).map { _ in .init(text(&generator), value(&generator, depth: depth + 1)) })
        case 2: return .null
        case 3: return .bool(.random(using: &generator))
        case 4: return .int(Int64.random(in: .min ... .max, using: &generator) >> Int64.random(in: 0...63, using: &generator))
        case 5: return .number(["0", "-0", "1.5", "1e9", "-2.25E-3"][Int.random(in: 0...4, using: &generator)])
        default: return .string(text(&generator))
        }
    }

    private static func text(_ generator: inout SplitMix64) -> String {
        let pieces = ["a", "id", "text", "\"", "\\", "\n", "\0", "é", "€", "😀", "\u{2028}", " long enough to need memory of its own "]
        return (0..<Int.random(in: 0...5, using: &generator)).map { _ in pieces[Int.random(in: pieces.indices, using: &generator)] }.joined()
    }

    /// Those that are there, also twice, and those that are not, in objects of all sizes and within each other.
    @Test func membersAreFoundByTheirNames() throws {
        var generator = SplitMix64(seed: 9)
        var reader = JSONReader()
        let names = ["", "é"] + (0..<60).map { String(repeating: "ab", count: $0 / 12) + String($0 * 7, radix: 36) }
        func object(_ depth: Int) -> JSONValue {
            .object(
                (0..<Int.random(in: 0...24, using: &generator)).map { i in
                    .init(names[Int.random(in: names.indices, using: &generator)], depth < 2 && i % 7 == 0 ? object(depth + 1) : .int(Int64(i)))
                })
        }
        for _ in 0..<200 {
            let value = object(0)
            let node = try JSONWriter.bytes(value).withUnsafeBufferPointer { try reader.parse($0) }
            for name in names {
                #expect(node[named: name]?.tree == value[name], "\(name)")
                for inner in names where value[name]?.isObject == true { #expect(node[named: name]?[named: inner]?.tree == value[name]?[inner]) }
            }
        }
        withExtendedLifetime(reader) {}
    }

    @Test(arguments: [
        (#""user""#, true), (#""users""#, false), (#""use""#, false), (#""User""#, false), (#""u\u0073er""#, true), (#""u\u0073ed""#, false),
        (#""""#, false), ("null", false), ("[\"user\"]", false), ("{\"user\":1}", false), ("1234", false), ("true", false),
    ])
    func aWordIsToldWithoutAString(_ text: String, _ isSaid: Bool) throws {
        var reader = JSONReader()
        let node = try Array(text.utf8).withUnsafeBufferPointer { try reader.parse($0) }
        #expect(node.says("user") == isSaid)
        #expect(node.says("") == (text == #""""#) && !node.says("1234") && !node.says("true"))
        withExtendedLifetime(reader) {}
    }

    @Test(arguments: ["[]", "[1]", "[[1,2],[],{\"a\":[3]},null,\"x\"]", "{}", "{\"a\":1}", "null", "7"])
    func itemsComeAloneAndTogether(_ text: String) throws {
        var reader = JSONReader()
        let node = try Array(text.utf8).withUnsafeBufferPointer { try reader.parse($0) }
        let items = try JSONParser.parse(Array(text.utf8)).array
        #expect(node.array.map { $0.map(\.tree) } == items && node.isArray == (items != nil))
        #expect(node.eachItem.map(\.tree) == items ?? [] && node.items.map(\.tree) == items ?? [] && node.itemCount == items?.count ?? 0)
        #expect(JSONNode.null.eachItem.map(\.tree).isEmpty)
        withExtendedLifetime(reader) {}
    }

    /// Names of the same length, first and last byte, which differ in one byte between them.
    @Test(arguments: 1...20) func similarNamesAreToldApart(_ count: Int) throws {
        let name = "a" + String(repeating: "m", count: max(0, count - 2)) + (count > 1 ? "z" : "")
        let others = (1..<max(1, count - 1)).map { at in String(name.enumerated().map { $0.offset == at ? "x" : $0.element }) }
        var reader = JSONReader()
        for present in [name] + others {
            let node = try JSONWriter.bytes(.object([.init(present, .int(1))])).withUnsafeBufferPointer { try reader.parse($0) }
            for asked in [name] + others { #expect((node[named: asked] != nil) == (asked == present), "\(asked) in \(present)") }
        }
        withExtendedLifetime(reader) {}
    }

    /// A value between two names, or behind the last, may be larger than the way back that a name notes.
    @Test(arguments: [1, 65_530, 65_533, 65_534, 65_535, 70_000]) func namesAreFoundAcrossLargeValues(_ count: Int) throws {
        let large = JSONValue.array(Array(repeating: .int(0), count: count))
        let twice = JSONValue.object([
            .init("id", .int(1)), .init("first", .int(2)), .init("null", .null), .init("large", large), .init("id", .int(3)), .init("more", large),
        ])
        var reader = JSONReader()
        let node = try JSONWriter.bytes(.object([.init("outer", twice), .init("id", .int(4))])).withUnsafeBufferPointer { try reader.parse($0) }
        let inner = try #require(node["outer"])
        #expect(node["id"]?.integer == 4 && inner["id"]?.integer == 3 && inner["first"]?.integer == 2)
        #expect(inner["large"]?.items.count == count && inner["more"]?.items.count == count && inner["none"] == nil && node["first"] == nil)
        #expect(inner["null"] == nil && inner.tree["null"] == .null)
        withExtendedLifetime(reader) {}
    }

    @Test func nestingHasALimitOnBothSides() {
        var reader = JSONReader()
        for depth in [1, 64, 127, 128, 129, 130, 131, 100_000] {
            for inner in ["", "1", "{}"] {
                let text = Array((String(repeating: "[", count: depth) + inner + String(repeating: "]", count: depth)).utf8)
                #expect(Self.read(text, &reader) == Self.parse(text), "\(depth) \(inner)")
            }
        }
    }

    @Test func accessorsAnswerAsThoseOfAValue() throws {
        let text = #"""
            {"s":"a\n","n":9007199254740993,"f":-1.5,"t":true,"z":null,"q":"-42","l":[1,"2",{"k":"v"}],"o":{"p":{"q":7}},"s":"last","\u006b":"escaped",
            "e":{},"h":"99999999999999999999","i":"+5","d":"0x1","":"nameless","y":1,"y":null,"aXb":1,"aYb":2,"a\u0059b":3,"aZb":4,"aZb":5,"\u0061Qb":6}
            """#
        var reader = JSONReader()
        let node = try Array(text.utf8).withUnsafeBufferPointer { try reader.parse($0) }
        let value = try JSONParser.parse(Array(text.utf8))
        for name in ["s", "n", "f", "t", "z", "q", "l", "o", "k", "e", "h", "i", "d", "missing", "", "aXb", "aYb", "aZb", "aQb", "aWb"] {
            // A member that is null is missing here, and a null there.
            let (a, b) = (node[named: name], value[name].flatMap { $0.isNull ? nil : $0 })
            #expect(a?.string == b?.string && a?.scalarText == b?.scalarText && a?.integer == b?.integer && a?.double == b?.double, "\(name)")
            #expect(a?.bool == b?.bool && a?.isNull == b?.isNull && a?.isObject == b?.isObject && a?.items.map(\.tree) == b?.items, "\(name)")
            #expect(a?.array?.count == b?.array?.count && a?.members.map(\.key) == b?.members.map(\.key) && a?[1]?.tree == b?[1], "\(name)")
        }
        #expect(node["z"] == nil && node["y"] == nil && !node.members.contains { $0.value.isNull } && node.tree["z"] == .null)
        #expect(node.at("o", "p", "q")?.integer == 7 && node.at("o", "x", "q") == nil && node["l"]?[3] == nil && node["l"]?[-1] == nil)
        withExtendedLifetime(reader) {}
        #expect(JSONNode.null.isNull && JSONNode.null["a"] == nil && JSONNode.null.items.isEmpty && JSONNode.null.tree == .null)
    }

    /// A copy of a reader reads into memory of its own.
    @Test func copiesOfAReaderDoNotDisturbEachOther() throws {
        var reader = JSONReader()
        let first = try Array(#"{"text":"first"}"#.utf8).withUnsafeBufferPointer { try reader.parse($0) }
        var copy = reader
        let second = try Array(#"{"text":"second"}"#.utf8).withUnsafeBufferPointer { try copy.parse($0) }
        #expect(first["text"]?.string == "first" && second["text"]?.string == "second")
        withExtendedLifetime((reader, copy)) {}
    }

    @Test func aNULIsSeenWhereItIs() throws {
        var reader = JSONReader()
        let node = try Array(#"[{"a":"b"},{"a":"\u0000"},{"\u0000":1},{"a":"\\u0000"}]"#.utf8).withUnsafeBufferPointer { try reader.parse($0) }
        #expect(node.hasNUL && node.items.map(\.hasNUL) == [false, true, true, false])
        withExtendedLifetime(reader) {}
    }

    @Test func valuesAreReadOneAfterAnother() throws {
        var reader = JSONReader()
        let (offsets, end) = try Array(#"  {"a":[1]} 7"#.utf8).withUnsafeBufferPointer { text in
            let (node, end) = try reader.value(text, at: 2)
            return (node["a"]?[0]?.offset, end)
        }
        #expect(offsets == 6 && end == 11)
        let failure = #expect(throws: JSONParser.Failure.self) {
            try Array(#"[{"a":1},{"b":tru}]"#.utf8).withUnsafeBufferPointer { _ = try reader.value($0, at: 9) }
        }
        #expect(failure == JSONParser.Failure(offset: 14, reason: "unexpected character"))
    }
}
