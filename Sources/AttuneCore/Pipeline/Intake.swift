/// Sorts a batch's operations: what is new, what is a copy, what changes or removes something stored.
struct Intake {
    private let batch: Batch
    var report = BatchReport()
    private var drafts: [Draft] = []
    private var draftIndex: [String: Int] = [:]
    private var deletions: [String] = []
    /// As stored; drafts are newer.
    private var versions: [String: StoredVersion] = [:]
    private var pending: [String: PendingChange] = [:]
    /// Ids of stored messages, in all sources, of the accounts that the batch says are gone.
    private var written: [Identifier: [String]] = [:]
    /// The same of the conversations.
    private var said: [ConversationPlace: [String]] = [:]

    init(batch: Batch) { self.batch = batch }

    /// Position of the batch's first operation in its source; negative without a checkpoint.
    private var start: Int64 { (batch.checkpoint?.position ?? 0) - Int64(batch.operations.count) }

    mutating func sort(_ transaction: any StoreTransaction, normalizer: IdentifierNormalizer, hashKey: [UInt8]) throws {
        let ids = batch.operations.compactMap(\.targetID)
        versions = try transaction.versions(of: ids)
        draftIndex.reserveCapacity(ids.count)
        drafts.reserveCapacity(ids.count)
        pending = try transaction.takePending(ids.filter { versions[$0] == nil })
        let accounts = Set(batch.operations.compactMap(\.closedAccount))
        if !accounts.isEmpty { try look(for: accounts, transaction, IdentifierReadings(normalizer, hashKey: hashKey)) }
        let conversations = Set(batch.operations.compactMap(\.closedConversation))
        if !conversations.isEmpty { said = try transaction.messages(in: conversations) }
        let start = self.start
        for (i, operation) in batch.operations.enumerated() {
            switch operation {
            case .message(let message), .attachment(let message), .notice(let message): try arrive(message, position: start + Int64(i), transaction)
            case .edit(let message): try edit(message, position: start + Int64(i), transaction)
            case .delete(let deletion):
                if let account = operation.closedAccount {
                    try delete(allOf: account, in: deletion.source, transaction)
                } else if let place = operation.closedConversation {
                    delete(allIn: place)
                } else {
                    delete(deletion)
                }
            case .status: report.statuses += 1
            case .ignored: report.ignored += 1
            case .rejected(let rejection): try reject(rejection, position: start + Int64(i), transaction)
            }
        }
        // What waits for a message that did not come with this batch after all goes on waiting.
        for change in pending.values.sorted(by: { $0.target < $1.target }) { try transaction.keepPending(change) }
    }

    private mutating func arrive(_ arrived: Message, position: Int64, _ transaction: any StoreTransaction) throws {
        var message = arrived
        guard let known = version(of: message.id) else {
            var draft = Draft(message: message, isReplacement: false)
            switch pending.removeValue(forKey: message.id) {
            case .edit(let edited):
                // The message may come as it was after a later edit.
                if !isOlder(edited, than: Self.version(draft)) { draft = Draft(message: message.edited(as: edited), isReplacement: false) }
            case .delete: draft.isTombstone = true
            case nil: break
            }
            report.stored += 1
            add(draft)
            return
        }
        if known.isDeleted || known.contentHash == ContentHash.of(message) { return skip(position) }
        let kept = try kept(message.id, transaction)
        if let kept, message.timeBasis == .offset, kept.text == message.text {
            // Nothing new is said of the time, which others of the call count from, too.
            (message.sentAt, message.timeBasis) = (kept.sentAt, kept.timeBasis)
            if known.contentHash == ContentHash.of(message) { return skip(position) }
        }
        // Whenever it came, a notice says less than the review.
        let tellsMore = kept?.isNoticeOfReview == true && !message.isNoticeOfReview
        let tellsLess = message.isNoticeOfReview && kept?.isNoticeOfReview == false
        if tellsLess || !tellsMore && isOlder(message, than: known) { return skip(position) }
        if message.channel == .review {
            // Review platforms keep the id of a changed review, and some of them its date.
            report.edited += 1
            replace(by: kept?.renewed(as: message) ?? message)
        } else if message.edited {
            report.edited += 1
            put(message, over: kept)
        } else if batch.hasPlatformIDs || (kept?.text == message.text && kept?.sentAt == message.sentAt) {
            // The same message as it is today: a name changed, a secret was taken out, a note is private now.
            if let kept { message = message.completed(by: kept) }
            if known.contentHash == ContentHash.of(message) { return skip(position) }
            report.edited += 1
            replace(by: message)
        } else {
            let rejection = Rejection(
                reason: "a message with the id of this one is stored with other content; give each export a `source` of its own",
                sender: message.source)
            try reject(rejection, position: position, transaction)
        }
    }

