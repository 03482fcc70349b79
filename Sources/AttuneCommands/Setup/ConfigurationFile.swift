import AttuneConnectors
import AttuneCore
import Foundation

/// Reads the JSON files that `--config` names.
enum ConfigurationFile {
    /// A connector's configuration; the empty one when no file is named.
    static func connector(_ path: String?) throws -> ConnectorConfiguration {
        guard let path else { return ConnectorConfiguration() }
        do {
            return try ConnectorConfiguration(jsonText: try bytes(path))
        } catch let error as ConfigurationError {
            throw CommandFailure("\(path): \(error)", isUsage: true)
        }
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("cannot read the configuration \(path): check the path and its permissions", isUsage: true)
        }
        return Array(data)
    }
}
