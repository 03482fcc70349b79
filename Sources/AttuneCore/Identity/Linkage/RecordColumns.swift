/// Recognises what the columns of a table are, by their headers and, where those say nothing, by their content.
public struct RecordColumns: Sendable {
    /// What a column of a table can be.
    public enum Role: String, Sendable, CaseIterable {
        case id, givenName, surname, fullName, birthDate, town, address, email, phone, number, category, text, ignored
    }

    public var roles: [Role]

    /// - Parameters:
    ///   - mapping: roles by header, which win.
    public init(headers: [String], rows: RecordRows, mapping: [String: Role] = [:]) {
        var roles = [Role]()
        var hasID = mapping.values.contains(.id)
        // What a header calls an id and several rows have in common tells whose they are, not which.
        let repeats = { (c: Int) in rows.repetition(c) != nil }
        for (c, header) in headers.enumerated() {
            if let role = mapping[header] {
                roles.append(role)
                continue
            }
            var role = Self.byHeader(header) ?? Self.byContent((0..<rows.count).lazy.map { rows.text($0, c) })
            if role == .id {
                if hasID { role = .ignored } else if repeats(c) { role = .number } else { hasID = true }
            }
            roles.append(role)
        }
        // A middle name or a second surname is text of its own.
        for role in [Role.givenName, .surname] {
            for c in roles.indices.filter({ roles[$0] == role }).dropFirst() { roles[c] = .text }
        }
        if !hasID,
            let c = headers.indices.first(where: { mapping[headers[$0]] == nil && Self.byHeader(headers[$0]) == nil && rows.repetition($0) == nil })
        {
            roles[c] = .id
        }
        self.roles = roles
    }

    /// Whether a header's cell is rather a value, as in a table without a header: a date, an address, a number.
    public static func isData(_ cell: String) -> Bool {
        let isNumber = !cell.isEmpty && cell.utf8.allSatisfy { $0 >= 48 && $0 <= 57 || $0 == 46 || $0 == 45 }
        return isNumber || EmailAddress.normalize(cell) != nil
    }

    private static func byHeader(_ header: String) -> Role? {
        // Without marks, blanks and underscores: prénom, Straße, first_name.
        let name = String(decoding: PlainText.letters(header), as: UTF8.self)
        // Of a member of an object, contact.email, its own name.
        let last = String(decoding: PlainText.letters(String(header.split(separator: ".").last ?? "")), as: UTF8.self)
        for (role, names) in headers where names.contains(name) || role != .id && names.contains(last) { return role }
        return nil
    }

    /// Headers in plain letters, of the languages tables come in.
    private static let headers: [(Role, Set<String>)] = [
        (.ignored, words("cluster clusterid label sourcedataset source dataset truth entityid goldid tfadjustment")),
        (.id, words("id recid recordid uniqueid rowid uid key index ident personid simulantid messageid guid uuid nr no rownumber recordnumber")),
        (
            .givenName,
            words(
                "givenname firstname fname forename first given prenom vorname rufname nombre nombres nome christianname primeironome imie imya "
                    + "voornaam fornavn fornamn etunimi billingfirstname shippingfirstname")
        ),
        (
            .surname,
            words(
                "surname lastname lname familyname last family nachname familienname zuname apellido apellidos primerapellido sobrenome cognome "
                    + "nom nomdefamille nazwisko achternaam efternavn efternamn sukunimi familiya billinglastname shippinglastname")
        ),
        (
            .fullName,
            words(
                "name fullname customername displayname contactname clientname nomcomplet nombrecompleto nomecompleto "
                    + "imieinazwisko kundenname naam namn navn billingname shippingname")
        ),
        (
            .birthDate,
            words(
                "dob dateofbirth birthdate birthday birth geburtsdatum geburtstag datenaissance datedenaissance naissance fechanacimiento "
                    + "fechadenacimiento datanascita datadinascita datanascimento datadenascimento dataurodzenia geboortedatum fodselsdato")
        ),
        (
            .town,
            words(
                "city town suburb locality place ort wohnort stadt ville ciudad cidade citta birthplace miasto woonplaats plaats municipality "
                    + "localidad localidade comune poblacion towncity billingcity shippingcity")
        ),
        (
            .address,
            words(
                "address address1 address2 addressline1 addressline2 addr street streetaddress streetname strasse anschrift adresse rue calle via "
                    + "direccion domicilio endereco rua morada indirizzo adres ulica straat billingaddress shippingaddress")
        ),
        (
            .email,
            words(
                "email emailaddress mail eemail emailadresse mailadresse courriel adresseemail adressemail correo correoelectronico eposta epost "
                    + "contactemail customeremail emailaddr")
        ),
        (
            .phone,
            words(
                "phone phonenumber phoneno telephone telephonenumber tel telefon telefonnummer telefono telefone telefoon mobile mobilenumber "
                    + "mobilephone mobil handy handynummer portable celular movil cell cellphone msisdn whatsapp gsm contactnumber")
        ),
        (
            .number,
            words(
                "postcode zip zipcode postalcode codepostal codigopostal cap cep plz postleitzahl kodpocztowy streetnumber housenumber hausnummer "
                    + "postcodefake age")
        ),
        (.number, ownNumbers),
        (.category, words("state gender sex country province county title raceethnicity locale language salutation anrede land pays pais")),
    ]

    /// Headers of numbers that are one person's, and no household's.
    private static let ownNumbers = words(
        "ssn socsecid socialsecuritynumber nationalid nationalinsurancenumber nin passport passportnumber taxid vat vatid customerid customerno "
            + "customernumber kundennummer memberid loyaltynumber")

    static func isOwnNumber(_ header: String) -> Bool { ownNumbers.contains(String(decoding: PlainText.letters(header), as: UTF8.self)) }

    private static func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }

    /// By what most of the values look like.
    private static func byContent(_ values: some Sequence<String>) -> Role {
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
