import Testing

@testable import AttuneCore

@Suite struct JSONTests {
    @Test(arguments: [
        #"null"#, #"[]"#, #"{}"#, #"[1,-0.5,2e10,12345678901234567890]"#, #"{"a":{"b":[true,false,null]},"ü":"é😀"}"#, #""\"\\/\n""#,
    ])
    func valuesRoundTrip(text: String) throws {
        let value = try JSONParser.parse(Array(text.utf8))
        #expect(try JSONParser.parse(JSONWriter.bytes(value)) == value)
    }

    @Test func everyByteIsEscapedWhereverItStands() throws {
        for length in 0..<20 {
            for at in 0...length {
                for scalar in (0..<0x30).map({ Unicode.Scalar(UInt8($0)) }) + ["\\", "\u{7F}", "é", "€", "😀", "\u{80}"] {
                    let text = String(repeating: "a", count: at) + String(scalar) + String(repeating: "é", count: length - at)
                    let written = JSONWriter.string(.string(text))
                    let escaped = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
                    #expect(escaped == written.contains("\\"), "\(scalar.value)")
                    #expect(try JSONParser.parse(Array(written.utf8)) == .string(text))
                }
            }
        }
    }

    /// What is printed ends no line for anybody; what is stored stays.
    @Test func signsThatEndLinesArePrintedEscaped() throws {
        for length in 0..<20 {
            for at in 0...length {
                for scalar in ["\u{85}", "\u{2028}", "\u{2029}", "\u{2027}", "\u{202A}", "\u{84}", "’", "\u{A0}", "\"", "\n"] as [Unicode.Scalar] {
                    let text = String(repeating: "a", count: at) + String(scalar) + String(repeating: "’", count: length - at) + "é"
                    var out = ByteBuffer()
                    JSONWriter.write(text, into: &out)
                    let printed = JSONWriter.printed(.string(text))
                    #expect(printed == Array(out.bytes))
                    let line = String(decoding: printed, as: UTF8.self)
                    #expect(line.contains("\\") == [0x85, 0x2028, 0x2029, 0x22, 10].contains(scalar.value), "\(scalar.value)")
                    #expect(!line.unicodeScalars.contains { [0x85, 0x2028, 0x2029].contains($0.value) })
                    #expect(try JSONParser.parse(printed) == .string(text))
                    #expect(JSONWriter.string(.string(text)).unicodeScalars.contains(scalar) || scalar.value < 0x80)
                }
            }
        }
    }

    @Test func idsBeyondDoublesKeepTheirDigits() throws {
        let value = try JSONParser.parse(Array(#"{"id":9007199254740993}"#.utf8))
        #expect(value["id"]?.scalarText == "9007199254740993")
        #expect(value["id"]?.integer == 9_007_199_254_740_993)
    }

    @Test(arguments: [
        (#""\u00e9""#, "é"), (#""\ud83d\ude00""#, "😀"), (#""a\/b""#, "a/b"), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"), (#""\u0000""#, "\0"),
    ])
    func escapesAreRead(text: String, expected: String) throws {
        #expect(try JSONParser.parse(Array(text.utf8)).string == expected)
    }

    @Test(arguments: [
        "", "{", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "-", "1.", "1e", "NaN", "Infinity", "tru", "\"a", "\"\n\"", #""\x""#,
        #""\ud800""#, #""\udc00""#, #""\ud800\u0041""#, #""\u12""#, "[1] 2", "\u{FEFF}1",
    ])
    func whatIsNoJSONIsRefusedWithItsPlace(text: String) {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test func invalidUTF8IsRefused() {
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse([0x22, 0x5C, 0x6E, 0xC3, 0x22]) }
    }

    @Test func nestingHasALimitOnBothSides() throws {
        let deep = { (n: Int) in Array((String(repeating: "[", count: n) + String(repeating: "]", count: n)).utf8) }
        #expect(throws: Never.self) { try JSONParser.parse(deep(JSONParser.depthLimit)) }
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(deep(JSONParser.depthLimit + 2)) }
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(deep(1_000_000)) }
    }

    @Test func damagedDocumentsNeverTrap() throws {
        let document = Array(#"{"entry":[{"id":"1","n":-1.5e3,"t":"é\ud83d\ude00\n","x":[null,true]}]}"#.utf8)
        var refused = 0
        for i in document.indices {
            for byte in [0, 0x22, 0x5C, 0x7B, 0xC3, 0xFF, document[i] ^ 1] as [UInt8] {
                var damaged = document
                damaged[i] = byte
                if (try? JSONParser.parse(damaged)) == nil { refused += 1 }
            }
            if (try? JSONParser.parse(Array(document[..<i]))) == nil { refused += 1 }
        }
        #expect(refused > document.count)
    }

    @Test(arguments: [
        (0.0, 4, "0"), (0.5, 4, "0.5"), (-0.123456, 4, "-0.1235"), (1.0, 6, "1"), (0.00001, 4, "0"), (-12.5, 2, "-12.5"), (0.05, 2, "0.05"),
        (Double.nan, 4, "null"), (Double.infinity, 4, "null"), (1e12, 4, "null"),
    ])
    func decimalsAreWritten(value: Double, decimals: Int, expected: String) {
        var out = [UInt8]()
        DecimalText.append(value, decimals: decimals, to: &out)
        #expect(String(decoding: out, as: UTF8.self) == expected)
    }
}
