/// Limits of what decoders hold in memory.
enum DecodingLimits {
    /// Bytes of one record of a streamed format. The largest real record we know, a web page pasted into a ticket, has 4 MiB.
    static let record = 16 << 20
    /// Bytes of an input that must be held as a whole (a chat export, one JSON document): fits beside the store on a small machine.
    static let document = 512 << 20
    /// Distinct rows without an id that are told apart by content before their number in the file is used: about 100 MB.
    static let distinctRows = 4 << 20

    static func tooLongRecord(_ limit: Int = record) -> String {
        "the record is longer than \(limit >> 20) MiB: split it, or check for a missing line end"
    }
}
