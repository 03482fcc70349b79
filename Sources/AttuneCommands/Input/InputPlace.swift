import AttuneConnectors
import AttuneCore
import Foundation

/// What an argument names: a file, or one of the files in a folder or a zip file, as Slack, Meta and others export them.
struct InputPlace {
    /// The argument; with the file's name behind it for one in a zip file.
    let path: String
    /// Nil for what is opened by its path.
    let zipped: ZippedFile?
    private let lists: SharedLists
    /// `Connector.precedence`
    fileprivate var precedence = 0
    /// Why a zip file is not read as a whole: what opening this place throws, behind all others.
    private let failure: CommandFailure?

    fileprivate init(path: String, _ lists: SharedLists, failure: CommandFailure? = nil) {
        (self.path, zipped, self.lists, self.failure) = (path, nil, lists, failure)
        if failure != nil { precedence = .max }
    }

    init(path: String) { self.init(path: path, SharedLists()) }

    /// Whether it stands for what is damaged in a zip file; what is whole in it has places of its own.
    var isDamaged: Bool { failure != nil }

    func open() throws -> InputFile {
        if let failure { throw failure }
        return try zipped.map { try InputFile($0) } ?? InputFile(path: path)
    }

    /// In its folder or zip file.
    fileprivate var name: String { zipped?.entry.name ?? path.split(separator: "/").last.map { String($0) } ?? path }

    fileprivate init(_ zipped: ZippedFile, _ lists: SharedLists) {
        (path, self.zipped, self.lists, failure) = ("\(zipped.zip.path)/\(zipped.entry.name)", zipped, lists, nil)
    }

    /// The users of the platform, by the list that its export has beside the folder that this file lies in.
    func people(_ connector: any Connector) -> [String: KnownPerson] { lists.people(self, connector) }

    /// What it and the other inputs of the command remember for each other.
    var memory: InputMemory { lists.memory }

    /// What each argument stands for: itself, or the files of a folder or zip file that a connector is certain about.
    /// An empty file among others is told and left out. Lists to which other files refer come before all of them; what is damaged in a zip file
    /// comes last, so that the rest of it is read before it fails.
    /// - Parameters:
    ///   - connector: the only one that counts, when the user named one.
    ///   - strict: whether empty files stay, so that reading them fails, and folders that cannot be opened are a failure.
    static func all(_ paths: [String], connector: String?, strict: Bool = false) throws -> [InputPlace] {
        let lists = SharedLists()
        let places = try (strict ? paths : withoutEmpty(paths)).flatMap { path in
            if path == "-" { return [InputPlace(path: path, lists)] }
            if let folder = InputFolder(path: path) { return try folder.places(connector: connector, strict: strict, lists) }
            guard let zip = try ZipFile(path: path) else { return [named(path, isAlone: paths.count == 1, connector: connector, lists)] }
            return try zip.places(connector: connector, lists)
        }
        if places.allSatisfy({ $0.precedence == 0 }) { return places }
        return places.enumerated().sorted { ($0.element.precedence, $0.offset) < ($1.element.precedence, $1.offset) }.map(\.element)
    }

    /// A file that the user named itself. Others beside it may refer to what it holds.
    private static func named(_ path: String, isAlone: Bool, connector: String?, _ lists: SharedLists) -> InputPlace {
        var place = InputPlace(path: path, lists)
        if !isAlone, isFile(path), let head = try? InputFolder.head(path) {
            place.precedence = ConnectorRegistry.standard.precedence(head: head, fileName: path, connector: connector)
        }
        return place
    }

    static func isFile(_ path: String) -> Bool { FolderTree.status(path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false }

    private static func withoutEmpty(_ paths: [String]) -> [String] {
        if paths.count < 2 { return paths }
        let areEmpty = paths.map(isEmpty)
        // Of nothing but empty files it is said that they are.
        if areEmpty.allSatisfy({ $0 }) { return paths }
        return zip(paths, areEmpty).compactMap { path, isEmpty in
            if isEmpty { StandardError.write("attune: \(path) is empty: skipped\n") }
            return isEmpty ? nil : path
        }
    }

    /// Pipes are not looked at: what is read of them is gone.
    private static func isEmpty(_ path: String) -> Bool {
        guard let info = FolderTree.status(path), info.st_mode & S_IFMT == S_IFREG, info.st_size < shortest else { return false }
        return (try? InputFile(path: path).peek(1))?.isEmpty == true
    }

    /// Bytes of a gzip file of nothing, with a file's name and comment in it.
    private static let shortest = 512
}

/// The files of a folder and of the folders within it, as a zip file of them would have them.
private struct InputFolder {
    let path: String

