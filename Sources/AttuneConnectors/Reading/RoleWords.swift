import AttuneCore

extension Role {
    /// What systems call those who write, in small letters without the marks between words.
    static let words: [String: Role] = Dictionary(
        named.flatMap { role, words in words.split(separator: " ").map { (String($0), role) } }, uniquingKeysWith: { first, _ in first })

    private static let named: [(Role, String)] = [
        (
            .customer,
            """
            customer user enduser human client contact visitor consumer buyer guest lead requester shopper subscriber caller \
            kunde kundin nutzer nutzerin anrufer anruferin besucher besucherin käufer käuferin \
            cliente clienta usuario usuaria usuário usuária visitante comprador compradora llamante \
            acheteur acheteuse utilisateur utilisatrice visiteur visiteuse appelant appelante \
            utente acquirente visitatore visitatrice chiamante klant klient klientka müşteri клиент покупатель \
            عميل العميل زبون الزبون مستخدم ग्राहक उपभोक्ता grahak お客様 顧客 客户 고객
            """
        ),
        (
            .agent,
            """
            agent admin support staff operator business employee representative owner seller administrator \
            supportagent supportstaff supportteam supportrep supportrepresentative customersupport customersupportagent \
            customersupportrepresentative customerservice customerserviceagent customerservicerep customerservicerepresentative \
            customercare csr rep serviceagent servicerep servicerepresentative liveagent humanagent callcenteragent \
            supervisor manager helpdesk servicedesk teammate teammember \
            agentin mitarbeiter mitarbeiterin berater beraterin kundenberater kundenberaterin kundenbetreuer kundenbetreuerin kundenservice \
            kundendienst sachbearbeiter sachbearbeiterin verkäufer verkäuferin \
            agente operador operadora asesor asesora soporte atenciónalcliente atencionalcliente servicioalcliente vendedor vendedora ejecutivo \
            ejecutiva empleado empleada atendente suporte atendimento atendimentoaocliente funcionário funcionária consultor consultora \
            conseiller conseillère conseillere opérateur opératrice téléconseiller téléconseillère serviceclient vendeur vendeuse \
            operatore operatrice assistenza assistenzaclienti servizioclienti venditore venditrice consulente \
            medewerker klantenservice konsultant temsilci оператор поддержка менеджер \
            موظف الموظف وكيل الدعم خدمةالعملاء الدعمالفني एजेंट प्रतिनिधि सहायता オペレーター 客服 상담원
            """
        ),
        (
            .bot,
            """
            bot assistant chatbot agentbot botagent virtualagent virtualassistant aiagent aiassistant ai \
            virtuellerassistent botassistent asistentevirtual assistentevirtual assistantvirtuel assistentevirtuale robot бот روبوت
            """
        ),
        (.system, "system developer tool function sistema système systeme"),
    ]
}
