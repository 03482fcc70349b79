import AttuneEngine
import Testing

@testable import AttuneCore

/// What the scanner finds, the parser finds too, and finds the same.
@Suite struct RecordScanTests {
    /// What a record says, as the parser reads it.
    private struct Reading: Equatable {
        var text: [UInt8]
        var id: [UInt8]?
        var role: Role?
        var language: [UInt8]?
        var kept: [UInt8] = []
    }

    private static let kept = ["conversationID", "role", "sentAt", "channel", "rating"]

    private static func parsed(_ line: [UInt8]) -> Reading? {
        guard let record = try? JSONParser.parse(line), let text = record["text"]?.string else { return nil }
        var reading = Reading(text: Array(text.utf8), role: record["role"]?.string.flatMap(Role.init))
        if let id = record["id"], id.scalarText != nil { reading.id = JSONWriter.bytes(id) }
        if let language = record["language"], language.string != nil { reading.language = JSONWriter.bytes(language) }
        for member in record.members where kept.contains(member.key) && !member.value.isNull {
            reading.kept += [UInt8(ascii: ",")] + JSONWriter.bytes(.string(member.key)) + [UInt8(ascii: ":")] + JSONWriter.bytes(member.value)
        }
        return reading
    }

    private static func scanned(_ line: [UInt8], _ record: RecordScan = RecordScan()) -> Reading? {
        var record = record
        return line.withUnsafeBufferPointer { bytes in
            guard record.read(bytes) else { return nil }
            var text = ByteBuffer()
            var kept = ByteBuffer()
            record.appendText(to: &text)
            record.appendKept(to: &kept)
            return Reading(
                text: Array(text.bytes), id: record.id.map { Array($0) }, role: record.role, language: record.language.map { Array($0) },
                kept: Array(kept.bytes))
        }
    }

    private static let plain = [
        #"{"text":"Great service!"}"#,
        #"  { "text" : "spaces everywhere" , "id" : 7 } "#,
        "\t{\"text\"\r:\n\"all four blanks\"}\r",
        #"{"id":"a-1","text":"ok","role":"customer","conversationID":"c","sentAt":"2026-01-01T00:00:00Z","channel":"chat","rating":5,"other":1}"#,
        #"{"rating":-1.50e+3,"channel":true,"sentAt":0,"conversationID":false,"role":12,"text":""}"#,
        #"{"text":"a","role":"agent"}"#, #"{"text":"a","role":"bot"}"#, #"{"text":"a","role":"system"}"#, #"{"text":"a","role":"owner"}"#,
        #"{"text":"a","id":null,"role":null,"language":null,"rating":null}"#,
        #"{"text":"a","language":"pt","id":9007199254740993}"#, #"{"text":"a","language":7,"id":true}"#, #"{"text":"a","id":-0}"#,
        #"{"text":"\"\\\/\b\f\n\r\t","id":1}"#, #"{"text":"caf\u00e9 \u0000 \ud83d\ude00 \u0939\u0940"}"#, #"{"text":"ends with \\"}"#,
        #"{"text":"नमस्ते 😀 café \#u{7F} Привет 你好","id":"ü"}"#,
        #"{"meta":{"text":"no","a":[1,[2,{"b":[]}],{}],"c":"\u00e9\n"},"text":"yes"}"#,
        #"{"":1,"t":2,"te":3,"tex":4,"texts":5,"Text":6,"text":"exactly this","conversationId":7,"ids":8}"#,
        #"{"meta":"café \"","text":"escapes elsewhere","n":[0,-1,1.5,1e9,1E-9,true,false,null]}"#,
    ]

    /// Left to the parser, which finds them good or tells what is wrong.
    private static let odd = [
        "", " ", "{", "{}", "[]", "1", "null", #""text""#, "[{\"text\":\"a\"}]", #"{"text":1}"#, #"{"text":null}"#, #"{"text":["a"]}"#,
        #"{"body":"a"}"#,
        #"{"text":"a","text":"b"}"#, #"{"text":"a","role":"agent","role":"customer"}"#, #"{"te\u0078t":"a"}"#, #"{"text":"a","rol\u0065":"bot"}"#,
        #"{"text":"a","id":"\u0041"}"#, #"{"text":"a","role":"\u0062ot"}"#, #"{"text":"a","language":"e\u006e"}"#,
        #"{"text":"a","channel":"a\/b"}"#, #"{"text":"a","rating":{"value":3}}"#, #"{"text":"a","id":[1]}"#, #"{"text":"a","sentAt":[ 1 ]}"#,
        #"{"text":"a"} x"#, #"{"text":"a"}}"#, #"{"text":"a",}"#, #"{,"text":"a"}"#, #"{"text" "a"}"#, #"{"text":"a" "id":1}"#, #"{"text":}"#,
        #"{"text":"a","id":01}"#, #"{"text":"a","id":-}"#, #"{"text":"a","id":1.}"#, #"{"text":"a","id":1e}"#, #"{"text":"a","id":.5}"#,
        #"{"text":"a","id":+1}"#, #"{"text":"a","id":tru}"#, #"{"text":"a","id":True}"#, #"{"text":"a","id":NaN}"#, #"{"text":"a","x":nul}"#,
        #"{"text":"\x"}"#, #"{"text":"\u12"}"#, #"{"text":"\u12g4"}"#, #"{"text":"\ud800"}"#, #"{"text":"\udc00"}"#, #"{"text":"\ud800\u0041"}"#,
        #"{"text":"\ud800x\udc00"}"#, #"{"text":"\"#, #"{"text":"a\"#, #"{"text":"a"#, "{\"text\":\"a\u{1}\"}", "{\"text\":\"a\nb\"}",
        "{\"text\":\"a\",\"id\":\"\0\"}",
        "\u{FEFF}{\"text\":\"a\"}", "{'text':'a'}", "{\"text\":\"a\"/**/}", #"{"text":"a","x":[1,]}"#, #"{"text":"a","x":{"y"}}"#,
        #"{"text":"a","x":[}"#,
    ]

