import Foundation

/// Turns a host name into all of its addresses.
struct HostResolver: Sendable {
    private let resolve: @Sendable (String) async throws -> [IPAddress]

    init(_ resolve: @escaping @Sendable (String) async throws -> [IPAddress]) { self.resolve = resolve }

    /// Throws `SinkError` when the name has no address.
    func addresses(of host: String) async throws -> [IPAddress] {
        if let literal = IPAddress(host) { return [literal] }
        return try await resolve(host)
    }

    /// The computer's own resolver, which also reads the odd spellings of addresses (`127.1`, `0x7f000001`) that a connection
    /// would accept.
    static func system() -> HostResolver {
        let queue = BlockingQueue("attune.sink.resolver")
        return HostResolver { host in try await queue.run { try lookUp(host) } }
    }

    private static func lookUp(_ host: String) throws -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        guard status == 0 else { throw SinkError("the host \(host) is not found: \(String(cString: gai_strerror(status)))") }
        defer { freeaddrinfo(list) }
        var addresses = [IPAddress]()
        var next = list
        while let entry = next?.pointee {
            if let address = IPAddress(entry.ai_addr) { addresses.append(address) }
            next = entry.ai_next
        }
        return addresses
    }
}

extension IPAddress {
    /// Nil for families other than IPv4 and IPv6.
    fileprivate init?(_ address: UnsafeMutablePointer<sockaddr>?) {
        guard let address else { return nil }
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            var four = UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self).sin_addr
            self.init(bytes: withUnsafeBytes(of: &four) { Array($0) })
        case AF_INET6:
            var six = UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self).sin6_addr
            self.init(bytes: withUnsafeBytes(of: &six) { Array($0) })
        default: return nil
        }
    }
}
