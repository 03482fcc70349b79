import AttuneConnectors
import AttuneCore
import Foundation
import Testing

@testable import AttuneCommands

/// Zip files made by hand, byte by byte: a local header and the data of each entry, the directory, the end record.
struct ZipWriter {
    private(set) var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    private static func little(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

    /// CRC-32 bit by bit.
    static func crc(_ bytes: [UInt8]) -> Int {
        var crc: UInt32 = ~0
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return Int(~crc)
    }

    /// - Parameters:
    ///   - data: as it stands in the file.
    ///   - content: what it means, by default the same.
    mutating func add(
        _ name: String, _ data: [UInt8], content: [UInt8]? = nil, method: Int = 0, flags: Int = 0x800, size: Int? = nil, isZip64: Bool = false
    ) {
        let content = content ?? data
        let (crc, size) = (Self.crc(content), size ?? content.count)
        let common = Self.little(flags, 2) + Self.little(method, 2) + Self.little(0, 4) + Self.little(crc, 4)
        let sizes = isZip64 ? Self.little(-1, 8) : Self.little(data.count, 4) + Self.little(size, 4)
        let wide = isZip64 ? Self.little(1, 2) + Self.little(16, 2) + Self.little(size, 8) + Self.little(data.count, 8) : []
        directory += Self.little(0x0201_4B50, 4) + Self.little(20, 2) + Self.little(20, 2) + common + sizes + Self.little(name.utf8.count, 2)
        directory += Self.little(wide.count, 2) + Self.little(0, 10) + Self.little(bytes.count, 4) + Array(name.utf8) + wide
        bytes += Self.little(0x0403_4B50, 4) + Self.little(20, 2) + common + sizes + Self.little(name.utf8.count, 2) + Self.little(3, 2)
        bytes += Array(name.utf8) + [0, 0, 0] + data
        count += 1
    }

    func finished(comment: String = "") -> [UInt8] {
        let end = Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(count, 2) + Self.little(count, 2) + Self.little(directory.count, 4)
        return bytes + directory + end + Self.little(bytes.count, 4) + Self.little(comment.utf8.count, 2) + Array(comment.utf8)
    }
}

@Suite struct ZipArchiveTests {
    /// "hello hello hello hello\n" as zlib deflates it.
    private static let deflated: [UInt8] = [0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x27, 0xB9, 0x00]
    private static let hello = Array("hello hello hello hello\n".utf8)

    private func read(_ bytes: [UInt8]) throws -> (name: String, contents: [UInt8])? {
        try bytes.withUnsafeBytes { bytes in
            let zip = try ZipArchive(bytes)
            return try zip.textEntry.map { ($0.name, try zip.contents(of: $0)) }
        }
    }

    @Test func storedAndDeflatedEntriesAreRead() throws {
        var zip = ZipWriter()
        zip.add("IMG-1.jpg", [1, 2, 3])
        zip.add("_chat.txt", Self.deflated, content: Self.hello, method: 8)
        zip.add("big.txt", Array(repeating: 65, count: 100))
        for bytes in [zip.finished(), zip.finished(comment: "a comment PK\u{5}\u{6}")] {
            let found = try read(bytes)
            #expect(found?.name == "_chat.txt" && found?.contents == Self.hello)
        }
    }

    @Test func theTextIsChosen() throws {
        for (names, chosen) in [
            (["a.jpg", "WhatsApp Chat with Zoë.txt"], "WhatsApp Chat with Zoë.txt"), (["x/_chat.txt", "larger.txt"], "x/_chat.txt"),
            (["small.txt", "larger.txt"], "larger.txt"),
            (["rows.csv"], "rows.csv"), (["a.csv", "b.csv"], nil), ([], nil), (["__MACOSX/._a.txt", "a.TXT"], "a.TXT"), (["folder/"], nil),
        ] as [([String], String?)] {
            var zip = ZipWriter()
            for name in names { zip.add(name, Array(name.utf8)) }
            #expect(try read(zip.finished())?.name == chosen)
        }
    }

