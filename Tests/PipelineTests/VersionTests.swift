import AttuneCore
import AttuneStore
import Testing

/// A message comes again changed, or its change comes first: what is kept does not depend on the way.
@Suite struct VersionTests {
    private static func orders<Item>(_ items: [Item]) -> [[Item]] {
        guard items.count > 1 else { return [items] }
        return items.indices.flatMap { i in
            var rest = items
            let first = rest.remove(at: i)
            return orders(rest).map { [first] + $0 }
        }
    }

    /// All ways to cut a list into batches.
    private static func batches<Item>(_ items: [Item]) -> [[[Item]]] {
        (0..<1 << (items.count - 1)).map { cuts in
            items.indices.reduce(into: [[Item]]()) { batches, i in
                if i == 0 || cuts >> (i - 1) & 1 == 1 { batches.append([items[i]]) } else { batches[batches.count - 1].append(items[i]) }
            }
        }
    }

    private static var original: Message {
        var message = World.message("1", "v:-0.9 first", "email:a@shop.com", day: 3, conversation: "thread")
        message.inReplyTo = "t:0"
        message.author.displayName = "Ada"
        return message
    }

    /// As platforms tell of an edit: without the conversation, with a time and an author of its own.
    private static var edit: Message { World.message("1", "v:0.5 second", day: 9, role: .agent, conversation: "elsewhere") }

    @Test func anEditAndItsMessageInAnyOrderAndBatches() throws {
        var expected = Self.original
        expected.text = "v:0.5 second"
        expected.edited = true
        expected.editedAt = Self.edit.sentAt
        expected.author.identifiers = []
        for order in Self.orders([AttuneCore.Operation.message(Self.original), .edit(Self.edit)]) {
            for batches in Self.batches(order) {
                try World.with { world in
                    for batch in batches { try world.process(batch) }
                    #expect(try world.kept("1") == expected)
                    #expect(try world.customer("1") != nil)
                    #expect(try world.store.queries.overview().analysed == 1)
                }
            }
        }
    }

    @Test func aDeletionWinsInAnyOrderAndBatches() throws {
        let operations: [AttuneCore.Operation] = [.message(Self.original), .edit(Self.edit), .delete(Deletion(target: "t:1", source: "t"))]
        for order in Self.orders(operations) {
            for batches in Self.batches(order) {
                try World.with { world in
                    let reports = try batches.map { try world.process($0) }
                    #expect(reports.reduce(0) { $0 + $1.total } == 3)
                    #expect(try world.kept("1") == nil)
                    let overview = try world.store.queries.overview()
                    #expect(overview.messages == 0 && overview.analysed == 0)
                }
            }
        }
    }

    /// What was taken for an agent's, and is a customer's as is known later, is theirs.
    @Test func whoTurnsOutToBeACustomer() throws {
        var answer = Self.original
        answer.author.role = .agent
        let other = World.message("2", "v:-0.3", "email:a@shop.com", day: 4)
        try World.with { world in
            try world.process([.message(answer), .message(other)], hasPlatformIDs: true)
            #expect(try world.customer("1") == nil)
            for _ in 0..<2 { try world.process([.message(Self.original)], hasPlatformIDs: true) }
            let customer = try #require(try world.customer("1"))
            #expect(try world.customer("2") == customer && world.kept("1")?.author.role == .customer)
            let evidence = try world.store.transaction { try $0.evidence(of: customer) }
            #expect(evidence.reduce(0) { $0 + $1.messageCount } == 2)
        }
    }

    /// What comes again from where less is known of it neither loses a name and its time nor makes a note public.
    @Test(arguments: ["v:-0.9 first", "v:0.5 second"])
    func aPoorerVersion(text: String) throws {
        var poorer = Self.original
        (poorer.text, poorer.author.displayName, poorer.author.identifiers) = (text, nil, [])
        (poorer.inReplyTo, poorer.nativeID) = (nil, nil)
        (poorer.sentAt, poorer.timeBasis, poorer.visibility) = (Timestamp(nanoseconds: Self.original.sentAt.nanoseconds + 9), .received, .public)
        for visibility in [Visibility.public, .private] {
            try World.with { world in
                var original = Self.original
                original.visibility = visibility
                (original.nativeID, original.language, original.rating) = ("n1", "de", Rating(value: 4))
                original.attachments = [Attachment(kind: "image", name: "a.jpg")]
                try world.process([.message(original)])
                let report = try world.process([.message(poorer)], hasPlatformIDs: true)
                // Of other words neither language nor attachments are known.
                if text != original.text { (original.language, original.attachments) = (nil, []) }
                original.text = text
                original.author.identifiers = []
                #expect(try world.kept("1") == original)
                #expect(report.duplicates == (text == Self.original.text ? 1 : 0) && report.total == 1)
            }
        }
    }

