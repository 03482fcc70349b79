/// The name of an element, as a number and as where it stands: tags are made and left by the million, and a string in each would count references.
struct HTMLName {
    /// `HTMLElements.key` of it: 0 for a name that has to be read.
    let key: UInt64
    private let range: Range<Int>

    /// - Parameter range: of the name in the source, in letters of any case.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        key = HTMLElements.key(bytes[range])
        self.range = range
    }

    /// Whether two names in one source are the same but for the case of their letters.
    func isSame(as other: HTMLName, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if key != 0 || other.key != 0 { return key == other.key }
        return text(bytes) == other.text(bytes)
    }

    /// In lower case.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String { HTMLTokenizer.lower(bytes, range) }

    // Those that are asked for.
    static let blockquote = HTMLElements.key("blockquote".utf8)
    static let body = HTMLElements.key("body".utf8)
    static let br = HTMLElements.key("br".utf8)
    static let div = HTMLElements.key("div".utf8)
    static let head = HTMLElements.key("head".utf8)
    static let hr = HTMLElements.key("hr".utf8)
    static let p = HTMLElements.key("p".utf8)
    static let pre = HTMLElements.key("pre".utf8)
    static let td = HTMLElements.key("td".utf8)
    static let th = HTMLElements.key("th".utf8)
    static let title = HTMLElements.key("title".utf8)
    static let xml = HTMLElements.key("xml".utf8)
    // And attributes.
    static let classes = HTMLElements.key("class".utf8)
    static let identifier = HTMLElements.key("id".utf8)
    static let style = HTMLElements.key("style".utf8)
    static let tabIndex = HTMLElements.key("tabindex".utf8)
}
