/// Which keys are one phone number, where some write it nationally: all numbers there are tell whose it is.
///
/// A look at everything completes national numbers itself; who looks at a part of the evidence needs this to find the same.
struct WrittenPhones: Sendable {
    /// Keys of one number, under the least of them; only where there are several.
    private var writings: [IdentifierKey: [IdentifierKey]] = [:]
    private var least: [IdentifierKey: IdentifierKey] = [:]

    /// Each key is a number of its own.
    init() {}

    /// - Parameter values: normalised numbers, all that are on file.
    init(_ values: [IdentifierKey: String]) {
        var book = PhoneBook()
        for value in values.values { if let number = PhoneNumber(value) { book.note(number) } }
        book.close()
        let isNational = { (value: String) in !value.hasPrefix("+") }
        var keys: [[UInt8]: [IdentifierKey]] = [:]
        for (key, value) in values where isNational(value) { keys[book.completed(Array(value.utf8)), default: []].append(key) }
        guard !keys.isEmpty else { return }
        for (key, value) in values where !isNational(value) { keys[Array(value.utf8)]?.append(key) }
        for group in keys.values.lazy.filter({ $0.count > 1 }).map({ $0.sorted { $0.precedes($1) } }) {
            for key in group { least[key] = group[0] }
            writings[group[0]] = group
        }
    }

    /// The key that stands for the number behind `key`, however it is written.
    func number(_ key: IdentifierKey) -> IdentifierKey { least[key] ?? key }

    /// All keys of the number behind `key`.
    func writings(of key: IdentifierKey) -> [IdentifierKey] { writings[number(key)] ?? [key] }
}