    /// Also where the message is long known, or comes between them.
    @Test func theLaterOfTwoEditsIsTaken() throws {
        var (first, second) = (Self.edit, Self.edit)
        (first.text, second.text) = ("v:0 one", "v:0 two")
        second.sentAt = Timestamp(nanoseconds: first.sentAt.nanoseconds + 1)
        for order in Self.orders([first, second, Self.original]) {
            for batches in Self.batches(order) {
                try World.with { world in
                    for batch in batches { try world.process(batch.map { $0 == Self.original ? .message($0) : .edit($0) }) }
                    let kept = try world.kept("1")
                    #expect(kept?.text == "v:0 two" && kept?.editedAt == second.sentAt)
                }
            }
        }
    }

    /// An export shows a message as it was after an edit; an earlier edit, told by a webhook, does not undo the later one.
    @Test func anEditedMessageOutlastsAnEarlierEdit() throws {
        var exported = Self.original
        (exported.text, exported.edited, exported.editedAt) = ("v:0 later", true, Timestamp(nanoseconds: Self.edit.sentAt.nanoseconds + 1))
        for order in Self.orders([AttuneCore.Operation.message(exported), .edit(Self.edit)]) {
            for batches in Self.batches(order) {
                try World.with { world in
                    for batch in batches { try world.process(batch) }
                    let kept = try world.kept("1")
                    #expect(kept?.text == "v:0 later" && kept?.editedAt == exported.editedAt)
                }
            }
        }
    }

    /// What is linked stays with its evidence, and what is noted of another name would outlast its erasure.
    @Test func aNewNameLeavesNoClaim() throws {
        try World.with { world in
            try world.process([.message(Self.original)])
            var renamed = Self.original
            renamed.author.displayName = "Ada L"
            renamed.author.identifiers = [Identifier(kind: .email, value: "b@shop.com", verified: true)]
            try world.process([.message(renamed)], hasPlatformIDs: true)
            #expect(try world.kept("1")?.author.displayName == "Ada L")
            #expect(try world.rows("SELECT count(*) FROM claims") == ["1"])
        }
    }

    /// An agent's message stays one when an edit does not say whose it was.
    @Test func anEditDoesNotMakeACustomerOfAnAgent() throws {
        try World.with { world in
            try world.process([.message(World.message("1", "v:-0.9", role: .agent))])
            let report = try world.process([.edit(World.message("1", "v:-0.9 i:cancel"))])
            #expect(report.edited == 1 && report.analysed == 0)
            #expect(try world.kept("1")?.author.role == .agent)
        }
    }

    @Test func whoDeniedConsentIsNotAnalysedByAnEditWithoutIdentifiers() throws {
        try World.with { world in
            try world.process([.message(World.message("1", "v:-0.9", "email:a@shop.com"))])
            let keys = try world.store.transaction { transaction in
                let keys = try transaction.evidence(ofMessages: ["t:1"])["t:1"]?.keys.filter { $0.kind == .email } ?? []
                for key in keys {
                    try transaction.setConsent(
                        Consent(purpose: Consent.analysis, status: .denied, statusDate: Timestamp(nanoseconds: 0)), for: key)
                }
                return keys
            }
            #expect(keys.count == 1)
            let report = try world.process([.edit(World.message("1", "v:0.9 i:cancel"))])
            #expect(report.denied == 1 && report.analysed == 0)
        }
    }

