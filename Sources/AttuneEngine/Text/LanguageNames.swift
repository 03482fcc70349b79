/// The codes and names of languages that `LanguageTag` knows.
enum LanguageNames {
    /// ISO 639-1: for each first letter a bit for each second one. Without `na`, which tables write where they know no language.
    static let codes: [UInt32] = {
        var codes = [UInt32](repeating: 0, count: 26)
        for code in twoLetters.utf8.split(separator: 32) {
            if let first = code.first, let second = code.last { codes[Int(first &- 97)] |= 1 << UInt32(second &- 97) }
        }
        return codes
    }()

    private static let twoLetters = """
        aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es \
        et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki \
        kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my nb nd ne ng nl nn no nr \
        nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg \
        th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
        """

    /// Codes of ISO 639-3 for languages that have none of two letters.
    static let longCodes = Set(
        """
        fil ceb haw hmn yue gsw nds sco ast ckb kmr pnb mai bho awa mag hne raj doi gom kok mni sat bar vec scn nap lmo pms \
        fur hsb dsb szl csb rue ilo war hil bcl pam pag min ban sun ace bug mad tet tpi sah tyv kaa krc udm mhr myv mdf chm \
        nyn kab rif shi tzm wuu hak gan nso crh gag lzh
        """.split(separator: " ").map(String.init))

    /// Codes that BCP 47 has replaced, those of ISO 639-2 in both variants, and of ISO 639-3 for what people call by a wider name.
    static let oldCodes = Dictionary(
        uniqueKeysWithValues: """
            iw:he in:id ji:yi jw:jv mo:ro aar:aa abk:ab afr:af aka:ak alb:sq amh:am ara:ar arb:ar arz:ar ary:ar apc:ar ajp:ar \
            acm:ar aeb:ar afb:ar ars:ar arg:an arm:hy asm:as ava:av aym:ay aze:az azj:az bak:ba bam:bm baq:eu bel:be ben:bn bod:bo \
            bos:bs bre:br bul:bg bur:my cat:ca ces:cs che:ce chi:zh cmn:zh chv:cv cor:kw cos:co cre:cr cym:cy cze:cs dan:da deu:de \
            div:dv dut:nl dzo:dz ekk:et ell:el eng:en epo:eo est:et eus:eu ewe:ee fao:fo fas:fa fij:fj fin:fi fra:fr fre:fr fry:fy \
            ful:ff geo:ka ger:de gla:gd gle:ga glg:gl glv:gv gre:el grn:gn guj:gu hat:ht hau:ha heb:he her:hz hin:hi hmo:ho hrv:hr \
            hun:hu hye:hy ibo:ig ice:is iku:iu ina:ia ind:id ipk:ik isl:is ita:it jav:jv jpn:ja kal:kl kan:kn kas:ks kat:ka kau:kr \
            kaz:kk khm:km kik:ki kin:rw kir:ky kom:kv kon:kg kor:ko kua:kj kur:ku lao:lo lat:la lav:lv lim:li lin:ln lit:lt ltz:lb \
            lub:lu lug:lg lvs:lv mac:mk mah:mh mal:ml mao:mi mar:mr may:ms mkd:mk mlg:mg mlt:mt mol:ro mon:mn mri:mi msa:ms mya:my \
            nav:nv nbl:nr nde:nd ndo:ng nep:ne nld:nl nno:nn nob:nb nor:no npi:ne nya:ny oci:oc oji:oj ori:or orm:om ory:or oss:os \
            pan:pa per:fa pes:fa pli:pi pol:pl por:pt prs:fa pus:ps que:qu roh:rm ron:ro rum:ro run:rn rus:ru sag:sg san:sa scc:sr \
            scr:hr sin:si slk:sk slo:sk slv:sl sme:se smo:sm sna:sn snd:sd som:so sot:st spa:es sqi:sq srd:sc srp:sr ssw:ss sun:su \
            swa:sw swe:sv swh:sw tah:ty tam:ta tat:tt tel:te tgk:tg tgl:tl tha:th tib:bo tir:ti ton:to tsn:tn tso:ts tuk:tk tur:tr \
            twi:tw uig:ug ukr:uk urd:ur uzb:uz uzn:uz ven:ve vie:vi vol:vo wel:cy wln:wa wol:wo xho:xh yid:yi yor:yo zha:za zho:zh \
            zsm:ms zul:zu
            """.split(separator: " ").map { (String($0.prefix { $0 != ":" }), String($0.suffix(2))) })

