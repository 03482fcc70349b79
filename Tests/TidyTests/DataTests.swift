import AttuneCore
import Foundation
import Testing

/// The data folders: provenance is stated, manifests agree with what is there.
@Suite struct DataTests {
    private let tree = Tree()

    @Test func everyLexiconStatesItsProvenance() throws {
        let files = try tree.files("Lexicons", "tsv").filter { $0.path.split(separator: "/").count == 3 }
        #expect(files.count >= 20)
        for file in files {
            let parts = file.path.split(separator: "/")
            for (key, value) in [("attune-lexicon:", ""), ("language:", String(parts[1])), ("provenance:", ""), ("licence:", "Apache-2.0")] {
                let line = file.lines.prefix(12).first { $0.hasPrefix("# " + key) }
                #expect(line != nil && (line?.hasSuffix(value) ?? false), "\(file) does not state \(key) \(value)")
            }
        }
    }

    @Test func theManifestIsWhatIsThere() throws {
        let folder = tree.root.appendingPathComponent("Corpora")
        let rows = try tree.text("Corpora/MANIFEST.tsv").split(separator: "\n").dropFirst().map { $0.split(separator: "\t").map(String.init) }
        for row in rows {
            let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(row[0])))
            #expect(SHA256.hex(bytes) == row[2], "\(row[0]) is not the file of the manifest")
        }
        let present = (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []).filter { path in
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path, isDirectory: &isFolder)
            return !isFolder.boolValue && path != "MANIFEST.tsv"
        }
        #expect(Set(rows.map { $0[0] }) == Set(present))
    }
}
