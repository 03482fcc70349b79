import Testing

@testable import AttuneCore

@Suite struct PersonNameTests {
    private func relation(_ a: String, _ b: String) throws -> NameRelation {
        NameRelation(try #require(PersonName(a)), try #require(PersonName(b)), nicknames: .standard)
    }

    @Test(arguments: [
        ("Ann Lee", "ann", "lee"), ("Lee, Ann", "ann", "lee"), ("Dr. Ann van Lee", "ann", "vanlee"), ("A. Lee", "a", "lee"), ("Ann L.", "ann", "l"),
        ("ANN ✨", "ann", ""), ("Seán O'Brien-Smith", "sean", "obriensmith"), ("Mary A. Lee", "mary", "lee"), ("José Núñez", "jose", "nunez"),
        ("Юлия Щукина", "yuliya", "shchukina"), ("王小明", "xiaoming", "wang"), ("김 민준", "gim", "minjun"), ("やまだ たろう", "yamada", "tarou"),
        ("Արմեն Պետրոսյան", "armen", "petrosyan"), ("محمد علي", "MHMD", "LY"), ("Ann ✨\u{FE0F}", "ann", ""),
        ("Heming Krueger, Samuel", "samuel", "hemingkrueger"), ("Mrs Jo Lee Jr", "jo", "lee"),
        ("Prof. Dr. Ann Lee", "ann", "lee"), ("Lee, Dr. Ann", "ann", "lee"), ("Ann Lee, PhD", "ann", "lee"), ("Ann Lee MD", "ann", "lee"),
        ("Dra. Ana Lima", "ana", "lima"), ("Dott.ssa Ada Rossi", "ada", "rossi"), ("Dr. med. Jan Weiß", "jan", "weiss"),
        ("Mademoiselle Zoé Petit", "zoe", "petit"), ("Jack Lord", "jack", "lord"), ("Robert Ing", "robert", "ing"),
        ("John Smith III", "john", "smith"), ("Sr(a). Ana Lima", "ana", "lima"), ("Lee, Ann, M.D.", "ann", "lee"), ("Ann Lee, M.D.", "ann", "lee"),
        ("Ann Lee, Ph.D.", "ann", "lee"), ("Ewing, J.R.", "j", "ewing"), ("Ann (Bo) Lee", "ann", "bolee"),
    ])
    func namesAreReadAsPeopleWriteThem(text: String, given: String, surname: String) throws {
        let name = try #require(PersonName(text))
        #expect(String(decoding: name.given, as: UTF8.self) == given)
        #expect(String(decoding: name.surname, as: UTF8.self) == surname)
    }

    @Test(arguments: ["ann_lee", "ann.4711", "@ann", "", "✨", "4711"])
    func handlesAreNoNames(text: String) { #expect(PersonName(text) == nil) }

    @Test(arguments: [
        ("Robert Allen", "Bob Allen"), ("Robert Allen", "R. Allen"), ("Robert Allen", "Allen Robert"), ("Robert Allen", "Robert"),
        ("Robert Allen", "Allen"), ("Robert Allen", "Rbert Alen"), ("Robert Allen", "Robert A."), ("Ana Garcia Lopez", "Ana Garcia"),
        ("Kristina Hall", "Kris Hall"), ("Liz Hall", "Elisabeth Hall"), ("Katharina Roy", "Kathrine Roy"),
    ])
    func oneCanBeTheOther(a: String, b: String) throws {
        let (there, back) = (try relation(a, b), try relation(b, a))
        #expect(there.isCompatible && back.isCompatible)
    }

    @Test(arguments: [
        ("محمد علي", "Mohammed Ali"), ("أحمد محمود", "Ahmed Mahmoud"), ("فاطمة حسن", "Fatima Hassan"), ("يوسف خالد", "Yusuf Khaled"),
        ("דוד לוי", "David Levi"), ("שרה כהן", "Sarah Cohen"), ("प्रिया शर्मा", "Priya Sharma"), ("राहुल गांधी", "Rahul Gandhi"),
        ("王小明", "Xiaoming Wang"), ("李 娜", "Li Na"), ("김민준", "Kim Minjun"), ("박서연", "Seoyeon Bak"), ("やまだ たろう", "Taro Yamada"),
        ("スズキ イチロー", "Ichiro Suzuki"), ("Νίκος Παππάς", "Nikos Pappas"), ("Наталья Иванова", "Natalia Ivanova"),
    ])
    func aNameMeetsItsLatinForm(original: String, latin: String) throws {
        let (there, back) = (try relation(original, latin), try relation(latin, original))
        #expect(there.isCompatible && back.isCompatible)
    }

    @Test(arguments: [
        ("محمد علي", "Karim Haddad"), ("فاطمة حسن", "Fouad Hamdan"), ("דוד לוי", "Dina Levi"), ("王小明", "Li Na"), ("김민준", "Park Seoyeon"),
        ("محمد علي", "كريم علي"), ("प्रिया शर्मा", "Anita Sharma"), ("やまだ たろう", "Hanako Yamada"),
    ])
    func anotherNameInAnotherScriptIsAnother(original: String, other: String) throws {
        #expect(try !relation(original, other).isCompatible)
    }

    @Test(arguments: [
        ("Robert Allen", "Mary Allen"), ("Robert Allen", "Robert Xu"), ("R. Allen", "M. Allen"), ("Robert", "Mary"), ("Jared Evans", "Shannon Cole"),
        // One letter makes another name of it, which is no slip.
        ("Mark Holland", "Mary Holland"), ("Lina Lee", "Fina Lee"), ("Kim Chang", "Kit Chang"),
        // Initials alone do not exchange a name's parts; these are names of their own, not forms of one.
        ("C. Doe", "D. Carr"), ("Camille Olofson", "Camila Olofson"), ("Céline Roy", "Hélène Roy"),
    ])
    func oneCannotBeTheOther(a: String, b: String) throws {
        let (there, back) = (try relation(a, b), try relation(b, a))
        #expect(!there.isCompatible && !back.isCompatible)
    }

    @Test(arguments: [
        ("1971-06-24", "19710624"), ("24.06.1971", "19710624"), ("24/6/1971", "19710624"), ("06/24/1971", "19710624"), ("19710624", "19710624"),
        ("24061971", "19710624"), ("1960-01-13 00:00:00", "19600113"), ("1971-06-24T00:00:00Z", "19710624"),
        ("24 Jun 1971", "19710624"), ("June 24th, 1971", "19710624"), ("24. März 1971", "19710324"), ("4 août 1971", "19710804"),
        ("1971 Dec 4", "19711204"), ("mardi 4 juin 1971", "19710604"), ("1971年6月24日", "19710624"), ("4 de octubre de 1971", "19711004"),
    ])
    func birthDatesMeetInOneForm(text: String, digits: String) {
        #expect(BirthDate.normalize(text) == Array(digits.utf8))
    }

    @Test(arguments: ["24/06/71", "June 1971", "yesterday", "", "24 Foo 1971"])
    func whatHasNoYearOfFourDigitsIsNoDate(text: String) { #expect(BirthDate.normalize(text) == nil) }

    @Test func daysCountFrom1970() {
        for (text, days) in [("19700101", 0), ("19700201", 31), ("20000301", 11_017), ("19691231", -1)] {
            #expect(BirthDate.days(Array(text.utf8)) == Int32(days))
        }
    }
}
