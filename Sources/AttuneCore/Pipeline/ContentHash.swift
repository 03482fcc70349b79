/// Tells a second copy of a message from a change of it.
enum ContentHash {
    /// 32 hexadecimal digits over what a reader would call the message's content.
    static func of(_ message: Message) -> String {
        var bytes = [UInt8]()
        bytes.reserveCapacity(message.text.utf8.count + 128)
        func add(_ part: String) {
            if !bytes.isEmpty { bytes.append(0x1F) }
            bytes.append(contentsOf: part.utf8)
        }
        bytes.append(contentsOf: message.text.utf8)
        // The mark stands after an empty text as well.
        bytes.append(0x1F)
        bytes.append(contentsOf: message.author.role.rawValue.utf8)
        add(message.author.displayName ?? "")
        // A time that is that of the arrival, or counts from it, is another one when the message comes again.
        if message.timeBasis != .received && message.timeBasis != .offset { add(String(message.sentAt.nanoseconds)) }
        add(message.rating.map { "\($0.value)/\($0.max)" } ?? "")
        add(message.visibility.rawValue)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SHA256.byteCount) { digest in
            bytes.withUnsafeBufferPointer { SHA256.digest(of: $0, into: digest) }
            return Hex.encode(UnsafeBufferPointer(rebasing: digest.prefix(16)))
        }
    }
}
