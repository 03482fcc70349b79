/// Lines of `format=flowed` (RFC 3676) joined to paragraphs.
enum FlowedText {
    /// - Parameter deletesSpace: whether the blank that marks a soft line end is not text (`delsp=yes`).
    static func joined(_ text: String, deletesSpace: Bool) -> String {
        var out = [UInt8]()
        out.reserveCapacity(text.utf8.count)
        /// Depth of quoting of the paragraph that goes on; nil behind a hard line end.
        var open: Int?
        for (i, line) in text.utf8.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            var rest = line
            if rest.last == 13 { rest.removeLast() }
            let depth = rest.prefix { $0 == UInt8(ascii: ">") }.count
            rest = rest.dropFirst(depth)
            if rest.first == 32 { rest = rest.dropFirst() }
            let isSignature = rest.elementsEqual("-- ".utf8)
            if open == depth, !isSignature {
                out.append(contentsOf: rest)
            } else {
                if i > 0 { out.append(10) }
                if depth > 0 { out.append(contentsOf: repeatElement(UInt8(ascii: ">"), count: depth) + [32]) }
                out.append(contentsOf: rest)
            }
            let isSoft = rest.last == 32 && !isSignature
            if isSoft, deletesSpace { out.removeLast() }
            open = isSoft ? depth : nil
        }
        return String(decoding: out, as: UTF8.self)
    }
}
