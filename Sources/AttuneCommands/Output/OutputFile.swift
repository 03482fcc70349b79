import Foundation

/// A file that stands in its place only when all of it was written: a full disk or a lost process leaves what was there before.
enum OutputFile {
    /// Devices and pipes are written as they are.
    static func write(_ path: String, _ body: (FileHandle) throws -> Void) throws {
        let kind = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
        let isWhole = kind == nil || kind == .typeRegular
        let target = isWhole ? path + ".part" : path
        guard !isWhole || FileManager.default.createFile(atPath: target, contents: nil), let handle = FileHandle(forWritingAtPath: target) else {
            throw CommandFailure("cannot write \(path): check that its folder exists and may be written to")
        }
        do {
            try body(handle)
            try handle.close()
            if isWhole, rename(target, path) != 0 { throw CommandFailure(String(cString: strerror(errno))) }
        } catch {
            if isWhole { unlink(target) }
            throw CommandFailure("cannot write \(path): \((error as? CommandFailure)?.message ?? error.localizedDescription)")
        }
    }
}
