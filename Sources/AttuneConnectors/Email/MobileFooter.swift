/// The line that mail programs of telephones put below a text: `Sent from my iPhone`.
enum MobileFooter {
    /// - Parameter line: folded.
    static func matches(_ line: [UInt8]) -> Bool { devices.occurs(in: line) && phrases.occurs(in: line, whole: true) }

    /// Where a phrase alone could be a person's, a device must be named too.
    private static let phrases = PhraseList(
        """
        sent from|sent via|sent with|sent using|get outlook for|von meinem|gesendet|verschickt|envoyé|télécharger|enviado|enviada|obtener|inviato|inviata|\
        scarica|verzonden|verstuurd|wysłane|wysłano|wysłana|skickat|skickad|sendt|hämta|hent|lähetetty|отправлено|надіслано|odesláno|küldve|elküldve|gönderildi|dikirim|\
        发自|從我的|傳送自|寄自|送信|에서 보냄|보냈습니다|أرسلت|مرسل|تم الإرسال|भेजा गया|στάλθηκε|trimis|odoslané
        """)
    private static let devices = PhraseList(
        """
        iphone|ipad|ipod|apple watch|android|samsung|galaxy|huawei|xiaomi|redmi|nokia|blackberry|outlook|yahoo|gmx|web.de|t-online|proton|windows|\
        smartphone|mobile|mobil|móvil|handy|telefon|téléphone|celular|cell phone|my phone|pixel|oneplus|motorola|sony|sparrow|spark|airmail|gmail|\
        mail.ru|icloud|mailbox|ios
        """)
}
