import Foundation
import Testing

/// The rings of ARCHITECTURE.md: a module imports only what stands below it.
@Suite struct RingTests {
    private let tree = Tree()

    /// Own modules and packages that a module may import. What is missing here is not allowed.
    private static let allowed: [String: Set<String>] = [
        "AttuneEngine": ["CKernels", "CTextBoundary"],
        "AttuneCore": ["AttuneEngine", "CKernels", "CTextBoundary"],
        "AttuneConnectors": [
            "AttuneCore", "AttuneEngine", "Foundation", "Synchronization", "Crypto", "AsyncHTTPClient", "NIOCore", "NIOPosix", "NIOHTTP1",
            "NIOFoundationCompat", "Dispatch", "Glibc",
        ],
        "AttuneStore": ["AttuneCore", "AttuneEngine", "Foundation", "GRDB", "GRDBSQLite", "Synchronization", "Glibc"],
        "AttuneServer": [
            "AttuneCore", "AttuneEngine", "AttuneConnectors", "AttuneStore", "Foundation", "Hummingbird", "HummingbirdCore", "ServiceLifecycle",
            "Logging", "NIOCore", "NIOPosix", "NIOHTTP1", "HTTPTypes", "Synchronization", "Crypto", "Dispatch", "UnixSignals", "AsyncHTTPClient",
            "Glibc",
        ],
        "AttuneCommands": [
            "AttuneCore", "AttuneEngine", "AttuneConnectors", "AttuneStore", "AttuneServer", "CGzip", "ArgumentParser", "Foundation", "Logging",
            "Synchronization", "Dispatch",
        ],
        "attune": ["AttuneCommands"],
    ]

    @Test func everyImportPointsDown() throws {
        let files = try tree.files("Sources", "swift")
        #expect(!files.isEmpty)
        for file in files {
            let module = String(file.path.split(separator: "/")[1])
            let allowed = try #require(Self.allowed[module], "\(module) has no line in the table of rings")
            for line in file.lines {
                let words = line.split(separator: " ").drop { $0.hasPrefix("@") || ["public", "internal", "package", "private"].contains($0) }
                guard words.first == "import", let name = words.last?.split(separator: ".").first else { continue }
                #expect(allowed.contains(String(name)), "\(file) imports \(name)")
            }
        }
    }

    @Test func oneFileIncludesICU() throws {
        let including = try tree.files("Sources", "c", "h", "swift").filter { $0.text.contains("#include <unicode/") }.map(\.path)
        #expect(including == ["Sources/CTextBoundary/CTextBoundary.c"])
    }

    @Test func theCoreKnowsNoClock() throws {
        for file in try tree.files("Sources/AttuneCore", "swift") + tree.files("Sources/AttuneEngine", "swift") {
            for word in ["ContinuousClock", "SuspendingClock", "Date()", "SystemRandomNumberGenerator", " Task {", " print("] {
                #expect(!file.text.contains(word), "\(file) uses \(word)")
            }
        }
    }
}
