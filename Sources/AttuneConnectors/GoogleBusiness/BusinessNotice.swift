import Foundation

/// Notices about reviews, as Pub/Sub carries them: JSON in base64.
enum BusinessNotice {
    /// `NEW_REVIEW`, `UPDATED_REVIEW`, or `notice` for one about something else; nil when the data is no notice.
    static func type(_ data: String) -> String? {
        guard let bytes = Data(base64Encoded: data), let notice = JSONMarks(Array(bytes)[...]) else { return nil }
        for type in ["NEW_REVIEW", "UPDATED_REVIEW"] where notice.says("type", type) || notice.says("notificationType", type) { return type }
        return notice.hasAny("notificationType", "type") ? "notice" : nil
    }
}