    private mutating func edit(_ change: Message, position: Int64, _ transaction: any StoreTransaction) throws {
        var message = change
        message.edited = true
        // Of a review it is the date that the platform gives it from then on.
        if message.channel != .review { message.editedAt = message.editedAt ?? message.sentAt }
        guard let known = version(of: message.id) else {
            // What tells of a changed review with its words and whose they are holds all of it; how it was before may never come.
            if message.channel == .review, !message.text.isEmpty, !message.author.isUnnamed {
                return try arrive(message, position: position, transaction)
            }
            report.edited += 1
            return postpone(.edit(message))
        }
        if isOlder(message, than: known) { return skip(position) }
        report.edited += 1
        if !known.isDeleted { put(message, over: try kept(message.id, transaction)) }
    }

    private mutating func delete(_ deletion: Deletion) {
        // Some exports show that a message was deleted, but not which: none is.
        guard let target = deletion.target else {
            report.ignored += 1
            return
        }
        report.deleted += 1
        if let i = draftIndex[target] {
            drafts[i].isTombstone = true
        } else if versions[target] != nil {
            versions[target]?.isDeleted = true
            deletions.append(target)
        } else {
            postpone(.delete(target: target))
        }
    }

    /// Finds what is stored of accounts, by the identifiers that their messages show.
    private mutating func look(for accounts: Set<Identifier>, _ transaction: any StoreTransaction, _ readings: IdentifierReadings) throws {
        var readings = readings
        var accountsOf: [IdentifierKey: [Identifier]] = [:]
        for account in accounts {
            let place = readings.place(of: account, region: nil)
            if let key = readings[place]?.key { accountsOf[key, default: []].append(account) }
        }
        for evidence in try transaction.evidence(sharing: Array(accountsOf.keys)) {
            let ids = try transaction.sightings(of: [evidence]).map(\.messageID)
            for account in evidence.keys.flatMap({ accountsOf[$0] ?? [] }) { written[account, default: []] += ids }
        }
    }

    /// Deletes what an account wrote in a source until now. Of whom nothing is known nothing is deleted, which the report says.
    private mutating func delete(allOf account: Identifier, in source: String, _ transaction: any StoreTransaction) throws {
        var isKnown = false
        for i in drafts.indices where drafts[i].message.source == source && drafts[i].message.author.identifiers.contains(account) {
            drafts[i].isTombstone = true
            isKnown = true
        }
        for id in written[account] ?? [] {
            if let i = draftIndex[id] {
                guard drafts[i].message.source == source else { continue }
                drafts[i].isTombstone = true
            } else if let message = try transaction.message(id) {
                guard message.source == source else { continue }
                versions[id]?.isDeleted = true
                deletions.append(id)
            }
            // One that cannot be read is deleted already.
            isKnown = true
        }
        if isKnown { report.deleted += 1 } else { report.ignored += 1 }
    }

    /// Deletes what was said in a conversation until now. Where that is nothing the report says so.
    private mutating func delete(allIn place: ConversationPlace) {
        var isKnown = false
        for i in drafts.indices where drafts[i].message.source == place.source && drafts[i].message.conversationID == place.conversationID {
            drafts[i].isTombstone = true
            isKnown = true
        }
        for id in said.removeValue(forKey: place) ?? [] where draftIndex[id] == nil {
            versions[id]?.isDeleted = true
            deletions.append(id)
            isKnown = true
        }
        if isKnown { report.deleted += 1 } else { report.ignored += 1 }
    }

    /// A change may stand before its message in the same batch, or come in another one: nothing brings back what was deleted.
    private mutating func postpone(_ change: PendingChange) {
        switch (pending[change.target], change) {
        case (.delete, _): return
        case (.edit(let known), .edit(let edit)) where known.editedAt ?? known.sentAt > edit.editedAt ?? edit.sentAt: return
        default: pending[change.target] = change
        }
    }

    private mutating func skip(_ position: Int64) {
        report.duplicates += 1
        report.duplicateIndexes.append(Int(position - start))
    }

    private mutating func reject(_ rejection: Rejection, position: Int64, _ transaction: any StoreTransaction) throws {
        report.rejected += 1
        report.refusals.append(.init(index: Int(position - start), reason: rejection.reason))
        try transaction.reject(rejection, source: batch.checkpoint?.source ?? rejection.sender ?? "webhook", batchPosition: position)
    }

    /// Puts an edit over what it changes.
    private mutating func put(_ edit: Message, over kept: Message?) {
        replace(by: kept?.edited(as: edit) ?? edit)
    }

    /// Puts what a known message is from now on in its place.
    private mutating func replace(by message: Message) {
        add(Draft(message: message, isReplacement: draftIndex[message.id].map { drafts[$0].isReplacement } ?? true))
    }

    /// Whether a message comes again as it was before an edit, or before a later one. Not every platform says that a review was edited: there
    /// the date tells. Of two edits of which one has no time of its own the later to come counts.
    private func isOlder(_ message: Message, than known: StoredVersion) -> Bool {
        let isUnedited = known.isEdited && !message.edited
        guard message.channel == .review else {
            guard known.isEdited, message.edited, let time = message.editedAt, let knownTime = known.editedAt else { return isUnedited }
            return time < knownTime
        }
        let areTimed = (!message.edited || message.editedAt != nil) && (!known.isEdited || known.editedAt != nil)
        let (time, knownTime) =
            areTimed ? (message.editedAt ?? message.sentAt, known.editedAt ?? known.sentAt) : (message.sentAt, known.sentAt)
        return time < knownTime || (time == knownTime && isUnedited)
    }

