import AttuneCore
import Foundation

extension Timestamp {
    /// What the computer's clock shows. The edges ask it once per request or attempt; the core never does.
    package static func systemNow() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }
}
