extension PhraseTable {
    /// Turkish, Russian, Arabic, Hindi, Indonesian, Finnish, Japanese.
    static let others = PhraseTable(
        omitted: [
            (
                "media",
                [
                    "<Medya dahil edilmedi>", "<Без медиафайлов>", "<Медиафайл пропущен>", "<تم استبعاد الوسائط>", "<الوسائط غير مدرجة>",
                    "<الوسائط محذوفة>", "<मीडिया शामिल नहीं किया गया>", "<मीडिया के बिना>", "<मीडिया छोड़ा गया>", "<Media tidak disertakan>", "<Media jätettiin pois>",
                    "<Media jätetty pois>", "<メディアは含まれていません>", "<メディアなし>", "<メディアファイルを除く>",
                ]
            ),
            (
                "image",
                [
                    "görüntü dahil edilmedi", "resim dahil edilmedi", "изображение отсутствует", "изображение не добавлено", "الصورة غير مدرجة",
                    "تم استبعاد الصورة", "इमेज शामिल नहीं की गई", "इमेज छोड़ी गई", "gambar tidak disertakan", "kuva jätetty pois", "kuva jätettiin pois",
                    "画像は含まれていません", "画像が含まれていません",
                ]
            ),
            (
                "video",
                [
                    "video dahil edilmedi", "видео отсутствует", "видео не добавлено", "الفيديو غير مدرج", "تم استبعاد الفيديو", "वीडियो शामिल नहीं किया गया",
                    "वीडियो छोड़ा गया", "video tidak disertakan", "video jätetty pois", "video jätettiin pois", "動画は含まれていません", "動画が含まれていません",
                ]
            ),
            (
                "audio",
                [
                    "ses dahil edilmedi", "ses kaydı dahil edilmedi", "аудио отсутствует", "аудиофайл отсутствует", "аудио не добавлено",
                    "الصوت غير مدرج", "تم استبعاد الصوت", "المقطع الصوتي غير مدرج", "ऑडियो शामिल नहीं किया गया", "ऑडियो छोड़ा गया", "audio tidak disertakan",
                    "ääni jätetty pois", "äänite jätetty pois", "ääni jätettiin pois", "音声は含まれていません", "オーディオは含まれていません",
                ]
            ),
            (
                "gif",
                [
                    "GIF dahil edilmedi", "GIF отсутствует", "GIF не добавлен", "صورة GIF غير مدرجة", "تم استبعاد GIF", "GIF शामिल नहीं की गई",
                    "GIF tidak disertakan", "GIF jätetty pois", "GIF jätettiin pois", "GIFは含まれていません",
                ]
            ),
            (
                "sticker",
                [
                    "Çıkartma dahil edilmedi", "стикер отсутствует", "стикер не добавлен", "الملصق غير مدرج", "تم استبعاد الملصق", "स्टिकर शामिल नहीं किया गया",
                    "stiker tidak disertakan", "tarra jätetty pois", "tarra jätettiin pois", "スタンプは含まれていません", "ステッカーは含まれていません",
                ]
            ),
            (
                "document",
                [
                    "belge dahil edilmedi", "документ отсутствует", "документ не добавлен", "المستند غير مدرج", "تم استبعاد المستند",
                    "डॉक्यूमेंट शामिल नहीं किया गया", "dokumen tidak disertakan", "dokumentti jätetty pois", "asiakirja jätetty pois", "ドキュメントは含まれていません",
                    "文書は含まれていません",
                ]
            ),
            (
                "contact",
                [
                    "Kişi kartı dahil edilmedi", "карточка контакта отсутствует", "контакт не добавлен", "بطاقة جهة الاتصال غير مدرجة",
                    "संपर्क कार्ड शामिल नहीं किया गया", "Kartu kontak tidak disertakan", "Yhteystietokortti jätetty pois", "連絡先カードは含まれていません",
                ]
            ),
        ],
        deleted: [
            "Bu mesaj silindi", "Bu mesajı sildiniz", "Данное сообщение удалено", "Это сообщение удалено", "Сообщение удалено",
            "Вы удалили данное сообщение", "Вы удалили это сообщение", "Вы удалили сообщение", "تم حذف هذه الرسالة", "لقد حذفت هذه الرسالة",
            "حذفتَ هذه الرسالة", "حذفت هذه الرسالة", "لقد قمت بحذف هذه الرسالة", "यह मैसेज मिटा दिया गया", "यह मैसेज मिटा दिया गया है", "यह मैसेज मिटा दिया गया था",
            "यह संदेश हटा दिया गया", "यह संदेश हटा दिया गया था", "यह मैसेज मिटाया गया", "आपने यह मैसेज मिटा दिया", "आपने यह मैसेज मिटा दिया है", "आपने यह मैसेज मिटाया", "Pesan ini dihapus",
            "Pesan ini telah dihapus", "Anda menghapus pesan ini", "Anda telah menghapus pesan ini", "Tämä viesti poistettiin",
            "Tämä viesti on poistettu", "Poistit tämän viestin", "このメッセージは削除されました", "このメッセージは削除されました。", "このメッセージを削除しました", "このメッセージを削除しました。",
            "あなたはこのメッセージを削除しました", "あなたはこのメッセージを削除しました。",
        ],
        deletedByAdmin: [
            "Bu mesaj yönetici ", "Данное сообщение удалено админ", "Это сообщение удалено админ", "تم حذف هذه الرسالة من قبل ",
            "Pesan ini dihapus oleh admin", "Pesan ini telah dihapus oleh admin", "Tämän viestin poisti ylläpitäjä",
        ],
        edited: [
            "<Bu mesaj düzenlendi>", "<Bu mesaj düzenlendi.>", "<Сообщение изменено>", "<Это сообщение изменено>", "<Это сообщение изменено.>",
            "<Данное сообщение изменено>", "<Сообщение отредактировано>", "<تم تعديل هذه الرسالة>", "<تم تعديل هذه الرسالة.>", "<यह मैसेज एडिट किया गया>",
            "<यह मैसेज एडिट किया गया था>", "<इस मैसेज में बदलाव किया गया>", "<Pesan ini diedit>", "<Pesan ini diedit.>", "<Pesan ini telah diedit>",
            "<Tätä viestiä muokattiin>", "<Tätä viestiä on muokattu>", "<Tätä viestiä on muokattu.>", "<このメッセージは編集されました>", "<このメッセージは編集されました。>",
            "<编辑了此消息>",
        ],
        unavailable: [
            "Bu mesaj bekleniyor. Bu biraz zaman alabilir.", "Ожидание данного сообщения. Это может занять некоторое время.",
            "Ожидание сообщения. Это может занять некоторое время.", "في انتظار هذه الرسالة. قد يستغرق هذا بعض الوقت.",
            "इस मैसेज का इंतज़ार है. इसमें कुछ समय लग सकता है.", "Menunggu pesan ini. Ini mungkin perlu waktu.",
            "Menunggu pesan ini. Ini dapat memakan waktu sebentar.", "Odotetaan tätä viestiä. Tämä voi kestää hetken.",
            "このメッセージを待っています。しばらく時間がかかることがあります。",
        ],
        systemBodies: [
            "Cevapsız sesli arama", "Cevapsız görüntülü arama", "Cevapsız arama", "canlı konum paylaşıldı", "Пропущенный аудиозвонок",
            "Пропущенный видеозвонок", "Пропущенный голосовой звонок", "Пропущенный звонок", "отправлены геоданные в реальном времени",
            "مكالمة صوتية فائتة", "مكالمة فيديو فائتة", "مكالمة لم يرد عليها", "تمت مشاركة الموقع المباشر", "मिस्ड वॉइस कॉल", "मिस्ड वीडियो कॉल", "छूटी हुई वॉइस कॉल",
            "छूटी हुई वीडियो कॉल", "लाइव लोकेशन शेयर की गई", "Panggilan suara tak terjawab", "Panggilan video tak terjawab", "lokasi terkini dibagikan",
            "Vastaamaton äänipuhelu", "Vastaamaton videopuhelu", "reaaliaikainen sijainti jaettu", "不在着信", "音声通話の不在着信", "ビデオ通話の不在着信",
            "ライブ位置情報を共有しました",
        ],
        systemPrefixes: [
            "Mesajlar ve aramalar uçtan uca şifreli", "Bu sohbetteki mesajlar", "ANKET:\n", "Konum: https://", "konum: https://",
            "Сообщения и звонки защищены сквозным шифрованием", "Сообщения и звонки зашифрованы", "ОПРОС:\n", "Местоположение: https://",
            "местоположение: https://", "геопозиция: https://", "الرسائل والمكالمات مشفر", "الرسائل والمكالمات مُشفّر", "استطلاع رأي:\n",
            "الموقع: https://", "मैसेज और कॉल एंड-टू-एंड", "संदेश और कॉल एंड-टू-एंड", "पोल:\n", "लोकेशन: https://", "Pesan dan panggilan terenkripsi",
            "Pesan dan panggilan dienkripsi", "Kode keamanan Anda dengan ", "POLLING:\n", "JAJAK PENDAPAT:\n", "lokasi: https://", "Lokasi: https://",
            "Viestit ja puhelut ovat päästä päähän", "Viestit ja puhelut on salattu", "Viestit ja puhelut salataan", "KYSELY:\n", "ÄÄNESTYS:\n",
            "sijainti: https://", "Sijainti: https://", "メッセージと通話はエンドツーエンド", "アンケート:\n", "投票:\n", "位置情報: https://",
        ],
        callPrefixes: [
            "Sesli arama, ", "Görüntülü arama, ", "Аудиозвонок, ", "Голосовой звонок, ", "Видеозвонок, ", "مكالمة صوتية، ", "مكالمة فيديو، ",
            "वॉइस कॉल, ", "वीडियो कॉल, ", "Panggilan suara, ", "Panggilan video, ", "Äänipuhelu, ", "Videopuhelu, ", "音声通話、", "ビデオ通話、", "音声通話, ", "ビデオ通話, ",
        ],
        systemFragments: [
            " grubunu oluşturdu", " grup konusunu ", " grup adını ", " grubun ", " изменил(а) тему", " изменил тему", " изменила тему",
            " создал(а) группу", " создал группу", " создала группу", " изменил(а) название", "Вы создали группу", "Вы изменили ", "قام بتغيير ",
            " بتغيير موضوع", " أنشأ المجموعة", "لقد أنشأت مجموعة", " ने ग्रुप ", " ने विषय ", "आपने ग्रुप ", " mengubah subjek", " mengubah nama grup",
            " membuat grup", "Anda membuat grup", "Anda mengubah ", " loi ryhmän", " vaihtoi aiheen", " vaihtoi ryhmän", "Loit ryhmän", "Vaihdoit ",
            "がグループ", "さんがグループ", "グループの件名を",
        ])
}