    /// Nil for what is no folder.
    init?(path: String) {
        guard let info = FolderTree.status(path), info.st_mode & S_IFMT == S_IFDIR else { return nil }
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    static func head(_ path: String) throws -> [UInt8] {
        let file = try InputFile(path: path)
        return try ConnectorInput.longerHead(file.peek(ConnectorRegistry.headLength), of: file, name: path)
    }

    func places(connector: String?, strict: Bool, _ lists: SharedLists) throws -> [InputPlace] {
        var choice = PlaceChoice(connector: connector)
        for name in try FolderTree.files(of: path, strict: strict) {
            let file = "\(path)/\(name)"
            choice.add(InputPlace(path: file, lists), name: name, head: (try? Self.head(file)) ?? [])
        }
        let places = choice.places
        if places.isEmpty {
            throw CommandFailure("\(path) is a folder and holds no file that \(choice.who) is certain about: name the files to read")
        }
        choice.tellOthers(of: path)
        return places
    }
}

/// Chooses among files that lie together those to read.
private struct PlaceChoice {
    private var certain: [InputPlace] = []
    private var likely: [InputPlace] = []
    private var others: [String] = []
    /// The only one that counts, when the user named one.
    private let connector: String?

    init(connector: String?) { self.connector = connector }

    mutating func add(_ place: InputPlace, name: String, head: [UInt8]) {
        let found = try? ConnectorRegistry.standard.recognise(head: head[...], fileName: name)
        var place = place
        place.precedence = found?.connector.precedence(head: head.prefix(ConnectorRegistry.headLength)) ?? 0
        if let found, found.recognition.certainty == .certain, connector == nil || connector == found.connector.name {
            certain.append(place)
        } else if let found, connector ?? Self.plain[ZipFile.ending(name)] == found.connector.name {
            likely.append(place)
        } else {
            others.append(name)
        }
    }

    /// Platforms put tables and lists beside what they export; alone, or asked for by name, they are what is to be read.
    private var takesLikely: Bool { certain.isEmpty || connector != nil }

    var places: [InputPlace] { (certain + (takesLikely ? likely : [])).sorted { $0.path < $1.path } }

    var who: String { connector.map { "the connector \"\($0)\"" } ?? "a connector" }

    /// - Parameter text: the one that is read although no connector is certain about it.
    func tellOthers(of path: String, but text: String? = nil) {
        let others = (others + (takesLikely ? [] : likely.map(\.name))).filter { $0 != text }
        if others.isEmpty { return }
        let list = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? " and \(others.count - 5) more" : "")
        StandardError.write("attune: \(path): not read, because their format is not certain: \(list)\n")
    }

    /// Whose connector a table's or a list's ending says it is.
    private static let plain = ["csv": "csv", "tsv": "csv", "jsonl": "jsonl", "ndjson": "jsonl"]
}

/// What the inputs of a command share: the lists of users beside them, each read once, and what they remember for each other.
private final class SharedLists {
    let memory = InputMemory()
    private var known: [String: [String: KnownPerson]] = [:]

    /// Bytes of a list: one of a hundred thousand users has some 200 MB.
    private static let limit = 256 << 20

    func people(_ place: InputPlace, _ connector: any Connector) -> [String: KnownPerson] {
        guard let name = connector.peopleFile, place.path != "-" else { return [:] }
        let parts = (place.zipped?.entry.name ?? place.path).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > (parts.first?.isEmpty == true ? 2 : 1) else { return [:] }
        let path = (parts.dropLast(2) + [name[...]]).joined(separator: "/")
        let key = "\(place.zipped?.zip.path ?? ""):\(path)"
        if let people = known[key] { return people }
        // An export without its list, or with one that cannot be read, is one without names.
        let list = place.zipped.map { $0.zip.contents(path) } ?? FileManager.default.contents(atPath: path).map(Array.init)
        let people = list.map { $0.count <= Self.limit ? connector.people($0) : [:] } ?? [:]
        known[key] = people
        return people
    }
}

extension ConnectorRegistry {
    /// `Connector.precedence` of a file by the connector that the user named, or the one that recognises it.
    fileprivate func precedence(head: [UInt8], fileName: String, connector: String?) -> Int {
        let chosen = connector.flatMap { try? self.connector(named: $0) } ?? (try? recognise(head: head[...], fileName: fileName))?.connector
        return chosen?.precedence(head: head.prefix(Self.headLength)) ?? 0
    }
}

/// A file in a zip file.
struct ZippedFile {
    let zip: ZipFile
    let entry: ZipArchive.Entry

    func contents() throws -> [UInt8] { try zip.naming { () throws(ZipArchive.Failure) in try zip.archive.unpacked(entry) } }
}

/// A zip file of several files, mapped as long as one of them is read.
final class ZipFile {
    let path: String
    let modified: Timestamp
    fileprivate let archive: ZipArchive
    /// The files that are looked at.
    private let texts: [ZipArchive.Entry]
    /// Keeps the memory of `archive`.
    private let data: NSData

