/// Names of accounts on a platform: `instagram:ann.lee`.
enum Handle {
    /// Small letters without `@`, behind the platform where one is named; the address of a profile is its handle. Nil where no name is left.
    ///
    /// - Parameter lower: UTF-8 in small letters.
    static func normalize(_ lower: [UInt8]) -> [UInt8]? {
        let (platform, name) = parts(lower[...])
        let bare = name.drop { $0 == UInt8(ascii: "@") }
        if bare.isEmpty { return nil }
        guard let platform else { return Array(bare) }
        let known = names.find(platform).map { platforms[Int($0)] } ?? Array(platform)
        // Facebook does not tell dots.
        let told = known == facebook ? bare.filter { $0 != UInt8(ascii: ".") } : Array(bare)
        return told.isEmpty ? nil : known + [UInt8(ascii: ":")] + told
    }

    /// What stands before the first colon, and behind it.
    private static func parts(_ text: ArraySlice<UInt8>) -> (platform: ArraySlice<UInt8>?, name: ArraySlice<UInt8>) {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return (nil, text) }
        let (platform, rest) = (text[..<colon], text[(colon + 1)...])
        if rest.starts(with: [47, 47]) { return profile(rest.dropFirst(2)) ?? (platform, rest) }
        // The address of a profile behind the platform's name.
        if let inner = rest.firstIndex(of: UInt8(ascii: ":")), rest[(inner + 1)...].starts(with: [47, 47]) {
            return (platform, profile(rest[(inner + 3)...])?.name ?? rest)
        }
        return (platform, rest)
    }

    /// Host and first part of the path of `www.instagram.com/ann.lee/?hl=de`.
    private static func profile(_ address: ArraySlice<UInt8>) -> (platform: ArraySlice<UInt8>?, name: ArraySlice<UInt8>)? {
        guard let slash = address.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        var host = address[..<slash]
        for prefix in ["www.", "m.", "mobile."] where host.starts(with: prefix.utf8) { host = host.dropFirst(prefix.utf8.count) }
        let name = address[(slash + 1)...].prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
        guard names.find(host) != nil, !name.isEmpty else { return nil }
        return (host, name)
    }

    private static let facebook = Array("facebook".utf8)

    /// Platforms by the names and hosts that people and systems write for them.
    private static let known = [
        ("twitter", "x"), ("twitter.com", "x"), ("x.com", "x"), ("ig", "instagram"), ("insta", "instagram"), ("instagram.com", "instagram"),
        ("fb", "facebook"), ("facebook.com", "facebook"), ("facebook", "facebook"), ("tg", "telegram"), ("t.me", "telegram"),
        ("tiktok.com", "tiktok"), ("threads.net", "threads"),
    ]
    private static let names = ByteTable(known.map(\.0))
    private static let platforms = known.map { Array($0.1.utf8) }
}

extension ByteTable {
    fileprivate func find(_ bytes: ArraySlice<UInt8>) -> Int32? { bytes.withUnsafeBufferPointer { find($0) } }
}
