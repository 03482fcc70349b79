/// Ratings of an input that lie outside their scale: what somebody wrote counts without them, too. Shared by all who read the input.
final class LeftOutRatings {
    private var reason: String?
    private var count = 0

    func note(_ reason: String) {
        self.reason = self.reason ?? reason
        count += 1
    }

    /// Nothing, or that ratings were left out, with what is wrong with the first.
    var remarks: [String] {
        reason.map { ["\(count) record\(count == 1 ? " was" : "s were") read without a rating, because \($0)"] } ?? []
    }
}
