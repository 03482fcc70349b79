import Foundation

/// The built binary, run as a user runs it.
struct Attune {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    var environment: [String: String] = [:]
    var directory: URL?

    struct Result {
        var status: Int32
        var output: String
        var error: String
        var lines: [String] { output.split(separator: "\n").map(String.init) }
        var errorLines: [String] { error.split(separator: "\n").map(String.init) }
    }

    static var binary: URL { root.appendingPathComponent(".build/release/attune") }

    /// Runs `attune` with the arguments and `input` on standard input.
    func callAsFunction(_ arguments: String..., input: [UInt8] = []) throws -> Result { try run(arguments, input: input) }

    func run(_ arguments: [String], input: [UInt8] = []) throws -> Result {
        let process = try start(arguments, input: input)
        process.process.waitUntilExit()
        return try process.result()
    }

    /// A process that runs; its output goes to files, so that no pipe fills up.
    struct Running {
        let process: Process
        let folder: URL

        func result() throws -> Result {
            defer { try? FileManager.default.removeItem(at: folder) }
            let read = { (name: String) in
                String(decoding: FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) ?? Data(), as: UTF8.self)
            }
            let status = process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
            return Result(status: status, output: read("out"), error: read("err"))
        }
    }

    func start(_ arguments: [String], input: [UInt8] = []) throws -> Running {
        let folder = try Temporary.folder()
        let process = Process()
        process.executableURL = Self.binary
        process.arguments = arguments
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("ATTUNE_") }
        variables.merge(environment) { $1 }
        process.environment = variables
        process.currentDirectoryURL = directory ?? folder
        try Data(input).write(to: folder.appendingPathComponent("in"))
        process.standardInput = try FileHandle(forReadingFrom: folder.appendingPathComponent("in"))
        for (name, set) in [("out", { process.standardOutput = $0 }), ("err", { process.standardError = $0 })] as [(String, (Any?) -> Void)] {
            FileManager.default.createFile(atPath: folder.appendingPathComponent(name).path, contents: nil)
            set(try FileHandle(forWritingTo: folder.appendingPathComponent(name)))
        }
        try process.run()
        return Running(process: process, folder: folder)
    }
}

enum Temporary {
    static func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("attune-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// Runs `body` with a folder that is gone afterwards.
    static func with<R>(_ body: (URL) throws -> R) throws -> R {
        let url = try folder()
        defer { try? FileManager.default.removeItem(at: url) }
        return try body(url)
    }
}
