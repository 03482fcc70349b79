extension String {
    /// With one blank where there are several, or other white space, and none at the ends.
    var collapsed: String {
        var text = self
        let bytes: [UInt8] = text.withUTF8 { bytes in
            var out = [UInt8]()
            out.reserveCapacity(bytes.count)
            for byte in bytes where byte > 32 || !out.isEmpty && out.last != 32 { out.append(byte > 32 ? byte : 32) }
            if out.last == 32 { out.removeLast() }
            return out
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
