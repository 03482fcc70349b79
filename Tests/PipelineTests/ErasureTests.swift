import AttuneCore
import Testing

@testable import AttuneStore

/// What an erasure takes along beside the messages that it names.
@Suite struct ErasureTests {
    /// One customer who is answered by an agent, alone and among others, and in other tables than that of the messages.
    @Test func whatOthersWroteOfAnErasedCustomerIsGoneToo() throws {
        try World.with { world in
            let number = "447700900987"
            var reply = World.message("2", "v:0 Dear Xylophonia, zanzibarquux is on its way", day: 2, role: .agent, conversation: number)
            reply.inReplyTo = "t:1"
            var groupReply = World.message("5", "v:0 it is on its way", day: 4, role: .agent, conversation: "group-\(number)")
            groupReply.inReplyTo = "t:3"
            var late = World.message("9", "v:0 zanzibarquux was edited", "phone:+44-7700-900987", day: 5, conversation: "elsewhere")
            late.edited = true
            var (mine, other) = (
                World.message("3", "v:-0.9 zanzibarquux again", "email:xylo.brabantine@mail.example", day: 3, conversation: "group-\(number)"),
                World.message("4", "v:-0.9 i:cancel mine too", "email:other@shop.com", day: 3, conversation: "group-\(number)")
            )
            // One name in one conversation is one person.
            (mine.author.displayName, other.author.displayName) = ("Xylophonia", "Olaf")
            let others = (20..<40).map { n in
                AttuneCore.Operation.message(
                    World.message("\(n)", "v:0.1 all is well", "email:p\(n)@shop.com", day: Double(n), conversation: "c\(n)"))
            }
            try world.process(others)
            try world.process(
                [
                    World.message(
                        "1", "v:-0.9 i:cancel zanzibarquux is broken", "phone:+\(number) email:xylo.brabantine@mail.example", day: 1,
                        conversation: number),
                    reply, World.message("6", "v:0 Hello Xylophonia, are you there?", day: 6, role: .agent, conversation: "+\(number)"),
                    mine, other, groupReply,
                ].map { .message($0) } + [.edit(late)])
            let customer = try #require(try world.customer("1"))
            #expect(try world.customer("3") == customer)
            let ids = try world.store.queries.messages(of: customer)
            let report = try world.pipeline.erase(messages: ids, from: world.store, at: Timestamp(nanoseconds: 1))
            #expect(report.erased == 3, "two messages, and the reply to one who is alone")
            for secret in [number, "xylo.brabantine", "Xylophonia", "zanzibarquux", "7700-900987"] {
                #expect(try !world.bytesContain(secret), "\(secret) is still in the files")
            }
            let stays = try #require(try world.customer("4"))
            let left = try #require(try world.store.queries.customer(stays)?.timeline.map(\.messageID))
            #expect(left == ["t:4"])
            let rows = try world.rows(
                "SELECT id || ' ' || coalesce(in_reply_to, '-') FROM messages WHERE conversation_id LIKE 'erased:%' ORDER BY id")
            #expect(rows == ["t:4 -", "t:5 -"])
            #expect(try world.rows("SELECT count(*) FROM conversations WHERE id LIKE 'erased:%'") == ["1"])
            #expect(
                try world.rows("SELECT count(*) FROM outbox WHERE instr(body, 'erased:')") == ["1"],
                "the other's event goes on to name the conversation")
            #expect(try world.rows("SELECT count(*) FROM messages WHERE deleted = 0") == ["22"])
        }
    }

    @Test(
        arguments: [
            ("447700900987", true, true), ("+447700900987", true, true), ("group-447700900987@g.us", true, false), ("44770090098", false, false),
            ("4477009009870", true, false), ("XYLO@mail.example", true, true), ("<1.xylo@mail.example>", true, false), ("priya.b", true, true),
            ("instagram:Priya.B", true, true), ("priya", false, false), ("x12", false, false), ("order-x12", false, false), ("", false, false),
            ("447700900447700900987", true, false), ("ck-12345", true, false),
        ])
    func tracesAreFound(text: String, stands: Bool, names: Bool) {
        let values: [(Identifier.Kind, String)] = [
            (.phone, "+447700900987"), (.email, "xylo@mail.example"), (.handle, "instagram:priya.b"), (.orderNumber, "x12"), (.cookie, "ck-12345"),
            (IdentityPolicy.participant, ""),
        ]
        let keys = values.enumerated().map { (IdentifierKey(kind: $1.0, hash: KeyHash(high: 0, low: UInt64($0))), $1.1) }
        let traces = Traces(Dictionary(uniqueKeysWithValues: keys))
        #expect(traces.areIn(text) == stands && traces.name(text) == names)
    }

    @Test func theLedgerForgetsTheIdentifierOfAMerge() throws {
        try World.with { world in
            try world.process([
                .message(World.message("1", "v:0 a", "email:a@shop.com", day: 1, conversation: "c1")),
                .message(World.message("2", "v:0 b", "phone:+447700900987", day: 2, conversation: "c2")),
            ])
            try world.process([.message(World.message("3", "v:0 c", "email:a@shop.com phone:+447700900987", day: 3, conversation: "c3"))])
            let merged = "SELECT coalesce(key_kind, '-') || ' ' || (key_hash IS NULL) FROM ledger WHERE change = 'merged'"
            #expect(try world.rows(merged).allSatisfy { $0.hasSuffix(" 0") } && !world.rows(merged).isEmpty)
            try world.pipeline.erase(messages: ["t:1", "t:2", "t:3"], from: world.store, at: Timestamp(nanoseconds: 1))
            #expect(try world.rows(merged) == ["- 1"])
            #expect(throws: (any Error).self) { try world.rows("DELETE FROM ledger") }
            #expect(throws: (any Error).self) { try world.rows("UPDATE ledger SET at = 0") }
        }
    }
}

extension World {
    /// The first column of what a statement finds.
    func rows(_ sql: String) throws -> [String] {
        try store.writeOutsideTransaction { try $0.prepared(sql).all { $0.text(0) } }
    }
}
