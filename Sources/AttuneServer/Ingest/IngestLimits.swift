/// What bounds the queue in front of the writer.
public struct IngestLimits: Hashable, Sendable {
    /// Operations that may wait: a second of work at the speed of a small machine, some tens of megabytes. Above it requests get
    /// 429, so a flood costs the senders time and not us memory.
    public var queueOperations = 10_000
    /// Operations committed together: enough that the disk's `fsync` is shared, few enough that nobody waits long for others.
    public var batchOperations = 1_000
    /// Seconds without a request after which all customers are looked at together: long enough that a burst is over, short enough that
    /// the same day's reports see it.
    public var quietSeconds = 60

    public init() {}
}
