/// Character references that stand in the Markdown of posts itself, behind the escapes of an answer: `&nbsp;`, `&#x200B;`.
enum RedditEntities {
    static func decoded(_ text: String) -> String { HTMLEntities.decoded(text, replacement) }

    /// `&`, `<` and `>` stay as they were written: with them a text says how something is written. Reddit's editor writes U+200B for an empty line.
    private static func replacement(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&", "<", ">": nil
        case "\u{200B}": ""
        default: HTMLEntities.blankOrItself(scalar)
        }
    }
}