    private mutating func add(_ draft: Draft) {
        if let i = draftIndex[draft.message.id] {
            drafts[i] = draft
        } else {
            draftIndex[draft.message.id] = drafts.count
            drafts.append(draft)
        }
    }

    /// A known message as it is by now, from the batch or from the store.
    private func kept(_ id: String, _ transaction: any StoreTransaction) throws -> Message? {
        if let i = draftIndex[id] { return drafts[i].message }
        return try transaction.message(id)
    }

    /// What a message is by now; nil for one that is new.
    private func version(of id: String) -> StoredVersion? {
        guard let i = draftIndex[id] else { return versions.isEmpty ? nil : versions[id] }
        return Self.version(drafts[i])
    }

    private static func version(_ draft: Draft) -> StoredVersion {
        StoredVersion(
            contentHash: draft.contentHash, sentAt: draft.message.sentAt, isEdited: draft.message.edited, editedAt: draft.message.editedAt,
            isDeleted: draft.isTombstone)
    }

    /// The drafts whose authors allow it, with their identifiers normalised. Who denied consent leaves no derived byte, so this
    /// comes before anything is analysed or linked.
    mutating func admit(_ transaction: any StoreTransaction, normalizer: IdentifierNormalizer, hashKey: [UInt8]) throws -> Admitted {
        var readings = IdentifierReadings(normalizer, hashKey: hashKey, count: drafts.count)
        for i in drafts.indices {
            drafts[i].identify(&readings)
            let mayBeUnlinked = drafts[i].isReplacement && drafts[i].evidenceID != nil
            drafts[i].isUnlinked = try mayBeUnlinked && !transaction.isLinked(drafts[i].message.id)
        }
        guard try transaction.hasConsents() else {
            report.analysed += drafts.indices.count { drafts[$0].message.feedsState && !drafts[$0].isTombstone }
            return Admitted(drafts, readings)
        }
        // An edit need not show who wrote the message.
        let written = try transaction.evidence(ofMessages: drafts.filter(\.isReplacement).map(\.message.id))
        func keys(_ draft: Draft) -> [IdentifierKey] { draft.keys + (written[draft.message.id]?.keys ?? []) }
        let consents = try transaction.consents(Array(Set(drafts.lazy.flatMap(keys))), purpose: Consent.analysis)
        var admitted = [Draft]()
        for draft in drafts {
            if keys(draft).allSatisfy({ consents[$0]?.allows ?? true }) {
                admitted.append(draft)
                if draft.message.feedsState && !draft.isTombstone { report.analysed += 1 }
            } else {
                report.denied += 1
                if draft.isReplacement { report.edited -= 1 } else { report.stored -= 1 }
            }
        }
        return Admitted(admitted, readings)
    }

    struct Admitted {
        let drafts: [Draft]
        /// Identifiers that they show, with their clear values, each once.
        let values: [(key: IdentifierKey, value: String)]

        init(_ drafts: [Draft], _ readings: IdentifierReadings) {
            self.drafts = drafts
            var isShown = [Bool](repeating: false, count: readings.count)
            var values = [(key: IdentifierKey, value: String)]()
            for i in drafts.indices {
                for place in drafts[i].shown where !isShown[Int(place)] {
                    isShown[Int(place)] = true
                    if let reading = readings[place] { values.append(reading) }
                }
            }
            self.values = values
        }
    }

    /// Removes what was to be deleted; answers with the customers who wrote it.
    func applyDeletions(_ transaction: any StoreTransaction) throws -> [CustomerID] {
        var customers = [CustomerID]()
        for id in deletions {
            if let customer = try transaction.customerID(ofMessage: id) { customers.append(customer) }
            try transaction.markDeleted(id: id)
        }
        return customers
    }
}

extension Operation {
    /// Id of the message that this operation is about.
    fileprivate var targetID: String? {
        switch self {
        case .message(let message), .attachment(let message), .notice(let message), .edit(let message): message.id
        case .delete(let deletion): deletion.target
        default: nil
        }
    }

    /// The account of which everything is to be deleted.
    fileprivate var closedAccount: Identifier? {
        guard case .delete(let deletion) = self, deletion.target == nil, deletion.conversationID == nil else { return nil }
        return deletion.author?.identifiers.first { $0.kind == .externalID && $0.verified }
    }

    /// The conversation of which everything is to be deleted.
    fileprivate var closedConversation: ConversationPlace? {
        guard case .delete(let deletion) = self, deletion.isOfAll, deletion.target == nil, let id = deletion.conversationID else { return nil }
        return ConversationPlace(source: deletion.source, conversationID: id)
    }
}

extension Author {
    fileprivate var isUnnamed: Bool { displayName == nil && identifiers.isEmpty }
}
