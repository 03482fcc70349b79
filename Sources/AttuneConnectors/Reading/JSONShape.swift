import AttuneCore

/// What the beginning of a file tells about its JSON.
struct JSONShape {
    var isArray: Bool
    /// Names of the first object's members as far as the head shows them.
    var keys: [String] = []

    /// Nil when the head is no JSON object or array, as far as it goes.
    init?(_ head: ArraySlice<UInt8>) {
        var bytes = Array(head)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        var found: [String]?
        let isArray: Bool? = bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            scanner.skipSpace()
            let isArray = scanner.current == UInt8(ascii: "[")
            if isArray {
                scanner.at += 1
                scanner.skipSpace()
                if scanner.current == UInt8(ascii: "]") || scanner.current == nil { return scanner.current == nil ? nil : true }
            }
            found = Self.keys(&scanner)
            return found == nil ? nil : isArray
        }
        guard let isArray else { return nil }
        self.isArray = isArray
        keys = found ?? []
    }

    /// Nil when there is no object, or its first member is no member.
    private static func keys(_ scanner: inout JSONScanner) -> [String]? {
        guard var members = try? JSONScanner.Members(&scanner) else { return nil }
        var keys = [String]()
        while true {
            let start = scanner.at
            do throws(JSONScanner.Failure) {
                guard let (key, _) = try members.next(&scanner) else { return keys }
                keys.append(scanner.text(key))
            } catch {
                // The head may end anywhere, a damaged value may stand anywhere: the name of the member is enough.
                var rest = JSONScanner(scanner.bytes, at: start)
                rest.skipSpace()
                if rest.current == UInt8(ascii: ",") { rest.at += 1 }
                rest.skipSpace()
                let first = rest.at
                guard rest.current == UInt8(ascii: "\""), let isEscaped = try? rest.string() else { return keys.isEmpty ? nil : keys }
                keys.append(rest.text(.init(kind: .string, start: first, end: rest.at, isEscaped: isEscaped)))
                rest.skipSpace()
                return rest.current == UInt8(ascii: ":") || rest.current == nil || keys.count > 1 ? keys : nil
            }
        }
    }
}
