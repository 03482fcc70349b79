import AttuneCore
import Testing

@testable import AttuneConnectors

@Suite struct SinksAddressTests {
    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
        "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::", "2001:0:1::1", "2001:db8::1", "fc00::1",
        "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "3fff::1",
    ])
    func isPrivate(_ text: String) throws { #expect(try #require(IPAddress(text)).isPrivate) }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "128.0.0.1", "169.253.0.1", "172.15.0.1", "172.32.0.1",
        "192.167.0.1", "192.169.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
        "64:ff9b::808:808", "2002:808:808::",
    ])
    func isPublic(_ text: String) throws { #expect(try #require(IPAddress(text)).isPrivate == false) }

    @Test(arguments: ["", "localhost", "127.1", "1.2.3.4.5", "::g", "256.1.1.1"])
    func isNoAddress(_ text: String) { #expect(IPAddress(text) == nil) }

    @Test(arguments: [
        ("0", 0), ("120", 120), (" 7", 7), ("Sun, 06 Nov 1994 08:49:47 GMT", 10), ("Sunday, 06-Nov-94 08:49:38 GMT", 1),
        ("Sun Nov  6 08:50:37 1994", 60), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
    ])
    func retryAfterIsRead(_ text: String, _ seconds: Int) throws {
        let now = try #require(RFC3339.parse("1994-11-06T08:49:37Z"))
        #expect(RetryAfter.parse(text, now: now) == .seconds(seconds))
    }

    @Test(arguments: ["", "soon", "-1", "+5", "1.5", "Sun, 31 Feb 1994 08:49:37 GMT", "06 Nov 1994", "Nov 08:49:37"])
    func retryAfterThatIsNoneIsPassedOver(_ text: String) {
        #expect(RetryAfter.parse(text, now: Timestamp(nanoseconds: 0)) == nil)
    }
}
