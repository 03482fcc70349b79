import Foundation

/// How much memory the process keeps that it does not use.
enum ResidentMemory {
    /// Gives large blocks back to the system as soon as they are freed.
    ///
    /// glibc raises the size from which it does so to that of any block that was freed, up to 32 MiB, and keeps what is smaller: of tables
    /// that follow one another that adds up. Swift's module of glibc lacks `mallopt`, so it is looked up by name.
    static func returnLargeBlocks() {
        #if os(Linux)
        guard let symbol = dlsym(nil, "mallopt") else { return }
        typealias Option = @convention(c) (_ parameter: Int32, _ value: Int32) -> Int32
        // -3 is M_MMAP_THRESHOLD of malloc.h.
        _ = unsafeBitCast(symbol, to: Option.self)(-3, 1 << 20)
        #endif
    }
}
