/// Why a model file was refused, and what to do.
public enum ModelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes are not a model file at all.
    case foreign
    /// Written by another version of the format.
    case version(found: UInt32, expected: UInt32)
    /// Fewer or more bytes than the header says.
    case length(found: Int, expected: Int)
    /// The checksum does not match: some byte changed.
    case corrupt
    /// The checksum matches but the content breaks a rule of the format.
    case invalid(String)
    /// The dense features are not the ones of this engine.
    case incompatible(String)

    public var description: String {
        switch self {
        case .foreign: "not an Attune model file: check the path"
        case .version(let found, let expected): "model format \(found), this engine reads \(expected): train the model again"
        case .length(let found, let expected): "model file has \(found) bytes instead of \(expected): copy it again"
        case .corrupt: "model file is damaged (checksum does not match): copy it again"
        case .invalid(let what): "model file is malformed (\(what)): train the model again"
        case .incompatible(let what): "model file does not fit this engine (\(what)): train the model again"
        }
    }
}