    @Test(arguments: plain)
    func plainRecordsAreReadAsTheParserReadsThem(line: String) throws {
        let bytes = Array(line.utf8)
        let expected = try #require(Self.parsed(bytes), "the parser refuses it")
        #expect(Self.scanned(bytes) == expected)
    }

    @Test func nothingIsLeftOfTheRecordBefore() throws {
        let before = Array(Self.plain[3].utf8)
        try before.withUnsafeBufferPointer { bytes in
            var record = RecordScan()
            let isRead = record.read(bytes)
            #expect(isRead)
            for line in Self.plain + Self.odd {
                let bytes = Array(line.utf8)
                #expect(Self.scanned(bytes, record) == Self.scanned(bytes))
            }
            let role = try #require(record.role)
            #expect(role == .customer)
        }
    }

    /// Whose name tells nothing is asked once, structures and names that tell by their value each time.
    @Test func membersThatTellOfTheWriterAreLeftToTheParser() throws {
        let record = RecordScan { name, value, isStructure in
            if name.elementsEqual("type".utf8) { return value.elementsEqual("\"note\"".utf8) }
            return name.elementsEqual("is_agent".utf8) || isStructure && name.elementsEqual("author".utf8) ? true : nil
        }
        for (line, isPlain) in [
            (#"{"text":"a","author":"x","other":1}"#, true), (#"{"text":"a","author":{"role":"agent"}}"#, false),
            (#"{"text":"a","is_agent":true}"#, false), (#"{"is_agent":null,"text":"a"}"#, true), (#"{"text":"a","author":[1]}"#, false),
            (#"{"text":"a","author":"y"}"#, true), (#"{"text":"a","type":"reply"}"#, true), (#"{"text":"a","type":"note"}"#, false),
        ] {
            #expect((Self.scanned(Array(line.utf8), record) != nil) == isPlain, "\(line)")
        }
    }

    @Test(arguments: odd)
    func oddRecordsAreLeftToTheParser(line: String) { #expect(Self.scanned(Array(line.utf8)) == nil) }

    @Test func brokenUTF8IsLeftToTheParser() throws {
        // Unicode, table 3-7: overlong forms, surrogates, beyond U+10FFFF, cut and stray bytes.
        let broken: [[UInt8]] = [
            [0xFF], [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1],
            [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE0, 0xA4, 0xC0],
            [0xF0, 0x9F, 0x98, 0x28],
        ]
        let whole: [[UInt8]] = [
            [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80],
            [0xF4, 0x8F, 0xBF, 0xBF],
        ]
        // Near the line's end no four bytes can be looked at: every distance from it.
        for before in 0..<10 {
            for after in ["\"}", "x\"}", "\",\"id\":12345678}"] {
                let frame = { (bytes: [UInt8]) in Array("{\"text\":\"".utf8) + Array(repeating: 0x61, count: before) + bytes + Array(after.utf8) }
                for bytes in broken { #expect(Self.scanned(frame(bytes)) == nil, "\(bytes)") }
                for bytes in whole {
                    let expected = try #require(Self.parsed(frame(bytes)))
                    #expect(Self.scanned(frame(bytes)) == expected, "\(bytes)")
                }
            }
        }
    }

    @Test func deepNestingIsLeftToTheParser() {
        let nested = { (n: Int) in Array("{\"x\":\(String(repeating: "[", count: n))\(String(repeating: "]", count: n)),\"text\":\"a\"}".utf8) }
        #expect(Self.scanned(nested(JSONCursor.depthLimit - 1)) != nil)
        #expect(Self.scanned(nested(JSONCursor.depthLimit)) == nil)
        #expect(Self.scanned(nested(1_000_000)) == nil)
    }

    @Test func damagedRecordsNeverReadOtherwiseThanTheParserReadsThem() {
        var random = SplitMix64(seed: 11)
        let alphabet = Array("{}[]\",:\\u0dD89aeEtrulfsn-+. /\t\r\n\u{1}".utf8) + [0x80, 0xBF, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xFF]
        var (agreed, refused) = (0, 0)
        for line in Self.plain {
            for _ in 0..<3_000 {
                var bytes = Array(line.utf8)
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let at = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes[at] = alphabet.randomElement(using: &random) ?? 0
                    case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: at)
                    case 2: if bytes.count > 1 { bytes.remove(at: at) }
                    default: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &random))
                    }
                }
                guard let scanned = Self.scanned(bytes) else {
                    refused += 1
                    continue
                }
                agreed += 1
                #expect(scanned == Self.parsed(bytes), "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
        #expect(agreed > 5_000 && refused > 5_000, "\(agreed) read, \(refused) left to the parser")
    }

    @Test func everyCutOfARecordIsLeftToTheParser() {
        for line in Self.plain {
            let bytes = Array(line.utf8)
            let end = bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0
            for length in 0..<end { #expect(Self.scanned(Array(bytes[..<length])) == nil, "\(line) cut at \(length)") }
        }
    }
}
