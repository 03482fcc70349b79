extension UnsafeBufferPointer<UInt8> {
    /// How often a byte occurs. In blocks whose sum cannot overflow a byte, so that many bytes are compared in one step.
    public func count(of byte: UInt8) -> Int {
        guard let base = baseAddress else { return 0 }
        var (total, at) = (0, 0)
        while at < count {
            let end = Swift.min(at &+ 240, count)
            var sum: UInt8 = 0
            while at < end {
                sum &+= base[at] == byte ? 1 : 0
                at &+= 1
            }
            total &+= Int(sum)
        }
        return total
    }
}
