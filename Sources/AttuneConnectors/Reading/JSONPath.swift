/// JSONPath (RFC 9535) where it is a plain path to one place: `$.payload.body`, `$['ref']`, `$.x[0].t`. The rest finds many places or none, and is
/// not read.
enum JSONPath {
    static let help = "write members and positions only, as $.author.email, $['author'] or $.items[0].text, or a pointer as /author/email"

    /// Whether a mapping's word is a path and no member's name.
    static func isOne(_ text: String) -> Bool { text == "$" || text.hasPrefix("$.") || text.hasPrefix("$[") }

    /// The same place as a JSON pointer; nil for what is no plain path.
    static func pointer(_ path: String) -> String? {
        var rest = Substring(path).dropFirst()
        var pointer = ""
        while let sign = rest.popFirst() {
            let token: String?
            switch sign {
            case ".": token = member(&rest)
            case "[": token = rest.first.map { $0 == "'" || $0 == "\"" } == true ? quoted(&rest) : position(&rest)
            default: return nil
            }
            guard let token else { return nil }
            pointer += "/" + token.replacing("~", with: "~0").replacing("/", with: "~1")
        }
        return pointer.isEmpty ? nil : pointer
    }

    private static func member(_ rest: inout Substring) -> String? {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "$" || $0 == "@" }
        rest = rest.dropFirst(name.count)
        return name.isEmpty ? nil : String(name)
    }

    private static func position(_ rest: inout Substring) -> String? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty || rest.popFirst() != "]" ? nil : String(digits)
    }

    /// A member's name in quotes of either kind, with `\` before those within it.
    private static func quoted(_ rest: inout Substring) -> String? {
        guard let quote = rest.popFirst() else { return nil }
        var name = ""
        while let sign = rest.popFirst(), sign != quote {
            if sign != "\\" {
                name.append(sign)
            } else if let escaped = rest.popFirst(), escaped == "\\" || escaped == "'" || escaped == "\"" {
                name.append(escaped)
            } else {
                return nil
            }
        }
        return rest.popFirst() == "]" ? name : nil
    }
}
