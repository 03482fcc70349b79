/// Which given names stand for one another.
struct Nicknames: Sendable {
    private var names = ByteTable()
    /// Groups a name belongs to, ascending.
    private var groups = Lists()

    /// - Parameter lines: a name and its short forms a line, separated by blanks.
    init(lines: String) {
        var belongings = [(name: Int32, group: Int32)]()
        for (number, line) in lines.split(separator: "\n").enumerated() {
            for word in line.split(separator: " ") { if let name = names.intern(String(word)) { belongings.append((name, Int32(number))) } }
        }
        groups = Lists(count: names.count) { put in for item in belongings { put(item.name, item.group) } }
    }

    static let standard = Nicknames(lines: [NicknamesOfMen.lines, NicknamesOfWomen.lines, NicknamesOfEurope.lines].joined(separator: "\n"))

    /// Longer words are no given name of the table.
    private static let byteLimit = 16

    /// The number of a name of the table; -1 for every other.
    func number(of name: UnsafeBufferPointer<UInt8>) -> Int32 { name.count <= Self.byteLimit ? names.find(name) ?? -1 : -1 }

    /// Whether two different names stand for one another; nil when one of them is not in the table, so that it may be a slip or a form
    /// that nobody thought of. A slip that turns one name into another one is rare: Mark and Mary are two people.
    func areRelated(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool? { areRelated(number(of: a), number(of: b)) }

    /// The same of names by their numbers.
    func areRelated(_ x: Int32, _ y: Int32) -> Bool? {
        guard x >= 0, y >= 0 else { return nil }
        for i in groups.range(Int(x)) { for j in groups.range(Int(y)) where groups.items[i] == groups.items[j] { return true } }
        return false
    }

    func areRelated(_ a: [UInt8], _ b: [UInt8]) -> Bool? {
        a.withUnsafeBufferPointer { a in b.withUnsafeBufferPointer { b in areRelated(a, b) } }
    }
}
