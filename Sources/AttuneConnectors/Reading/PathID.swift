/// The id of a record in the path of an address, for pages of lists that name their parent nowhere else.
enum PathID {
    /// `77` of `https://acme.zendesk.com/api/v2/tickets/77/comments.json?page=2` behind `/tickets/`.
    static func behind(_ folder: String, in address: String?) -> String? {
        guard let address, let folder = address.firstRange(of: folder) else { return nil }
        let id = address[folder.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        return id.isEmpty || id.utf8.count > 64 ? nil : String(id)
    }
}
