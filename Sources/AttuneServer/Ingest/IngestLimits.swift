/// What bounds the queue in front of the writer.
public struct IngestLimits: Hashable, Sendable {
    /// Operations that may wait: a second of work at the speed of a small machine, some tens of megabytes. Above it requests get
    /// 429, so a flood costs the senders time and not us memory.
    public var queueOperations = 10_000
    /// Operations committed together: enough that the disk's `fsync` is shared, few enough that nobody waits long for others.
    public var batchOperations = 1_000

    public init() {}
}
