import Foundation
import Testing

@testable import AttuneEngine

/// The shipped language head on sentences as customers write them.
@Suite struct LanguageIdentifierTests {
    /// `nil` where no honest answer exists.
    private static let cases: [(String?, String)] = [
        ("en", "Where is my order?"),
        ("en", "thanks"),
        ("en", "no complaints"),
        ("en", "Great product"),
        ("en", "refund please"),
        ("en", "not working"),
        ("en", "It's been three weeks and nobody has replied to my email"),
        ("en", "Hello, I have a question about my order"),
        ("en", "cancel my subscription"),
        ("en", "great"),
        ("en", "I want my money back"),
        ("en", "love it"),
        ("en", "ok"),
        ("es", "¿Dónde está mi pedido?"),
        ("es", "Gracias por todo, el envío llegó rápido"),
        ("es", "No funciona, quiero un reembolso"),
        ("es", "muy mala atención"),
        ("es", "Estoy muy contento con la compra"),
        ("pt", "Onde está o meu pedido?"),
        ("pt", "Obrigado, adorei o produto"),
        ("pt", "Não recebi a encomenda ainda"),
        ("pt", "péssimo atendimento"),
        ("fr", "Où est ma commande ?"),
        ("fr", "Je suis très déçu par votre service"),
        ("fr", "Merci beaucoup"),
        ("fr", "Je n'ai jamais reçu mon colis"),
        ("de", "Wo ist meine Bestellung?"),
        ("de", "Vielen Dank für die schnelle Lieferung"),
        ("de", "Ich bin sehr enttäuscht"),
        ("de", "Die Kaffeemaschine ist kaputt"),
        ("it", "Dov'è il mio ordine?"),
        ("it", "Grazie mille, tutto perfetto"),
        ("it", "Non funziona niente, voglio un rimborso"),
        ("it", "Sono molto deluso dal servizio"),
        ("ar", "أين طلبي؟"),
        ("ar", "شكرا جزيلا على الخدمة الممتازة"),
        ("ar", "الخدمة سيئة جدا"),
        ("hi", "मेरा ऑर्डर कहाँ है?"),
        ("hi", "बहुत खराब सेवा"),
        ("hi", "धन्यवाद, सामान अच्छा है"),
        ("hi-Latn", "mera order kahan hai"),
        ("hi-Latn", "bahut bekar service hai yaar"),
        ("hi-Latn", "paisa wapas karo please"),
        ("hi-Latn", "bhai ye product to bilkul ghatiya nikla"),
        ("hi-Latn", "delivery abhi tak nahi aayi"),
        ("nl", "Waar is mijn bestelling?"),
        ("nl", "Wanneer wordt mijn bestelling bezorgd?"),
        ("sv", "Var är min beställning?"),
        ("sv", "Jag är mycket nöjd med köpet"),
        ("da", "Hvor er min ordre henne?"),
        ("pl", "Gdzie jest moje zamówienie?"),
        ("pl", "Dziękuję bardzo za szybką dostawę"),
        // Four words can be Slovak as well as Czech: letters that only one has decide.
        ("cs", "Kde je moje objednávka? Už tři dny čekám na zprávu"),
        ("tr", "Siparişim nerede kaldı?"),
        ("tr", "Çok teşekkür ederim"),
        ("ru", "Где мой заказ?"),
        ("ru", "Спасибо большое за помощь"),
        ("uk", "Де моє замовлення?"),
        ("uk", "Дякую за допомогу"),
        ("el", "Πού είναι η παραγγελία μου;"),
        ("he", "איפה ההזמנה שלי?"),
        ("th", "สินค้าของฉันอยู่ที่ไหน"),
        ("ko", "제 주문은 어디에 있나요?"),
        ("ja", "注文した商品はどこですか？"),
        ("zh", "我的订单在哪里？"),
        ("fi", "Missä tilaukseni on?"),
        ("hu", "Hol van a rendelésem?"),
        ("ro", "Unde este comanda mea?"),
        ("vi", "Đơn hàng của tôi ở đâu?"),
        ("id", "Kapan pesanan saya dikirim?"),
        ("fa", "سفارش من کجاست؟"),
        ("ur", "میرا آرڈر کہاں ہے؟"),
        ("bn", "আমার অর্ডার কোথায়?"),
        ("ta", "என் ஆர்டர் எங்கே?"),
        (nil, "12345 67"),
        (nil, "asdfgh jkl qwert"),
        (nil, "xkcdqz wvbnmt"),
        (nil, "👍👍"),
        (nil, "!!!"),
    ]

    private static func identifier() throws -> LanguageIdentifier {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let bytes = try Data(contentsOf: root.appendingPathComponent("Lexicons/attune.pack"))
        let heads = try #require(try Pack.model(of: ModelStorage(copying: Array(bytes)))?.group(PackLabels.languageGroup))
        return LanguageIdentifier(heads: heads)
    }

    /// Languages that share so many words that a few of them may be in either.
    private static let relatives: [Set<String>] = [["da", "nb", "nn"], ["id", "ms"]]

    @Test func sentencesAreInTheirLanguage() throws {
        let identifier = try Self.identifier()
        var scratch = TokenizerScratch()
        var tokens = TokenBuffer()
        var confused = 0
        for (code, sentence) in Self.cases {
            var text = sentence
            let guess = text.withUTF8 { bytes in
                Tokenizer().tokenize(bytes, scratch: &scratch, into: &tokens)
                return identifier.identify(tokens, text: bytes)
            }
            if let guess { #expect((0...1).contains(guess.confidence)) }
            if let code, let guess, code != guess.code, Self.relatives.contains(where: { $0.isSuperset(of: [code, guess.code]) }) {
                confused += 1
            } else {
                #expect(guess?.code == code, "\(sentence)")
            }
        }
        #expect(confused <= 2)
    }

    @Test(arguments: [
        (0x41, WritingSystem.latin), (0x7A, .latin), (0xE9, .latin), (0x3B1, .greek), (0x416, .cyrillic), (0x5D0, .hebrew), (0x627, .arabic),
        (0x915, .devanagari), (0xE01, .thai), (0xAC00, .hangul), (0x3042, .kana), (0x4E2D, .han), (0x1EA1, .latin), (0x531, .armenian),
        (0x10D0, .georgian), (0x985, .bengali),
    ])
    func scalarsHaveTheirScript(_ scalar: Int, _ system: WritingSystem) {
        #expect(WritingSystem.of(UInt32(scalar)) == system)
    }

    @Test(arguments: [0x30, 0x20, 0x21, 0x1F600, 0x2019, 0x10FFFF]) func otherScalarsHaveNone(_ scalar: Int) {
        #expect(WritingSystem.of(UInt32(scalar)) == nil)
    }

    @Test func gibberishIsMadeTheSameEveryTime() {
        var first = GibberishGenerator(seed: 4)
        var second = GibberishGenerator(seed: 4)
        for _ in 0..<100 { #expect(first.text() == second.text()) }
    }
}
