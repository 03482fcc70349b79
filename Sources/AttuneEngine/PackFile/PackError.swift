/// Why a pack was refused, and what to do.
public enum PackError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes are not a pack at all.
    case foreign
    /// Written by another version of the format.
    case version(found: UInt32, expected: UInt32)
    /// Written on a machine whose integers stand the other way round.
    case byteOrder
    /// Fewer or more bytes than the header says.
    case length(found: Int, expected: Int)
    /// The checksum does not match: some byte changed.
    case corrupt
    /// Built by an engine that cuts words or names labels otherwise.
    case engine
    /// The checksum matches but the content breaks a rule of the format.
    case invalid(String)
    /// The heads inside are refused.
    case model(ModelError)

    public var description: String {
        let rebuild = "build it with `attune lexicon build`"
        return switch self {
        case .foreign: "not an Attune pack: check the path, or \(rebuild)"
        case .version(let found, let expected) where found > expected:
            "pack format \(found), this engine reads \(expected): update Attune, or \(rebuild)"
        case .version(let found, let expected): "pack format \(found), this engine reads \(expected): \(rebuild)"
        case .byteOrder: "the pack was built for machines of another byte order: \(rebuild) on this machine"
        case .length(let found, let expected): "the pack has \(found) bytes instead of \(expected): copy it again, or \(rebuild)"
        case .corrupt: "the pack is damaged (its checksum does not match): copy it again, or \(rebuild)"
        case .engine: "the pack was built by another version of the engine: \(rebuild)"
        case .invalid(let what): "the pack is malformed (\(what)): \(rebuild)"
        case .model(let error): "the pack's heads: \(error)"
        }
    }
}
