import AttuneCore

/// `customers.outline`: `{"names":[["Ann Lee",1767225600000000000]],"keys":"…"}`, the keys as in `evidence`.
enum OutlineCoding {
    static func json(_ outline: CustomerOutline) -> String {
        var out = Array("{\"names\":[".utf8)
        for (i, name) in outline.names.enumerated() {
            out += i == 0 ? [UInt8(ascii: "[")] : [UInt8(ascii: ","), UInt8(ascii: "[")]
            JSONWriter.write(name.text, into: &out)
            out.append(UInt8(ascii: ","))
            out += String(name.firstSeen.nanoseconds).utf8
            out.append(UInt8(ascii: "]"))
        }
        out += "],\"keys\":".utf8
        JSONWriter.write(KeyCoding.text(outline.keys), into: &out)
        out.append(UInt8(ascii: "}"))
        return String(decoding: out, as: UTF8.self)
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
