/// Which given names stand for one another.
struct Nicknames: Sendable {
    /// Groups a name belongs to, by name.
    private let groups: [[UInt8]: [Int32]]

    /// - Parameter lines: a name and its short forms a line, separated by blanks.
    init(lines: String) {
        var groups: [[UInt8]: [Int32]] = [:]
        for (number, line) in lines.split(separator: "\n").enumerated() {
            for word in line.split(separator: " ") { groups[Array(word.utf8), default: []].append(Int32(number)) }
        }
        self.groups = groups
    }

    static let standard = Nicknames(lines: [NicknamesOfMen.lines, NicknamesOfWomen.lines, NicknamesOfEurope.lines].joined(separator: "\n"))

    func related(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        guard a.count <= Self.byteLimit, b.count <= Self.byteLimit else { return false }
        return related(Array(a), Array(b))
    }

    /// Longer words are no given name of the table.
    private static let byteLimit = 16

    func related(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard let x = groups[a], let y = groups[b] else { return false }
        return x.contains { y.contains($0) }
    }
}