    /// A new export of the same platform shows its messages as they are today.
    @Test(arguments: ["name", "text", "note", "role"]) func aPlatformsMessageComesAgainChanged(_ what: String) throws {
        var changed = Self.original
        switch what {
        case "name": changed.author.displayName = "Ada Lovelace"
        case "text": changed.text = "v:-0.9 my card is ****"
        case "note": changed.visibility = .private
        default: changed.author.role = .agent
        }
        try World.with { world in
            try world.process([.message(Self.original)], hasPlatformIDs: true)
            let report = try world.process([.message(changed)], hasPlatformIDs: true)
            #expect(report.edited == 1 && report.rejected == 0)
            #expect(report.analysed == (what == "note" || what == "role" ? 0 : 1))
            let kept = try #require(try world.kept("1"))
            #expect(kept.text == changed.text && kept.visibility == changed.visibility && kept.author.role == changed.author.role)
            #expect(kept.author.displayName == changed.author.displayName)
            #expect(try world.process([.message(changed)], hasPlatformIDs: true).duplicates == 1)
        }
    }

    /// A table may number other messages alike: only what loses no word is taken.
    @Test func aTablesNumberIsNotWrittenOver() throws {
        try World.with { world in
            try world.process([.message(Self.original)])
            var renamed = Self.original
            renamed.author.displayName = "Ada Lovelace"
            #expect(try world.process([.message(renamed)]).edited == 1)
            #expect(try world.process([.message(World.message("1", "another's words", day: 3))]).rejected == 1)
            #expect(try world.kept("1")?.text == Self.original.text)
        }
    }

    /// The version is told by the time of the change where the platform gives one, else by its mark.
    @Test func anOlderVersionOfAReviewDoesNotComeBack() throws {
        func review(_ text: String, day: Double, edited: Bool = false) -> Message {
            var review = World.message("r", text, day: day, channel: .review)
            review.edited = edited
            return review
        }
        let cases: [(newer: Message, older: Message)] = [
            (review("v:0.9 new", day: 5), review("v:-0.9 old", day: 2)),
            (review("v:0.9 new", day: 2, edited: true), review("v:-0.9 old", day: 2)),
        ]
        for (newer, older) in cases {
            try World.with { world in
                try world.process([.message(older)])
                #expect(try world.process([.message(newer)]).edited == 1)
                #expect(try world.process([.message(older)]).duplicates == 1)
                #expect(try world.kept("r")?.text == "v:0.9 new")
            }
            try World.with { world in
                try world.process([.message(newer)])
                #expect(try world.process([.message(older)]).duplicates == 1)
                #expect(try world.kept("r")?.text == "v:0.9 new")
            }
        }
    }

    /// Some webhooks tell that a review changed, not what it says now.
    @Test func aChangeWithoutWordsLeavesAReviewItsWords() throws {
        try World.with { world in
            try world.process([.message(World.message("r", "v:0.9 lovely", day: 1, channel: .review))])
            var change = World.message("r", "", day: 2, channel: .review)
            change.rating = Rating(value: 2)
            try world.process([.edit(change)])
            #expect(try world.kept("r")?.text == "v:0.9 lovely")
            #expect(try world.kept("r")?.rating == Rating(value: 2))
        }
    }

    private static func review(_ text: String, day: Double = 3, edited: Double? = nil, name: String? = "Priya", language: String? = nil) -> Message {
        var review = World.message("r", text, day: day, channel: .review)
        review.author.displayName = name
        review.language = language
        review.edited = edited != nil
        review.editedAt = edited.map { Timestamp(nanoseconds: Int64($0 * 86_400e9)) }
        return review
    }

    /// The time of the change decides, not the order in which versions come; a version holds all that the review is.
    @Test func theVersionOfAReviewThatWasWrittenLastIsKept() throws {
        var silent = Self.review("", edited: 9)
        silent.rating = Rating(value: 5)
        let last = [Self.review("v:-0.9 schlecht", edited: 9, name: "Pia", language: "de"), Self.review("v:-0.9 malo", edited: 9), silent]
        for last in last {
            let versions = [Self.review("v:-0.9 hate it", language: "en"), Self.review("v:0.9 love it", edited: 5, language: "en"), last]
            for order in Self.orders(versions) {
                for batches in Self.batches(order) {
                    try World.with { world in
                        for batch in batches { try world.process(batch.map { .message($0) }) }
                        #expect(try world.kept("r") == last)
                    }
                }
            }
        }
    }

