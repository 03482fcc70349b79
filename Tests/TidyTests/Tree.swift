import Foundation

/// The checkout these tests were built from.
struct Tree {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct File: CustomStringConvertible {
        /// Relative to the root.
        var path: String
        var text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var description: String { path }
    }

    /// Text files under a folder whose names end in one of the extensions, in the order of their paths.
    func files(_ folder: String, _ extensions: String...) throws -> [File] {
        let base = root.appendingPathComponent(folder)
        let paths = (FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []).sorted()
        return try paths.filter { path in extensions.contains { path.hasSuffix("." + $0) } }
            .map { File(path: folder + "/" + $0, text: try String(contentsOf: base.appendingPathComponent($0), encoding: .utf8)) }
    }

    func text(_ path: String) throws -> String { try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) }

    /// Names in a folder, without hidden ones.
    func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path).filter { !$0.hasPrefix(".") }.sorted()
    }
}
