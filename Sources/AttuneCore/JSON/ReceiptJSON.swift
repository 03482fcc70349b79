import AttuneEngine

/// The JSON form of a receipt.
enum ReceiptJSON {
    /// `,"receipt":[…]`
    static func member(_ receipt: Receipt) -> [UInt8] {
        var out = Array(",\"receipt\":".utf8)
        list(receipt.accounts, &out, append)
        return out
    }

    private static func append(_ account: Receipt.Account, _ out: inout [UInt8]) {
        out.append(contentsOf: "{\"head\":".utf8)
        JSONWriter.write(account.head, into: &out)
        out.append(contentsOf: ",\"unit\":".utf8)
        JSONWriter.write(account.unit.rawValue, into: &out)
        out.append(contentsOf: ",\"score\":".utf8)
        DecimalText.append(millionths: account.millionths, to: &out)
        out.append(contentsOf: ",\"contributions\":".utf8)
        list(account.contributions, &out, append)
        out.append(UInt8(ascii: "}"))
    }

    private static func append(_ contribution: Receipt.Contribution, _ out: inout [UInt8]) {
        out.append(contentsOf: "{\"source\":".utf8)
        JSONWriter.write(contribution.source.rawValue, into: &out)
        out.append(contentsOf: ",\"name\":".utf8)
        JSONWriter.write(contribution.name, into: &out)
        if let span = contribution.span {
            out.append(contentsOf: ",\"span\":[".utf8)
            DecimalText.append(Int(span.start), to: &out)
            out.append(UInt8(ascii: ","))
            DecimalText.append(Int(span.end), to: &out)
            out.append(UInt8(ascii: "]"))
        }
        out.append(contentsOf: ",\"value\":".utf8)
        DecimalText.append(millionths: contribution.millionths, to: &out)
        out.append(UInt8(ascii: "}"))
    }

    private static func list<T>(_ items: [T], _ out: inout [UInt8], _ item: (T, inout [UInt8]) -> Void) {
        out.append(UInt8(ascii: "["))
        for (i, value) in items.enumerated() {
            if i > 0 { out.append(UInt8(ascii: ",")) }
            item(value, &out)
        }
        out.append(UInt8(ascii: "]"))
    }
}