    /// Endings of names of files that have text to read. Media and pages for people are not opened.
    private static let endings: Set<String> = ["txt", "json", "jsonl", "ndjson", "csv", "tsv", "tab", "eml", "mbox", "vtt", "srt", "xml", "md"]

    /// Nil for what is no zip file, and for one with a single text beside its media, as of a chat.
    fileprivate init?(path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path), let first = try? handle.read(upToCount: 4), first.starts(with: [0x50, 0x4B, 3, 4]),
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        else { return nil }
        self.path = path
        modified = Timestamp(seconds: Int64((attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0)) ?? Timestamp(nanoseconds: 0)
        data = try NSData(contentsOfFile: path, options: .alwaysMapped)
        do throws(ZipArchive.Failure) {
            archive = try ZipArchive(UnsafeRawBufferPointer(start: data.bytes, count: data.length))
        } catch {
            throw CommandFailure("\(path) cannot be unpacked: \(error)")
        }
        texts = archive.files.filter { Self.isText($0.name) && !Self.isHidden($0.name) }.sorted { $0.name < $1.name }
        guard archive.files.count > 1, texts.count > 1 || texts.contains(where: { Self.ending($0.name) != "txt" }) else { return nil }
    }

    /// What a file of that path holds; nil when there is none, or it is damaged.
    fileprivate func contents(_ path: String) -> [UInt8]? {
        archive.files.first { $0.name == path }.flatMap { try? archive.contents(of: $0) }
    }

    static func ending(_ name: String) -> String { name.split(separator: ".").last { $0 != "gz" }?.lowercased() ?? "" }
    /// Mailboxes often have names without an ending.
    private static func isText(_ name: String) -> Bool {
        endings.contains(ending(name)) || isMail(name) || name.split(separator: "/").last?.contains(".") == false
    }

    /// Whether it or a folder that it lies in is hidden; but folders of a Maildir have such names.
    private static func isHidden(_ name: String) -> Bool { name.split(separator: "/").contains { $0.hasPrefix(".") } && !isMail(name) }

    /// Whether it is named as a mail in a Maildir: `cur/1770109747.M1P2.host:2,S`.
    private static func isMail(_ name: String) -> Bool {
        let parts = name.split(separator: "/").suffix(2)
        guard let folder = parts.first, let file = parts.last, folder == "cur" || folder == "new" else { return false }
        let pieces = file.utf8.split(separator: UInt8(ascii: "."))
        return pieces.count > 2 && pieces[0].allSatisfy { $0 &- 48 < 10 }
    }

    fileprivate func naming<R>(_ body: () throws(ZipArchive.Failure) -> R) throws -> R {
        do throws(ZipArchive.Failure) { return try body() } catch { throw CommandFailure("\(path) cannot be unpacked: \(error)") }
    }

    fileprivate func places(connector: String?, _ lists: SharedLists) throws -> [InputPlace] {
        var (choice, damaged) = (PlaceChoice(connector: connector), [String]())
        for entry in texts {
            do throws(ZipArchive.Failure) {
                let head = try archive.unpacked(entry)
                choice.add(InputPlace(ZippedFile(zip: self, entry: entry), lists), name: entry.name, head: head)
            } catch {
                damaged.append("\(entry.name) (\(error))")
            }
        }
        let failure = damaged.isEmpty ? nil : failure(damaged)
        var (places, text) = (choice.places, String?.none)
        if let chat = chat(isNamed: connector != nil), places.isEmpty && failure == nil || places.count == 1 && places[0].name == chat.name {
            // A chat is the zip file that it came in, also one whose format has to be named.
            (places, text) = ([InputPlace(path: path, lists)], chat.name)
        }
        if places.isEmpty {
            throw failure ?? CommandFailure("\(path) holds no file that \(choice.who) is certain about: unpack it and name the files to read")
        }
        choice.tellOthers(of: path, but: text)
        return places + (failure.map { [InputPlace(path: path, lists, failure: $0)] } ?? [])
    }

    /// The chat that the file is about by its name; where the user named the connector, the only `.txt` that there is.
    private func chat(isNamed: Bool) -> ZipArchive.Entry? {
        guard let entry = archive.textEntry else { return nil }
        let isOnly = texts.count { Self.ending($0.name) == "txt" } == 1
        return entry.baseName == "_chat.txt" || isNamed && isOnly ? entry : nil
    }

    /// - Parameter damaged: names of files, each with what is wrong.
    private func failure(_ damaged: [String]) -> CommandFailure {
        let list = damaged.prefix(5).joined(separator: ", ") + (damaged.count > 5 ? " and \(damaged.count - 5) more" : "")
        return CommandFailure("\(path) cannot be unpacked as a whole: \(list)")
    }
}
