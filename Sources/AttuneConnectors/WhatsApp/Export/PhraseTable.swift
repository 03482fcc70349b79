/// Phrases of WhatsApp in some languages, without direction marks. First letters are compared in either case.
struct PhraseTable {
    /// What stands for a medium that was not exported, by its kind.
    var omitted: [(String, [String])]
    var deleted: [String]
    /// Beginnings of bodies that name the admin who deleted a message; of whole ones, where `*` stands for the name.
    var deletedByAdmin: [String]
    /// Marks at the end of an edited message.
    var edited: [String]
    var unavailable: [String]
    var systemBodies: [String]
    var systemPrefixes: [String]
    /// What stands before the length of a call.
    var callPrefixes: [String]
    /// Parts of system lines that may contain a colon.
    var systemFragments: [String]

    static let all = [western, others, further, omittedElsewhere]
}
