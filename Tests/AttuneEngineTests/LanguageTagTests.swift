import Testing

@testable import AttuneEngine

@Suite struct LanguageTagTests {
    @Test(
        arguments: [
            ("en", "en"), ("DE", "de"), ("de_DE", "de-DE"), ("EN-us", "en-US"), ("EN-GB", "en-GB"), ("zh_hant_tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("de_DE.UTF-8", "de-DE"), ("en_US.UTF-8", "en-US"), ("ca@valencia", "ca"), ("hi-latn", "hi-Latn"), ("en-US,en;q=0.9", "en-US"),
            (" fr ", "fr"), ("fil", "fil"), ("zh-yue", "zh-yue"), ("de-1996", "de-1996"), ("en-!", "en"),
            // Codes of ISO 639-2, and those that BCP 47 has replaced.
            ("eng", "en"), ("DEU", "de"), ("ger", "de"), ("fre", "fr"), ("spa-MX", "es-MX"), ("cmn-Hans-CN", "zh-Hans-CN"), ("arz", "ar"),
            ("iw", "he"), ("in", "id"), ("iw_IL", "he-IL"), ("nor", "no"),
            ("English", "en"), ("GERMAN", "de"), ("Deutsch", "de"), ("Français", "fr"), ("español", "es"), ("Português (Brasil)", "pt"),
            ("English (US)", "en"), ("English - United States", "en"), ("Spanish; Castilian", "es"), ("German/Deutsch", "de"), ("हिन्दी", "hi"),
            ("العربية", "ar"), ("Hinglish", "hi-Latn"), ("Italiano", "it"), ("Nederlands", "nl"), ("Türkçe", "tr"), ("日本語", "ja"),
            ("Chinese (Simplified)", "zh"), ("Chinese Simplified", "zh"), ("Simplified Chinese", "zh"), ("Canadian French", "fr"),
            ("Brazilian Portuguese", "pt-BR"),
            ("", nil), (" ", nil), ("x", nil), ("C", nil), ("POSIX", nil), ("N/A", nil), ("NA", nil), ("n.a.", nil), ("unknown", nil), ("und", nil),
            ("und-Latn", nil), ("mul", nil), ("zxx", nil), ("auto", nil), ("null", nil), ("none", nil), ("nan", nil), ("-", nil), ("other", nil),
            ("xx", nil), ("qme", nil), ("non-English", nil), ("not English", nil), ("x-default", nil), ("7", nil), ("e\u{301}n", nil),
            (String(repeating: "en ", count: 40), nil),
        ] as [(String, String?)])
    func whatPeopleWriteIsATagOrNothing(written: String, tag: String?) {
        #expect(LanguageTag.normalized(written) == tag)
        // A tag is its own.
        if let tag { #expect(LanguageTag.normalized(tag) == tag) }
    }

    @Test func tablesHoldTagsOnly() {
        for tag in Set(LanguageNames.tags.values).union(LanguageNames.oldCodes.values).union(LanguageNames.longCodes) {
            #expect(LanguageTag.normalized(tag) == tag, "\(tag)")
        }
        #expect(LanguageNames.codes.reduce(0) { $0 + $1.nonzeroBitCount } == 182)
    }
}
