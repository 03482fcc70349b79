import AttuneCore

/// `customers.outline`: `{"names":[["Ann Lee",1767225600000000000]],"keys":"…"}`, the keys as in `evidence`.
enum OutlineCoding {
    static func json(_ outline: CustomerOutline) -> String {
        JSONWriter.string(
            .object([
                .init("names", .array(outline.names.map { .array([.string($0.text), .int($0.firstSeen.nanoseconds)]) })),
                .init("keys", .string(KeyCoding.text(outline.keys))),
            ]))
    }

    static func outline(json: [UInt8]) throws -> CustomerOutline {
        guard let value = try? JSONParser.parse(json), let names = value["names"]?.items, var keys = value["keys"]?.string else {
            throw StoreError.corrupt("a customer's outline can't be read back")
        }
        return CustomerOutline(
            names: names.compactMap { item in
                guard let text = item[0]?.string, let at = item[1]?.integer else { return nil }
                return CustomerOutline.Name(text, firstSeen: Timestamp(nanoseconds: at))
            }, keys: keys.withUTF8(KeyCoding.keys))
    }
}