    /// Names in small letters: in English, in the language itself, and in the languages that exports are written in most.
    static let tags: [String: String] = {
        var tags = [
            "brazilian portuguese": "pt-BR", "português do brasil": "pt-BR", "português brasileiro": "pt-BR", "tiếng việt": "vi",
            "bahasa indonesia": "id", "bahasa melayu": "ms", "haitian creole": "ht", "norwegian bokmål": "nb", "norwegian nynorsk": "nn",
            "scottish gaelic": "gd", "roman hindi": "hi-Latn",
        ]
        for line in names.split(separator: "\n") {
            let words = line.split(separator: " ")
            for name in words.dropFirst() { tags[String(name)] = words.first.map(String.init) }
        }
        return tags
    }()

    /// What may stand before a name.
    static let kinds: Set<String> = [
        "simplified", "traditional", "american", "british", "canadian", "australian", "indian", "european", "mexican", "swiss", "austrian", "belgian",
        "egyptian", "modern", "standard",
    ]

    private static let names = """
        en english anglais englisch inglés ingles inglês inglese engels angielski ingilizce i̇ngilizce الإنجليزية الانجليزية अंग्रेज़ी अंग्रेजी
        es spanish español espanol castellano espagnol spanisch espanhol spagnolo spaans hiszpański ispanyolca castilian الإسبانية الاسبانية स्पेनिश
        pt portuguese português portugues portugais portugiesisch portugués portoghese portugees portugalski portekizce البرتغالية पुर्तगाली
        fr french français francais französisch francés frances francês francese frans francuski fransızca الفرنسية फ़्रेंच फ्रेंच
        de german deutsch allemand alemán aleman alemão alemao tedesco duits niemiecki almanca الألمانية الالمانية जर्मन
        it italian italiano italien italienisch italiaans włoski italyanca i̇talyanca الإيطالية الايطالية इतालवी
        ar arabic العربية عربي عربى عربية arabe arabisch árabe arabo arapça अरबी
        hi hindi हिन्दी हिंदी हिन्दि الهندية
        hi-Latn hinglish
        nl dutch nederlands flemish niederländisch néerlandais holandés neerlandés holandês olandese vlaams
        pl polish polski polnisch polonais polaco polacco
        ru russian русский russisch russe ruso russo
        tr turkish türkçe turkce türkisch turc turco
        ja japanese 日本語 japanisch japonais japonés japonês giapponese
        zh chinese 中文 汉语 漢語 mandarin 普通话 简体中文 繁體中文 chinesisch chinois chino chinês cinese
        yue cantonese 粵語 粤语
        ko korean 한국어 koreanisch coréen coreano
        sv swedish svenska
        da danish dansk
        no norwegian norsk
        nb bokmål bokmal
        nn nynorsk
        fi finnish suomi
        is icelandic íslenska
        cs czech čeština cestina český
        sk slovak slovenčina slovenský
        sl slovenian slovene slovenščina
        hr croatian hrvatski
        sr serbian српски srpski
        bs bosnian bosanski
        mk macedonian македонски
        bg bulgarian български
        ro romanian română romana moldovan moldavian
        hu hungarian magyar
        el greek ελληνικά
        uk ukrainian українська
        be belarusian беларуская
        lt lithuanian lietuvių
        lv latvian latviešu
        et estonian eesti
        sq albanian shqip
        he hebrew עברית
        fa persian farsi فارسی dari
        ur urdu اردو
        bn bengali bangla বাংলা
        pa punjabi panjabi ਪੰਜਾਬੀ
        gu gujarati ગુજરાતી
        mr marathi मराठी
        ta tamil தமிழ்
        te telugu తెలుగు
        kn kannada ಕನ್ನಡ
        ml malayalam മലയാളം
        or odia oriya ଓଡ଼ିଆ
        as assamese
        ne nepali नेपाली
        si sinhala sinhalese සිංහල
        th thai ไทย ภาษาไทย
        vi vietnamese
        id indonesian bahasa
        ms malay melayu
        tl tagalog
        fil filipino
        my burmese မြန်မာ
        km khmer cambodian ខ្មែរ
        lo lao ລາວ
        mn mongolian монгол
        ka georgian ქართული
        hy armenian հայերեն
        az azerbaijani azeri azərbaycanca
        kk kazakh қазақша
        uz uzbek
        ky kyrgyz
        tg tajik
        sw swahili kiswahili
        am amharic አማርኛ
        so somali
        ha hausa
        yo yoruba
        ig igbo
        zu zulu
        xh xhosa
        af afrikaans
        ca catalan català valencian
        eu basque euskara
        gl galician galego
        ga irish gaeilge
        cy welsh cymraeg
        gd gaelic
        mt maltese malti
        lb luxembourgish lëtzebuergesch
        eo esperanto
        la latin
        yi yiddish
        ku kurdish kurdî
        ps pashto
        sd sindhi
        ceb cebuano
        jv javanese
        ht creole
        """
}
