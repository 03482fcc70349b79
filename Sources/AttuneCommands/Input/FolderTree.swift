import Foundation

/// The files of a folder and of the folders within it, without hidden ones.
struct FolderTree {
    /// Folders within folders; exports have five or six.
    static let depthLimit = 32
    /// Files: as many as a zip file may hold.
    static let fileLimit = ZipArchive.entryLimit

    /// Names in the folder of a path; nil for one that cannot be opened.
    typealias Listing = (String) -> [String]?

    private let root: String
    private let isStrict: Bool
    private let list: Listing
    private var names: [String] = []
    /// A link may lead to where the walk has been already.
    private var seen: Set<Place> = []

    private struct Place: Hashable {
        let device: UInt64
        let number: UInt64

        init(_ info: stat) { (device, number) = (UInt64(truncatingIfNeeded: info.st_dev), UInt64(truncatingIfNeeded: info.st_ino)) }
    }

    /// Paths of the files below `root`, with `/` between folders, in order.
    /// - Parameters:
    ///   - root: without a slash at its end.
    ///   - strict: whether a folder that cannot be opened is a failure; otherwise it is told and left out.
    static func files(
        of root: String, strict: Bool, list: @escaping Listing = { try? FileManager.default.contentsOfDirectory(atPath: $0) }
    ) throws -> [String] {
        if root == "/" { throw CommandFailure("/ is a folder with the whole file system in it: name a folder within it") }
        var tree = FolderTree(root: root, isStrict: strict, list: list)
        if let info = status(root) { tree.seen.insert(Place(info)) }
        try tree.walk("", depth: 0)
        return tree.names.sorted()
    }

    private init(root: String, isStrict: Bool, list: @escaping Listing) { (self.root, self.isStrict, self.list) = (root, isStrict, list) }

    /// Nil for what is not there.
    static func status(_ path: String) -> stat? {
        var info = stat()
        return stat(path, &info) == 0 ? info : nil
    }

    /// - Parameter prefix: of the names in the folder: empty, or with a slash at its end.
    private mutating func walk(_ prefix: String, depth: Int) throws {
        guard depth <= Self.depthLimit else {
            throw CommandFailure("\(root) is a folder with more than \(Self.depthLimit) folders within each other: name the files to read")
        }
        guard let found = list("\(root)/\(prefix)") else {
            let problem = "\(root)/\(prefix): not read: this folder cannot be opened"
            if isStrict { throw CommandFailure(problem) }
            return StandardError.write("attune: \(problem)\n")
        }
        // Mails that are still being delivered.
        let isMaildir = found.contains("cur") && found.contains("new")
        for name in found.sorted() {
            let path = prefix + name
            guard let info = Self.status("\(root)/\(path)") else { continue }
            let isHidden = name.hasPrefix(".")
            switch info.st_mode & S_IFMT {
            case S_IFDIR:
                if isHidden && !isMailFolder(path) || isMaildir && name == "tmp" || !seen.insert(Place(info)).inserted { continue }
                try walk(path + "/", depth: depth + 1)
            case S_IFREG where !isHidden:
                guard names.count < Self.fileLimit else {
                    throw CommandFailure("\(root) is a folder with more than \(Self.fileLimit) files: name the files to read, or folders within it")
                }
                names.append(path)
            default: break
            }
        }
    }

    /// Within a Maildir the other folders of the mailbox have hidden names: `.Sent`.
    private func isMailFolder(_ path: String) -> Bool { Self.status("\(root)/\(path)/cur") != nil }
}
