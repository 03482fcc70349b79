/// A sink can't be set up or reached. Says what is wrong, where, and what to do; holds no event's content.
public struct SinkError: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
    public init(_ description: String) { self.description = description }
}
