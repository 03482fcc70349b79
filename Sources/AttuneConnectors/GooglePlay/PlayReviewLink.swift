import Foundation

/// Links of the Play Console's reports to their reviews.
enum PlayReviewLink {
    /// The id in a link, old style (`reviewid=gp:…` in the fragment) or new; nil when there is none.
    static func reviewID(_ link: String) -> String? {
        guard let name = link.firstRange(of: "reviewId=") ?? link.firstRange(of: "reviewid=") else { return nil }
        let value = link[name.upperBound...].prefix { $0 != "&" && $0 != "#" }
        let isEncoded = value.utf8.contains(UInt8(ascii: "%"))
        let id = isEncoded ? value.removingPercentEncoding ?? String(value) : String(value)
        return id.isEmpty ? nil : id
    }
}