    /// `gzip -n` of "hello hello hello hello\n", in a zip file what it is in a folder; cut or changed it is damaged.
    @Test func gzipFilesAreUnpacked() throws {
        let crc = Self.little(ZipWriter.crc(Self.hello)) + Self.little(Self.hello.count)
        let packed = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + Self.deflated + crc
        func unpacked(_ bytes: [UInt8]) throws -> [UInt8]? {
            var zip = ZipWriter()
            zip.add("a.json.gz", bytes)
            return try zip.finished().withUnsafeBytes { bytes in
                let zip = try ZipArchive(bytes)
                return try zip.textEntry.map { try zip.unpacked($0) }
            }
        }
        #expect(try unpacked(packed) == Self.hello && unpacked(packed + packed) == Self.hello + Self.hello && unpacked(Self.hello) == Self.hello)
        for bytes in [Array(packed.dropLast(3)), Array(packed.dropLast()) + [1], Array(packed[..<12]), [0x1F, 0x8B]] as [[UInt8]] {
            #expect(throws: ZipArchive.Failure.damaged) { try unpacked(bytes) }
        }
        #expect(try GzipInflater.inflated(packed, limit: Self.hello.count) == Self.hello)
        #expect(try GzipInflater.inflated(packed, limit: Self.hello.count - 1) == nil)
    }

