/// Sightings in flat memory, to be resolved together: what `[Sighting]` holds at a fifth of its size.
///
/// Identifiers, names and towns are kept once, as they were written; nothing is normalised before all are known, because national
/// phone numbers are completed out of international ones.
public struct EvidenceLog: Sendable {
    var kinds: [Identifier.Kind] = []
    /// Identifiers as written, tagged by `tag(_:_:)`.
    var forms = ByteTable()
    /// Names, towns and dates as written, tagged by which of them they are.
    var texts = ByteTable()
    /// Places of forms by sighting.
    var formsOf = Lists()
    var times: [Double] = []
    /// Places of texts by sighting; -1 for none.
    var names: [Int32] = []
    var towns = SparseColumn()
    var birthDates = SparseColumn()
    /// What the sightings are called: all of a log that an answer needs.
    public private(set) var ids = RecordIDs()

    static let nameTag: UInt32 = 0
    static let townTag: UInt32 = 1
    static let birthDateTag: UInt32 = 2

    /// Of forms that are in the form under which they are compared.
    static let normalizedTag: UInt32 = 1 << 24

    /// Bytes of a name, town or date that are looked at.
    static let textLimit = 256

    public init() {}

    public init(_ sightings: some Sequence<Sighting>) {
        for sighting in sightings { append(sighting) }
    }

    public var count: Int { times.count }

    /// Bytes of memory it holds.
    public var footprint: Int {
        forms.footprint + texts.footprint + formsOf.footprint + 8 * times.capacity + ids.footprint
            + 4 * names.capacity + towns.footprint + birthDates.footprint
    }

    /// The id of a sighting, as given.
    public func id(of place: Int) -> String { String(decoding: ids[place], as: UTF8.self) }

    /// A sighting as it was given, except that texts beyond the limits are cut.
    public func sighting(at place: Int) -> Sighting {
        let text = { (number: Int32) in number < 0 ? nil : texts.text(of: number) }
        let forms = formsOf[place].map { (number: $0, tag: self.forms.tag(of: $0)) }
        var sighting = Sighting(
            id: id(of: place), time: times[place],
            identifiers: forms.map { Identifier(kind: kinds[Int(Self.kind(ofTag: $0.tag))], value: self.forms.text(of: $0.number), verified: true) },
            name: text(names[place]), town: text(towns[place]), birthDate: text(birthDates[place]),
            region: forms.lazy.compactMap { Self.region(ofTag: $0.tag) }.first)
        sighting.isNormalized = forms.contains { Self.isNormalized(tag: $0.tag) }
        return sighting
    }

    /// Gives back memory that only reading needs. More may be appended all the same.
    public mutating func finishReading() {
        forms.releaseIndex()
        texts.releaseIndex()
    }

    public mutating func append(_ sighting: Sighting) {
        for identifier in sighting.identifiers {
            var value = identifier.value
            let region = identifier.kind == .phone ? sighting.region : nil
            value.withUTF8 { add($0, kind(identifier.kind), region: region, isNormalized: sighting.isNormalized) }
        }
        let text = { (text: String?, tag: UInt32, log: inout EvidenceLog) -> Int32 in
            guard var text else { return -1 }
            return text.withUTF8 { log.text($0, tag) }
        }
        names.append(text(sighting.name, Self.nameTag, &self))
        towns.append(text(sighting.town, Self.townTag, &self))
        birthDates.append(text(sighting.birthDate, Self.birthDateTag, &self))
        var id = sighting.id
        id.withUTF8 { close(id: $0, time: sighting.time) }
    }

    /// Place of a kind, a new one if need be; there are as many as a configuration names, and a few more.
    mutating func kind(_ kind: Identifier.Kind) -> UInt8 {
        if let place = kinds.firstIndex(of: kind) { return UInt8(place) }
        guard kinds.count < 255 else { return 254 }
        kinds.append(kind)
        return UInt8(kinds.count - 1)
    }

    /// Adds an identifier to the sighting that is being written.
    mutating func add(_ value: UnsafeBufferPointer<UInt8>, _ kind: UInt8, region: String?, isNormalized: Bool = false) {
        let tag = Self.tag(kind, region) | (isNormalized ? Self.normalizedTag : 0)
        guard value.count <= 4 * IdentifierNormalizer.byteLimit, let form = forms.intern(value, tag: tag) else { return }
        if !formsOf.endsWith(form) { formsOf.append(form) }
    }

    mutating func text(_ value: UnsafeBufferPointer<UInt8>, _ tag: UInt32) -> Int32 {
        guard !value.isEmpty else { return -1 }
        return texts.intern(UnsafeBufferPointer(rebasing: value.prefix(Self.textLimit)), tag: tag) ?? -1
    }

    /// Ends the sighting that is being written.
    mutating func close(id: UnsafeBufferPointer<UInt8>, time: Double) {
        formsOf.endList()
        times.append(time)
        ids.append(id)
    }

    /// A kind, and the country of a phone number.
    static func tag(_ kind: UInt8, _ region: String?) -> UInt32 {
        guard let region, region.utf8.count == 2 else { return UInt32(kind) }
        return region.utf8.reduce(0) { $0 << 8 | UInt32($1) } << 8 | UInt32(kind)
    }

    static func kind(ofTag tag: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: tag) }

    static func region(ofTag tag: UInt32) -> String? {
        let code = tag >> 8 & 0xFFFF
        return code == 0 ? nil : String(decoding: [UInt8(truncatingIfNeeded: code >> 8), UInt8(truncatingIfNeeded: code)], as: UTF8.self)
    }

    static func isNormalized(tag: UInt32) -> Bool { tag & normalizedTag != 0 }

    /// Places in order of time, then of id.
    func order() -> [Int32] {
        var isSorted = true
        for i in 1..<max(1, count) where !(times[i - 1] < times[i]) {
            isSorted = false
            break
        }
        var places = Array(0..<Int32(count))
        if isSorted { return places }
        times.withUnsafeBufferPointer { times in places.sort { times[Int($0)] < times[Int($1)] } }
        // Few are of one time, and only of those the ids are read.
        var start = 0
        while start < places.count {
            var end = start + 1
            while end < places.count, times[Int(places[end])] == times[Int(places[start])] { end += 1 }
            if end - start > 1 {
                let sorted = places[start..<end].map { (place: $0, id: ids[Int($0)]) }.sorted {
                    $0.id == $1.id ? $0.place < $1.place : $0.id.lexicographicallyPrecedes($1.id)
                }
                for (i, item) in sorted.enumerated() { places[start + i] = item.place }
            }
            start = end
        }
        return places
    }
}
