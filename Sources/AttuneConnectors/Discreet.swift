/// Holds secrets, which nothing may print by chance: string interpolation, `dump` and reflection show its description only.
/// A logger that is given a service prints all that the service holds.
public protocol Discreet: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Discreet {
    public var description: String { String(describing: Self.self) }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