    private static func little(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

    /// In a zip file of one file and in one of several.
    @Test func packedFilesOfAZipAreInputs() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attune-zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = Array(#"[{"type":"message","user":"U1","text":"late","ts":"1770109747.000200"}]"#.utf8)
        // Stored within its gzip file.
        let size = [UInt8(text.count & 255), UInt8(text.count >> 8)]
        let stored = [1] + size + size.map { ~$0 } + text
        let packed = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + stored + Self.little(ZipWriter.crc(text)) + Self.little(text.count)
        for others in [[], ["settings.json"]] {
            var zip = ZipWriter()
            zip.add("help/2026-02-03.json.gz", packed)
            for name in others { zip.add(name, Array("{}".utf8)) }
            let path = folder.appendingPathComponent("export\(others.count).zip").path
            try Data(zip.finished()).write(to: URL(fileURLWithPath: path))
            var conversations = [String]()
            for place in try InputPlace.all([path], connector: nil) {
                try ConnectorInput(place, connectorName: nil).forEachOperation(ConnectorConfiguration()) { operation, _ in
                    if case .message(let message) = operation { conversations.append(message.conversationID) }
                }
            }
            #expect(conversations == ["help"])
        }
    }

    @Test func namesWithoutTheFlagAndWideNumbersAreRead() throws {
        var zip = ZipWriter()
        zip.add("Größe.txt", Array("ä".utf8), flags: 0, isZip64: true)
        #expect(try read(zip.finished())?.name == "Größe.txt")
        #expect(try read(zip.finished())?.contents == Array("ä".utf8))
    }

    @Test func whatCannotBeReadIsNamed() throws {
        func failure(_ build: (inout ZipWriter) -> Void) -> ZipArchive.Failure? {
            var zip = ZipWriter()
            build(&zip)
            do { _ = try read(zip.finished()) } catch { return error as? ZipArchive.Failure }
            return nil
        }
        #expect(failure { $0.add("a.txt", [1], flags: 1) } == .encrypted)
        #expect(failure { $0.add("a.txt", [1], method: 12) } == .unknownMethod)
        #expect(failure { $0.add("a.txt", [1], content: [2]) } == .damaged)
        #expect(failure { $0.add("a.txt", Self.deflated, content: Self.hello, method: 8, size: 5) } == .damaged)
        #expect(failure { $0.add("a.txt", Self.deflated, content: Self.hello, method: 8, size: 30) } == .damaged)
        // A bomb says what it becomes, or lies.
        #expect(failure { $0.add("a.txt", [0], content: [], method: 8, size: 1 << 30) } == .tooLarge(limit: ZipArchive.contentLimit))
        #expect(failure { $0.add("a.txt", [0], content: [], method: 8, size: 1 << 28) } == .damaged)
    }

    /// Every byte cut or flipped: an error, or what was there.
    @Test func damagedFilesAreRefusedOrRead() throws {
        var zip = ZipWriter()
        zip.add("_chat.txt", Self.deflated, content: Self.hello, method: 8)
        zip.add("b.txt", Self.hello)
        let bytes = zip.finished()
        for i in bytes.indices {
            #expect(throws: ZipArchive.Failure.self) { _ = try read(Array(bytes[..<i])) }
            for bit in 0..<8 {
                var flipped = bytes
                flipped[i] ^= 1 << UInt8(bit)
                do { #expect(try read(flipped)?.contents ?? Self.hello == Self.hello) } catch { #expect(error is ZipArchive.Failure) }
            }
        }
    }

    /// Files of a zip file that a connector is certain about are inputs of their own; one with a chat in it is one input.
    @Test(
        arguments: [
            (
                [
                    ("general/2026-02-03.json", #"[{"type":"message","user":"U1","text":"late","ts":"1770109747.000200"}]"#),
                    ("canvas.html", "<p>x</p>"),
                    ("help/2026-02-03.json", #"[{"type":"message","user":"U2","text":"cold","ts":"1770109748.000200"}]"#),
                    ("settings.json", #"{"a":1}"#),
                ], nil, ["general/2026-02-03.json", "help/2026-02-03.json"]
            ),
            (
                [
                    (
                        "inbox/ann_1/message_1.json",
                        #"{"participants":[],"messages":[{"sender_name":"Ann","timestamp_ms":1770109747000,"content":"late"}]}"#
                    ),
                    ("ads/no-data.txt", "no data"), ("photos/x.jpg", "x"), ("profile.json", #"{"text":"me"}"#),
                ], nil, ["inbox/ann_1/message_1.json"]
            ),
            ([("result.json", #"{"a":1}"#), ("x.json", "{}")], nil, nil),
            (
                [
                    ("box/cur/1770109747.M1P2.host:2,S", "From: a@example.com\nTo: b@example.com\nMessage-ID: <1@a>\n\nlate\n"),
                    ("box/new/1770109748.M2P2.host", "From: a@example.com\nTo: b@example.com\nMessage-ID: <2@a>\n\ncold\n"),
                    ("box/tmp/1770109749.M3P2.host", "From: a@example.com\nTo: b@example.com\nMessage-ID: <3@a>\n\nhalf"), ("new/IMG.jpg", "x"),
                ], nil, ["box/cur/1770109747.M1P2.host:2,S", "box/new/1770109748.M2P2.host"]
            ),
            ([("general/2026-02-03.json", #"[{"type":"message","user":"U1","text":"late","ts":"1770109747.000200"}]"#), ("b.json", "{}")], "x", nil),
            ([("_chat.txt", "[13/02/26, 09:00:00] Bo: hi\n"), ("a.json", "{}")], nil, [""]),
            ([("_chat.txt", "[13/02/26, 09:00:00] Bo: hi\n"), ("notes.txt", "a longer text than that"), ("a.vcf", "x")], nil, [""]),
            (
                [
                    ("WhatsApp Chat with Bo.txt", "13/02/26, 09:00 - Bo: hi\n"), ("WhatsApp Chat with Al.txt", "13/02/26, 09:00 - Al: hi\n"),
                    ("IMG-1.jpg", "x"),
                ], nil, ["WhatsApp Chat with Al.txt", "WhatsApp Chat with Bo.txt"]
            ),
            (
                [("a/_chat.txt", "[13/02/26, 09:00:00] Bo: hi\n"), ("b/_chat.txt", "[13/02/26, 09:00:00] Al: hi\n")], nil,
                ["a/_chat.txt", "b/_chat.txt"]
            ),
            (
                [
                    ("_chat.txt", "[13/02/26, 09:00:00] Bo: hi\n"),
                    ("r.json", #"{"reviewId":"1","comments":[{"userComment":{"text":"late","starRating":2}}]}"#),
                ], nil, ["_chat.txt", "r.json"]
            ),
            ([("a.txt", "late"), ("b.txt", "cold")], nil, nil), ([("a.txt", "late"), ("b.txt", "cold")], "text", ["a.txt", "b.txt"]),
            (
                [
                    ("Inbox", "From a@b.example Tue Feb  3 09:14:07 2026\nFrom: a@b.example\nTo: c@d.example\nMessage-ID: <2@a>\n\nlate\n"),
                    ("b.txt", "x"),
                ], nil, ["Inbox"]
            ),
            ([("WhatsApp Chat with Bo.txt", "13/02/26, 09:00 - Bo: hi\n"), ("IMG-1.jpg", "x")], nil, [""]),
        ] as [([(String, String)], String?, [String]?)])
    func filesOfAZipAreInputs(files: [(String, String)], connector: String?, expected: [String]?) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attune-zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("export.zip").path
        var zip = ZipWriter()
        for (name, text) in files { zip.add(name, Array(text.utf8)) }
        try Data(zip.finished()).write(to: URL(fileURLWithPath: path))
        guard let expected else {
            #expect(throws: CommandFailure.self) { try InputPlace.all([path], connector: connector) }
            return
        }
        let places = try InputPlace.all([path], connector: connector)
        #expect(places.map(\.path) == expected.map { $0.isEmpty ? path : "\(path)/\($0)" })
        for place in places {
            var count = 0
            let input = try ConnectorInput(place, connectorName: connector)
            try input.forEachOperation(ConnectorConfiguration()) { operation, _ in if case .message = operation { count += 1 } }
            #expect(count == 1 && input.name.hasPrefix(place.path))
        }
    }

    /// What is whole is read, what is damaged is named, and the command fails.
    @Test func aDamagedFileDoesNotCostTheOthers() throws {
        try Temporary.with { folder in
            var zip = ZipWriter()
            let review = #"{"reviewId":"$","comments":[{"userComment":{"text":"late","starRating":2}}]}"#
            zip.add("a.json", Array(review.replacing("$", with: "1").utf8), content: [1])
            zip.add("b.json", Array(review.replacing("$", with: "2").utf8))
            let path = folder.appendingPathComponent("export.zip").path
            try Data(zip.finished()).write(to: URL(fileURLWithPath: path))
            let store = ["--store", folder.appendingPathComponent("s.sqlite").path]
            let attune = Attune()
            for command in [["decode"], ["score"], ["import"] + store] {
                let result = try attune.run(command + [path])
                #expect(result.status == 1 && result.error.contains("a.json (its data is damaged: copy it again)"), "\(result.error)")
                if command[0] != "import" { #expect(result.lines.count == 1) } else { #expect(result.error.contains("b.json")) }
            }
            let strict = try attune.run(["import", "--strict", path] + store)
            #expect(strict.status == 1 && !strict.error.contains("b.json"), "\(strict.error)")
        }
    }

    /// The list of users beside a channel's folder names who wrote, in a zip file and out of it.
    @Test func theUsersOfAnExportNameWhoWrote() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attune-zip-\(UUID().uuidString)")
        let channel = folder.appendingPathComponent("export/help")
        try FileManager.default.createDirectory(at: channel, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let day = Data(#"[{"type":"message","user":"U1","text":"late","ts":"1770109747.000200"}]"#.utf8)
        let users = Data(#"[{"id":"U1","team_id":"T1","name":"ana","real_name":"Ana","profile":{"real_name":"Ana Lee"},"is_bot":false}]"#.utf8)
        var zip = ZipWriter()
        zip.add("export/users.json", Array(users))
        zip.add("export/help/2026-02-03.json", Array(day))
        let (archive, file) = (folder.appendingPathComponent("export.zip"), channel.appendingPathComponent("2026-02-03.json"))
        try Data(zip.finished()).write(to: archive)
        try day.write(to: file)
        func names(_ path: String) throws -> [String?] {
            var names = [String?]()
            for place in try InputPlace.all([path], connector: nil) {
                try ConnectorInput(place, connectorName: nil).forEachOperation(ConnectorConfiguration()) { operation, _ in
                    if case .message(let message) = operation { names.append(message.author.displayName) }
                }
            }
            return names
        }
        #expect(try names(archive.path) == ["Ana Lee"] && names(file.path) == [nil])
        try users.write(to: folder.appendingPathComponent("export/users.json"))
        #expect(try names(file.path) == ["Ana Lee"])
    }

    @Test func anInputFileReadsTheChatInAZip() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attune-zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("WhatsApp Chat - Bo.zip").path
        var zip = ZipWriter()
        zip.add("IMG-1.jpg", [1, 2, 3])
        zip.add("_chat.txt", Array("[13/02/26, 09:00:00] Bo: hi\n".utf8))
        try Data(zip.finished()).write(to: URL(fileURLWithPath: path))
        let file = try InputFile(path: path)
        #expect(try file.entryName == "_chat.txt" && file.peek(4) == Array("[13/".utf8))
        var all = ByteBuffer()
        while try file.read(into: &all) > 0 {}
        #expect(String(decoding: all.bytes, as: UTF8.self) == "[13/02/26, 09:00:00] Bo: hi\n")
        let input = try ConnectorInput(path: path, connectorName: nil)
        #expect(input.connector.name == "whatsapp-export" && input.name.hasSuffix("WhatsApp Chat - Bo.zip/_chat.txt"))
        try Data(zip.finished().dropLast(30)).write(to: URL(fileURLWithPath: path))
        #expect(throws: CommandFailure.self) { try InputFile(path: path) }
    }
}