    /// A notice has the time at which it was sent, which is always later than the review's.
    @Test func aNoticeOfAReviewNeverTakesItsWords() throws {
        var (notice, review) = (Self.review("", day: 4, name: nil), Self.review("v:-0.9 cold tea", day: 3))
        (notice.timeBasis, review.timeBasis) = (.localAssumed, .localAssumed)
        notice.rating = Rating(value: 1)
        review.rating = Rating(value: 1)
        for order in Self.orders([notice, review]) {
            for batches in Self.batches(order) {
                try World.with { world in
                    for batch in batches { try world.process(batch.map { .message($0) }) }
                    #expect(try world.kept("r") == review)
                }
            }
        }
    }

    /// A webhook may have been set up after the review was written.
    @Test func aChangedReviewIsStoredWhoseFirstVersionNeverCame() throws {
        var edit = Self.review("v:0.9 love it")
        edit.edited = true
        for order in Self.orders([AttuneCore.Operation.edit(edit), .message(Self.review("v:-0.9 hate it"))]) {
            for operations in [[.edit(edit)], order] {
                try World.with { world in
                    let reports = try operations.map { try world.process([$0]) }
                    #expect(reports[0].stored == 1 && reports[0].analysed == 1)
                    #expect(try world.kept("r") == edit)
                }
            }
        }
        // Without a time of its own the later of two changes to come counts.
        try World.with { world in
            try world.process([.message(Self.review("v:-0.9 awful", edited: 5))])
            try world.process([.edit(edit)])
            #expect(try world.kept("r")?.text == "v:0.9 love it")
        }
        // Once deleted it stays so.
        try World.with { world in
            try world.process([.delete(Deletion(target: "t:r", source: "t"))])
            try world.process([.edit(edit)])
            #expect(try world.kept("r") == nil)
        }
    }

    @Test func anAnswerThatWaitedForItsPublicationBecomesPublic() throws {
        var (waiting, published) = (Self.review("Sorry", day: 4), Self.review("Sorry", day: 4))
        (waiting.author.role, published.author.role) = (.agent, .agent)
        waiting.visibility = .private
        published.inReplyTo = "t:0"
        try World.with { world in
            for message in [waiting, published] { try world.process([.message(message)]) }
            #expect(try world.kept("r") == published)
        }
    }

    /// A call without a start counts from when its file came: its turns keep their order when it comes again, until a start is given.
    @Test func aCallThatComesAgainKeepsItsTimesUntilItsStartIsGiven() throws {
        func turn(_ id: String, _ day: Double, _ role: Role, _ basis: TimeBasis) -> Message {
            var message = World.message(id, "v:0 turn \(id)", day: day, role: role, channel: .voice)
            message.timeBasis = basis
            return message
        }
        for batches in [[[0, 1]], [[0], [1]]] {
            try World.with { world in
                func read(_ turns: [Message]) throws -> BatchReport {
                    try batches.reduce(into: BatchReport()) { report, batch in
                        report += try world.process(batch.map { .message(turns[$0]) }, hasPlatformIDs: true)
                    }
                }
                let first = [turn("1", 1, .customer, .offset), turn("2", 2, .customer, .offset)]
                #expect(try read(first).stored == 2)
                // A copy with another date, and one of its speakers known now.
                let again = try read([turn("1", 21, .agent, .offset), turn("2", 22, .customer, .offset)])
                #expect(again.edited == 1 && again.duplicates == 1)
                #expect(try world.kept("1")?.sentAt == first[0].sentAt && world.kept("1")?.author.role == .agent)
                // With its start.
                let timed = [turn("1", 11, .agent, .exact), turn("2", 12, .customer, .exact)]
                #expect(try read(timed).edited == 2)
                #expect(try ["1", "2"].map { try world.kept($0)?.sentAt } == timed.map(\.sentAt))
                // Who leaves it out afterwards changes nothing.
                #expect(try read([turn("1", 31, .agent, .offset), turn("2", 32, .customer, .offset)]).duplicates == 2)
                #expect(try ["1", "2"].map { try world.kept($0)?.sentAt } == timed.map(\.sentAt))
            }
        }
    }
}
