/// Recognises what the columns of a table are, by their headers and, where those say nothing, by their content.
public struct RecordColumns: Sendable {
    /// What a column of a table can be.
    public enum Role: String, Sendable, CaseIterable {
        case id, givenName, surname, fullName, birthDate, town, email, phone, number, category, text, ignored
    }

    public var roles: [Role]

    /// - Parameters:
    ///   - mapping: roles by header, which win.
    ///   - rows: values by row, as many as there are headers.
    public init(headers: [String], rows: [[String]], mapping: [String: Role] = [:]) {
        var roles = [Role]()
        var hasID = mapping.values.contains(.id)
        for (c, header) in headers.enumerated() {
            if let role = mapping[header] {
                roles.append(role)
                continue
            }
            var role = Self.byHeader(header) ?? Self.byContent(rows.lazy.map { c < $0.count ? $0[c] : "" }, count: rows.count)
            if role == .id {
                if hasID { role = .ignored }
                hasID = true
            }
            roles.append(role)
        }
        // A middle name or a second surname is text of its own.
        for role in [Role.givenName, .surname] {
            for c in roles.indices.filter({ roles[$0] == role }).dropFirst() { roles[c] = .text }
        }
        if !hasID, let c = Self.firstUnique(headers.count, rows) { roles[c] = .id }
        self.roles = roles
    }

    /// Whether a header's cell is rather a value, as in a table without a header: a date, an address, a number.
    public static func isData(_ cell: String) -> Bool {
        let isNumber = !cell.isEmpty && cell.utf8.allSatisfy { $0 >= 48 && $0 <= 57 || $0 == 46 || $0 == 45 }
        return isNumber || EmailAddress.normalize(cell) != nil
    }

    private static func firstUnique(_ width: Int, _ rows: [[String]]) -> Int? {
        (0..<width).first { c in
            var seen = Set<String>()
            return rows.allSatisfy { c < $0.count && !$0[c].isEmpty && seen.insert($0[c]).inserted }
        }
    }

    private static func byHeader(_ header: String) -> Role? {
        let name = String(header.lowercased().filter { $0.isLetter || $0.isNumber })
        for (role, names) in headers where names.contains(name) { return role }
        return nil
    }

    private static let headers: [(Role, Set<String>)] = [
        (.ignored, ["cluster", "clusterid", "label", "sourcedataset", "source", "dataset", "truth", "entityid", "goldid", "tfadjustment"]),
        (
            .id,
            [
                "id", "recid", "recordid", "uniqueid", "rowid", "uid", "key", "index", "customerid", "personid", "simulantid", "messageid", "guid",
                "uuid",
            ]
        ),
        (.givenName, ["givenname", "firstname", "fname", "forename", "first", "given", "prenom", "vorname", "nombre", "nome", "christianname"]),
        (
            .surname,
            ["surname", "lastname", "lname", "familyname", "last", "family", "nachname", "apellido", "apellidos", "sobrenome", "cognome", "nom"]
        ),
        (.fullName, ["name", "fullname", "customername", "displayname", "contactname"]),
        (.birthDate, ["dob", "dateofbirth", "birthdate", "birthday", "birth", "geburtsdatum", "datenaissance", "fechanacimiento", "datanascita"]),
        (.town, ["city", "town", "suburb", "locality", "place", "ort", "wohnort", "stadt", "ville", "ciudad", "cidade", "citta", "birthplace"]),
        (.email, ["email", "emailaddress", "mail", "eemail"]),
        (.phone, ["phone", "phonenumber", "telephone", "tel", "mobile", "cell", "msisdn", "whatsapp"]),
        (
            .number,
            [
                "postcode", "zip", "zipcode", "postalcode", "plz", "streetnumber", "housenumber", "ssn", "socsecid", "nationalid", "passport",
                "taxid", "postcodefake", "age",
            ]
        ),
        (.category, ["state", "gender", "sex", "country", "province", "county", "title", "raceethnicity", "locale", "language"]),
    ]

    /// By what most of the values look like.
    private static func byContent(_ values: some Sequence<String>, count: Int) -> Role {
        var (filled, emails, dates, digits) = (0, 0, 0, 0)
        var distinct = Set<String>()
        for value in values where !value.isEmpty {
            filled += 1
            distinct.insert(value)
            if value.contains("@") { emails += 1 }
            if value.contains(where: { "-/.".contains($0) }), value.utf8.count >= 8, BirthDate.normalize(value) != nil { dates += 1 }
            if value.utf8.contains(where: { $0 >= 48 && $0 <= 57 }) { digits += 1 }
        }
        guard filled > 0, distinct.count > 1 else { return .ignored }
        if emails * 10 > filled * 9 { return .email }
        if dates * 10 > filled * 9 { return .birthDate }
        if digits * 10 > filled * 9 { return .number }
        return distinct.count <= 12 && filled > 100 ? .category : .text
    }
}
