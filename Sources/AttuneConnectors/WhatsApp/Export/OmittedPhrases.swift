extension PhraseTable {
    /// Media that were not exported, in Korean, Hebrew, Polish, Swedish, Danish, Norwegian, Czech, Ukrainian, Romanian, Hungarian, Greek and
    /// Vietnamese: a phrase alone is no text anybody wrote.
    static let omittedElsewhere = PhraseTable(
        omitted: [
            (
                "media",
                [
                    "<미디어 생략됨>", "<המדיה הושמטה>", "<מדיה הושמטה>",
                ]
            ),
            (
                "image",
                [
                    "사진 생략됨", "이미지 생략됨", "התמונה הושמטה", "תמונה הושמטה", "zdjęcie pominięto", "obrazek pominięto", "billede udeladt",
                    "bilde utelatt", "obrázek vynechán", "зображення пропущено", "imagine omisă", "kép kihagyva", "η εικόνα παραλείφθηκε",
                    "đã bỏ qua hình ảnh", "hình ảnh bị bỏ qua",
                ]
            ),
            (
                "video",
                [
                    "동영상 생략됨", "비디오 생략됨", "הסרטון הושמט", "סרטון הושמט", "סרטון הווידאו הושמט", "הווידאו הושמט", "wideo pominięto",
                    "film pominięto", "video utelämnad", "video udeladt", "video utelatt", "video vynecháno", "відео пропущено",
                    "videoclip omis", "videó kihagyva", "το βίντεο παραλείφθηκε", "đã bỏ qua video", "video bị bỏ qua",
                ]
            ),
            (
                "audio",
                [
                    "오디오 생략됨", "음성 메시지 생략됨", "השמע הושמט", "קובץ השמע הושמט", "אודיו הושמט", "הקלטה הושמטה", "dźwięk pominięto",
                    "plik audio pominięto", "audio pominięto", "ljud utelämnat", "lyd udeladt", "lyd utelatt", "zvuk vynechán",
                    "аудіо пропущено", "hang kihagyva", "ο ήχος παραλείφθηκε", "đã bỏ qua âm thanh", "âm thanh bị bỏ qua",
                ]
            ),
            (
                "gif",
                [
                    "GIF 생략됨", "GIF הושמט", "קובץ GIF הושמט", "GIF pominięto", "GIF utelämnad", "GIF udeladt", "GIF utelatt",
                    "GIF vynechán", "GIF пропущено", "GIF kihagyva", "το GIF παραλείφθηκε",
                ]
            ),
            (
                "sticker",
                [
                    "스티커 생략됨", "הסטיקר הושמט", "המדבקה הושמטה", "סטיקר הושמט", "naklejka pominięto", "naklejkę pominięto",
                    "klistermärke utelämnat", "dekal utelämnad", "klistermærke udeladt", "klistremerke utelatt", "nálepka vynechána",
                    "samolepka vynechána", "стікер пропущено", "matrica kihagyva", "το αυτοκόλλητο παραλείφθηκε", "đã bỏ qua nhãn dán",
                ]
            ),
            (
                "document",
                [
                    "문서 생략됨", "המסמך הושמט", "מסמך הושמט", "dokument pominięto", "dokument utelämnat", "dokument udeladt",
                    "dokument utelatt", "dokument vynechán", "документ пропущено", "dokumentum kihagyva", "το έγγραφο παραλείφθηκε",
                    "đã bỏ qua tài liệu",
                ]
            ),
            (
                "contact",
                [
                    "연락처 카드 생략됨", "연락처 생략됨", "כרטיס איש הקשר הושמט", "karta kontaktu pominięto", "kontaktkort utelämnat",
                    "kontaktkort udeladt", "kontaktkort utelatt", "картку контакту пропущено",
                ]
            ),
        ],
        deleted: [], deletedByAdmin: [], edited: [], unavailable: [], systemBodies: [], systemPrefixes: [], callPrefixes: [], systemFragments: [])
}
