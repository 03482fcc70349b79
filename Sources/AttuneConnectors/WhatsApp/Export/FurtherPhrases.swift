extension PhraseTable {
    /// More of Portuguese (Portugal), Arabic, Hindi, Finnish, Dutch, Japanese, Brazilian; Chinese; and what languages without a list of their own
    /// write where a message was deleted, because Android marks that in no other way.
    static let further = PhraseTable(
        omitted: [
            (
                "media",
                [
                    "<省略多媒体文件>", "<미디어 파일을 생략한 대화내용>", "<pliki pominięto>", "<Медіа пропущено>", "<Файл пропущен>", "<Fichier omis>",
                    "<Media omesso>", "<Medya atlanmış>",
                    "<Ficheiros não revelados>", "<Media omitida>", "<Se omitió el archivo multimedia>", "<Media puuttuu>", "<Media dihilangkan>",
                    "<メディアが省略されました>", "<pominięto multimedia>", "<Pominięto multimedia>", "<Media har utelämnats>", "<Media utelades>",
                    "<Medier udeladt>", "<Medie udelatt>", "ficheiro não revelado",
                ]
            ),
            (
                "image",
                [
                    "imagem não revelada", "لم يتم إدراج الصورة", "الصورة محذوفة", "फ़ोटो हटाई गई", "छवि छोड़ी गई", "gambar dihilangkan", "画像は省略されました",
                    "obraz pominięto", "bild utelämnad", "ei kuvaa", "kuvaa ei sisällytetä", "图像已忽略", "图片已忽略", "圖片已略去",
                ]
            ),
            (
                "video",
                [
                    "vídeo não revelado", "لم يتم إدراج الفيديوهات", "لم يتم إدراج الفيديو", "videota ei sisällytetä", "ビデオは含まれていません", "视频已忽略",
                    "影片已略去",
                    // Short recordings with a camera, which apps call notes or messages.
                    "nota de video omitida", "nota de vídeo omitida", "mensaje de video omitido", "videomensaje omitido", "note vidéo absente",
                    "note vidéo omise", "message vidéo absent", "message vidéo omis", "nota de vídeo ocultada", "recado de vídeo ocultado",
                    "recado de vídeo omitido", "mensagem de vídeo ocultada", "mensagem de vídeo omitida", "nota de vídeo não revelada",
                    "mensagem de vídeo não revelada", "nota video omessa", "videonota omessa", "videomessaggio omesso", "messaggio video omesso",
                    "videobericht weggelaten", "videonotitie weggelaten", "video notu dahil edilmedi", "görüntülü not dahil edilmedi",
                    "görüntülü mesaj dahil edilmedi", "видеосообщение отсутствует", "видеосообщение не добавлено", "видеозаметка отсутствует",
                    "لم يتم إدراج ملاحظة الفيديو", "لم يتم إدراج رسالة الفيديو", "वीडियो नोट छोड़ा गया", "वीडियो नोट शामिल नहीं किया गया",
                    "video dihilangkan", "catatan video tidak disertakan", "pesan video tidak disertakan", "videoviesti jätetty pois",
                    "videoviesti jätettiin pois",
                    "ビデオメッセージは含まれていません", "ビデオノートは含まれていません", "视频留言已忽略", "视频消息已忽略", "視訊訊息已略去",
                ]
            ),
            (
                "audio",
                [
                    "ficheiro de áudio não revelado", "áudio não revelado", "لم يتم إدراج المقاطع الصوتية", "لم يتم إدراج المقطع الصوتي",
                    "ऑडियो हटाई गयी",
                    "ऑडियो हटाई गई", "audio dihilangkan", "ääniviesti jätettiin pois", "ääniviesti jätetty pois", "äänitiedostoa ei sisällytetä",
                    "音频已忽略", "音訊已略去",
                ]
            ),
            (
                "gif",
                [
                    "GIF não revelada", "GIF não revelado", "لم يتم إدراج صورة GIF", "GIF छोड़ा गया", "GIF-animaatio jätetty pois", "GIF 动态图已被忽略",
                    "GIF 已略去",
                ]
            ),
            (
                "sticker",
                [
                    "sticker não revelado", "stiker dihilangkan", "تم حذف الملصقات", "स्टिकर छोड़ा गया", "tarraa ei sisällytetty", "tarraa ei sisällytetä",
                    "贴图已忽略", "貼圖已略去",
                ]
            ),
            (
                "document",
                [
                    "documento não revelado", "asiakirja jätettiin pois", "dokumentti jätettiin pois", "dokumen dihilangkan", "لم يتم إدراج المستند",
                    "डॉक्यूमेंट छोड़ा गया", "dokumenttia ei sisällytetä", "文档已忽略", "文件已忽略", "文件已略去",
                ]
            ),
            (
                "contact",
                [
                    "Contacto não revelado", "Contacto omitido", "Cartão de contato omitido", "لم يتم إدراج بطاقة جهة اتصال", "कॉन्टैक्ट कार्ड छोड़ा गया",
                    "Yhteystietokortti jätettiin pois", "Visitekaartje weggelaten", "連絡先カードを省略",
                ]
            ),
        ],
        deleted: [
            "यह संदेश मिटाया गया", "यह संदेश मिटा दिया गया", "आपने यह संदेश मिटाया",
            "此消息已删除", "此消息已被删除", "此消息已被删除。", "这条消息已被删除", "这条消息已被删除。", "您已删除此消息", "您已删除此消息。", "您删除了这条消息",
            "您删除了这条消息。", "此訊息已刪除", "這則訊息已刪除", "這則訊息已刪除。", "你已刪除此訊息", "您已刪除此訊息", "您已刪除這則訊息。",
            "הודעה זו נמחקה", "מחקת הודעה זו", "این پیام حذف شد", "این پیام حذف شده است", "شما این پیام را حذف کردید", "삭제된 메시지입니다",
            "이 메시지는 삭제되었습니다", "회원님이 이 메시지를 삭제했습니다", "Det här meddelandet togs bort", "Meddelandet togs bort",
            "Du tog bort det här meddelandet", "Denne besked blev slettet", "Du slettede denne besked", "Denne meldingen ble slettet",
            "Du slettet denne meldingen", "Ta wiadomość została usunięta", "Usunięto tę wiadomość", "Tato zpráva byla odstraněna",
            "Tato zpráva byla smazána", "Tuto zprávu jste odstranili", "Це повідомлення видалено", "Ви видалили це повідомлення",
            "Αυτό το μήνυμα διαγράφηκε", "Διαγράψατε αυτό το μήνυμα", "Tin nhắn này đã bị xóa", "Bạn đã xóa tin nhắn này", "ข้อความนี้ถูกลบ",
            "ข้อความนี้ถูกลบแล้ว", "คุณลบข้อความนี้", "এই মেসেজ মুছে ফেলা হয়েছে", "এই বার্তাটি মুছে ফেলা হয়েছে", "Acest mesaj a fost șters",
            "Ați șters acest mesaj", "Ez az üzenet törölve lett", "Törölted ezt az üzenetet", "Mesej ini telah dipadam",
            "S'ha suprimit aquest missatge",
            "Ova poruka je izbrisana", "Ova je poruka izbrisana", "Izbrisali ste ovu poruku", "Det här meddelandet raderades",
            "Det här meddelandet har raderats", "Du raderade det här meddelandet", "Táto správa bola odstránená", "Odstránili ste túto správu",
            "Това съобщение беше изтрито", "Изтрихте това съобщение", "এই মেসেজটি মুছে ফেলা হয়েছে", "हा संदेश हटवला गेला",
            "இந்தச் செய்தி நீக்கப்பட்டது", "یہ پیغام حذف کر دیا گیا تھا", "یہ پیغام حذف کر دیا گیا", "이 메시지를 삭제했습니다",
            "Anda memadam mesej ini", "Anda telah memadamkan mesej ini", "คุณลบข้อความนี้แล้ว", "您已刪除這則訊息",
        ],
        deletedByAdmin: [],
        edited: ["<这条消息已经过编辑>", "<此消息已编辑>", "<已編輯此訊息>", "<此訊息已編輯>"],
        unavailable: [],
        systemBodies: [
            "Gemist spraakgesprek", "Gemist videogesprek", "Ligação de voz perdida", "Ligação de vídeo perdida", "वॉइस कॉल मिस हुई", "वीडियो कॉल मिस हुई",
            "音声通話不在着信", "ビデオ通話不在着信",
        ],
        systemPrefixes: ["localização : https://", "स्थान: https://", "الموقع : https://"],
        callPrefixes: [],
        systemFragments: [])
}
