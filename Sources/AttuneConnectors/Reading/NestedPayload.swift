import AttuneCore

extension Payload {
    /// The value of JSON text that stands in a string; nil when it is no JSON.
    static func nested(_ text: String) -> Payload? {
        do throws(JSONParser.Failure) { return try JSONParser.parse(Array(text.utf8)) } catch { return nil }
    }
}
