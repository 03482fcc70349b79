import CKernels

/// SHA-256 of many short messages: each is padded where it was written, and two of the same length are hashed at once.
public struct DigestBatch: ~Copyable {
    private struct Place {
        /// Where the message begins among the bytes.
        var start: Int
        /// Its bytes.
        var count: Int
        /// Its blocks of 64 bytes with what pads them.
        var blocks: Int
    }

    private var bytes = ByteBuffer()
    private var places: [Place] = []
    private var states: [UInt32] = []
    /// Bytes that the message which is being written may have; -1 while none is.
    private var room = -1
    private static let one = attune_sha256_best()
    private static let two = attune_sha256_pair_best()
    private static let blockSize = 64
    /// Blocks of a message that waits for another one of its length; nearly all are shorter.
    private static let longestPaired = 8

    public init() {}

    public var count: Int { places.count }

    /// Makes room for a message, and gives where it goes. It counts once `end(at:)` has told its end.
    /// - Parameter room: its bytes at most.
    public mutating func begin(room: Int) -> UnsafeMutablePointer<UInt8> {
        self.room = room
        return bytes.reserve(room + SHA256.padding)
    }

    /// Takes the message that was written behind `begin`.
    public mutating func end(at end: UnsafeMutablePointer<UInt8>) {
        let offset = bytes.count
        let start = bytes.start + offset
        let count = end - start
        precondition(count >= 0 && count <= room, "written behind the room that was asked for")
        let blocks = SHA256.pad(start, count: count)
        bytes.advance(to: start + blocks * Self.blockSize)
        places.append(Place(start: offset, count: count, blocks: blocks))
        room = -1
    }

    /// The bytes of a message; valid until the batch is changed.
    public func message(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let place = places[index]
        return UnsafeBufferPointer(rebasing: bytes.bytes[place.start..<(place.start + place.count)])
    }

    /// Hashes all messages.
    /// - Parameter digests: gets theirs, in their order, in place of what it holds.
    public mutating func hash(into digests: inout [ContentDigest]) {
        digests.removeAll(keepingCapacity: true)
        if states.count < 8 * places.count { states = Array(repeating: 0, count: 16 * places.count) }
        let (base, places) = (UnsafePointer(bytes.start), places)
        let initial = SHA256.initialWords
        func start(_ state: UnsafeMutablePointer<UInt32>) {
            UnsafeMutableRawPointer(state).storeBytes(of: initial, as: SIMD8<UInt32>.self)
        }
        states.withUnsafeMutableBufferPointer { states in
            guard let states = states.baseAddress else { return }
            var waiting = InlineArray<9, Int>(repeating: -1)
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 16) { pair in
                guard let pair = pair.baseAddress else { return }
                for (index, place) in places.enumerated() {
                    guard place.blocks <= Self.longestPaired else {
                        start(states + 8 * index)
                        Self.one(states + 8 * index, base + place.start, place.blocks)
                        continue
                    }
                    let other = waiting[place.blocks]
                    waiting[place.blocks] = other < 0 ? index : -1
                    if other < 0 { continue }
                    start(pair)
                    start(pair + 8)
                    Self.two(pair, base + places[other].start, base + place.start, place.blocks)
                    (states + 8 * other).update(from: pair, count: 8)
                    (states + 8 * index).update(from: pair + 8, count: 8)
                }
            }
            for blocks in 1...Self.longestPaired where waiting[blocks] >= 0 {
                let index = waiting[blocks]
                start(states + 8 * index)
                Self.one(states + 8 * index, base + places[index].start, blocks)
            }
            for index in places.indices { digests.append(ContentDigest(state: states + 8 * index)) }
        }
    }

    /// Empties the batch; memory is kept.
    public mutating func removeAll() {
        bytes.removeAll()
        places.removeAll(keepingCapacity: true)
    }
}

/// Tells the processor what will be read.
public enum CacheLine {
    /// Asks for the line at an address, which need not be readable: a hint that changes no answer.
    public static func ask(for address: UnsafeRawPointer) { attune_prefetch_line(address) }
}
