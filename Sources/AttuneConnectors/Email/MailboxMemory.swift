import Synchronization

/// What mails that are read together say of each other: whose mailbox it is, and which thread a mail belongs to.
///
/// A reference, since the files of a Maildir share it. What a survey saw before the first was read counts for all of
/// them, wherever it stands.
final class MailboxMemory: Sendable {
    private struct State {
        var threads = MailThreads()
        var owners: Set<String> = []
    }

    private let state = Mutex(State())

    /// A mailbox has an address or two, and some aliases.
    private static let mostOwners = 64

    /// `MailThreads.note`
    func note(id: String, references: [String]) { state.withLock { $0.threads.note(id: id, references: references) } }

    /// `MailThreads.conversation`
    func conversation(id: String?, references: [String], subject: String?) -> String? {
        let subject = MailSubject(subject ?? "")
        return state.withLock { state in
            if let id { state.threads.note(id: id, references: references) }
            return state.threads.conversation(id: id, references: references, subject: subject)
        }
    }

    /// Notes an address of whoever has the mailbox.
    func note(owner address: String) {
        state.withLock { state in if state.owners.count < Self.mostOwners { state.owners.insert(address.lowercased()) } }
    }

    var hasOwner: Bool { state.withLock { !$0.owners.isEmpty } }

    /// Nearly all addresses are written in lower case, and looked for as they are first.
    func isOwner(_ address: String) -> Bool {
        state.withLock { state in
            if state.owners.isEmpty || state.owners.contains(address) { return !state.owners.isEmpty }
            return address.utf8.contains { $0 &- 65 < 26 || $0 > 127 } && state.owners.contains(address.lowercased())
        }
    }
}

/// Notes whose mailbox mails lie in: the address that the last server delivered them to, or who sent what Gmail says was sent.
struct MailOwners {
    private let memory: MailboxMemory
    /// Most mails of a mailbox were delivered to the same address, to the letter.
    private var lastDelivery: [UInt8]?

    init(_ memory: MailboxMemory) { self.memory = memory }

    mutating func note(_ header: MailHeader) {
        header.unfolded(.deliveredTo) { delivery in
            if let lastDelivery, ByteSearch.equal(delivery, lastDelivery) { return }
            lastDelivery = Array(delivery)
            if let address = MailAddress(first: delivery)?.address { memory.note(owner: address) }
        }
        if KeptMail.isSent(header), let sender = header.unfolded(.from, MailAddress.init(first:)) ?? nil, let address = sender.address {
            memory.note(owner: address)
        }
    }
}

/// Looks through a mailbox before any of those read with it is read.
struct MailSurvey: Survey {
    private let memory: MailboxMemory
    /// Nil where the configuration says who is an agent.
    private var owners: MailOwners?
    private var splitter = MailboxSplitter()

    init(_ memory: MailboxMemory, findsOwners: Bool) {
        self.memory = memory
        owners = findsOwners ? MailOwners(memory) : nil
    }

    mutating func look(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        // Taken out while its closure uses the rest of this value.
        var splitter = MailboxSplitter()
        swap(&splitter, &self.splitter)
        splitter.feed(chunk, isLast: isLast) { mail, _ in
            guard case .bytes(let bytes, _) = mail else { return }
            let header = MailHeader(bytes, 0..<bytes.count)
            owners?.note(header)
            let references = MailReferences(header)
            if let own = references.own { memory.note(id: own, references: references.thread) }
        }
        swap(&splitter, &self.splitter)
    }
}
