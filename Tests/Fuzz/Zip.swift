import Foundation

// With Sources/AttuneCommands/Input/ZipArchive.swift
// With Sources/AttuneCommands/Input/GzipInflater.swift

/// Any bytes as a zip file.
///
/// Promised: an entry has as many bytes as it says, and its checksum; nothing but `ZipArchive.Failure` is thrown; no entry is
/// larger than deflate could have made of its bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: data, count: count)
    guard let archive = try? ZipArchive(bytes) else { return 0 }
    promise(archive.entries.count <= ZipArchive.entryLimit, "an archive has no more entries than the limit")
    _ = archive.textEntry
    for entry in archive.entries.prefix(16) {
        guard let contents = try? archive.contents(of: entry) else { continue }
        promise(contents.count == entry.size, "an entry is as long as it says")
        promise(contents.count <= count * 1_032, "an entry is no larger than its bytes can hold")
    }
    return 0
}
