import AttuneCore
import AttuneEngine
import AttuneStore
import Foundation
import Testing

@testable import AttuneConnectors

/// Who writes on WhatsApp, from the deliveries to the customers: user ids belong to one business, are replaced when a number changes, and
/// numbers change hands.
@Suite struct WhatsAppIdentityTests {
    /// What Meta posts for one message.
    private struct Delivery {
        var id: String
        var day: Int
        var business = "waba1"
        var number = "9001"
        var phone: String?
        var userID: String?
        var parent: String?
        var name: String?
        /// Of a system message.
        var system: String?

        var json: String {
            let member = { (key: String, value: String?) in value.map { "\"\(key)\":\"\($0)\"," } ?? "" }
            let contact =
                "{\(member("wa_id", phone))\(member("user_id", userID))\(member("parent_user_id", parent))\"profile\":{\"name\":\"\(name ?? "")\"}}"
            let content = system.map { "\"type\":\"system\",\"system\":\($0)" } ?? #""type":"text","text":{"body":"v:0.1"}"#
            let message =
                "{\(member("from", phone))\(member("from_user_id", userID))\"id\":\"\(id)\",\"timestamp\":\"\(1_770_000_000 + day * 86_400)\",\(content)}"
            let contacts = system == nil ? "\"contacts\":[\(contact)]," : ""
            let value = #"{"metadata":{"phone_number_id":"\#(number)"},\#(contacts)"messages":[\#(message)]}"#
            return #"{"object":"whatsapp_business_account","entry":[{"id":"\#(business)","changes":[{"field":"messages","value":\#(value)}]}]}"#
        }
    }

    private static func operations(_ deliveries: [Delivery]) throws -> [AttuneCore.Operation] {
        var operations = [AttuneCore.Operation]()
        for delivery in deliveries {
            let context = DecodingContext(receivedAt: Timestamp(nanoseconds: 0))
            var decoder = try WhatsAppCloudConnector().makeDecoder(ConnectorConfiguration(), context: context)
            var bytes = Array(delivery.json.utf8)
            try bytes.withUnsafeMutableBufferPointer { try decoder.decode(UnsafeBufferPointer($0), isLast: true) { operations.append($0) } }
        }
        return operations
    }

    /// Messages by customer, whatever the order and the size of the batches.
    private static func groups(_ deliveries: [Delivery], seed: UInt64) throws -> Set<Set<String>> {
        var generator = SplitMix64(seed: seed)
        return try World.with { world in
            let shuffled = seed == 0 ? deliveries : deliveries.shuffled(using: &generator)
            let size = [1, 2, 100][Int(seed % 3)]
            for start in stride(from: 0, to: shuffled.count, by: size) {
                let batch = try operations(Array(shuffled[start..<min(shuffled.count, start + size)]))
                try world.process(batch, isLoading: seed % 2 == 1)
            }
            try world.pipeline.relink(world.store)
            var groups: [CustomerID: Set<String>] = [:]
            for delivery in deliveries {
                let id = "whatsapp-cloud:\(delivery.number):\(delivery.id)"
                let customer = try world.store.transaction { try $0.customerID(ofMessage: id) }
                groups[try #require(customer), default: []].insert(delivery.id)
            }
            return Set(groups.values)
        }
    }

    private static let changed =
        #"{"type":"user_changed_number","wa_id":"447700900002","previous_user_id":"GB.1","user_id":"GB.2","body":"User Ann Lee changed from 447700900001 to 447700900002"}"#
    private static let changedWithoutIDs =
        #"{"type":"user_changed_number","wa_id":"447700900002","body":"User Ann Lee changed from 447700900001 to 447700900002"}"#
    private static let changedID = #"{"type":"user_changed_user_id","user_id":"GB.2","body":"User Ann Lee changed from GB.1 to GB.2"}"#

    private static let cases: [(name: String, deliveries: [Delivery], expected: Set<Set<String>>)] = [
        (
            "two businesses' ids that look the same are two people's",
            [
                Delivery(id: "a", day: 1, userID: "GB.1", name: "Ann Lee"),
                Delivery(id: "b", day: 2, business: "waba2", number: "9002", userID: "GB.1", name: "Rob Xu"),
                Delivery(id: "c", day: 3, business: "waba3", number: "9003", userID: "GB.1"),
            ], [["a"], ["b"], ["c"]]
        ),
        (
            "two numbers of one business know one person",
            [
                Delivery(id: "a", day: 1, userID: "GB.1", name: "Ann Lee"), Delivery(id: "b", day: 2, number: "9002", userID: "GB.1", name: "Ann"),
            ], [["a", "b"]]
        ),
        (
            "linked businesses know one person by the parent's id",
            [
                Delivery(id: "a", day: 1, userID: "GB.1", parent: "GB.ENT.5", name: "Ann Lee"),
                Delivery(id: "b", day: 2, business: "waba2", number: "9002", userID: "GB.9", parent: "GB.ENT.5", name: "Ann Lee"),
            ], [["a", "b"]]
        ),
        (
            "an id that changed is the same person's, with and without a number",
            [
                Delivery(id: "a", day: 1, userID: "GB.1", name: "Ann Lee"), Delivery(id: "n", day: 2, system: changedID),
                Delivery(id: "b", day: 3, userID: "GB.2", name: "Ann Lee"), Delivery(id: "c", day: 3, userID: "GB.3", name: "Rob Xu"),
            ], [["a", "n", "b"], ["c"]]
        ),
        (
            "a number that changed is the same person's, and whoever gets the old one is not",
            [
                Delivery(id: "a", day: 1, phone: "447700900001", userID: "GB.1", name: "Ann Lee"),
                Delivery(id: "n", day: 2, phone: "447700900001", system: changed),
                Delivery(id: "b", day: 3, phone: "447700900002", userID: "GB.2", name: "Ann Lee"),
                Delivery(id: "c", day: 9, phone: "447700900001", userID: "GB.3", name: "Rob Xu"),
                Delivery(id: "d", day: 10, phone: "447700900001", userID: "GB.3", name: "Rob Xu"),
            ], [["a", "n", "b"], ["c", "d"]]
        ),
        (
            "also where the notice tells numbers alone",
            [
                Delivery(id: "a", day: 1, phone: "447700900001", name: "Ann Lee"),
                Delivery(id: "n", day: 2, phone: "447700900001", system: changedWithoutIDs),
                Delivery(id: "b", day: 3, phone: "447700900002", name: "Ann Lee"), Delivery(id: "c", day: 9, phone: "447700900001", name: "Rob Xu"),
            ], [["a", "n", "b"], ["c"]]
        ),
        (
            "a recycled number joins nobody",
            [
                Delivery(id: "a", day: 1, phone: "447700900001", userID: "GB.1", name: "Ann Lee"),
                Delivery(id: "b", day: 400, phone: "447700900001", userID: "GB.3", name: "Rob Xu"),
            ], [["a"], ["b"]]
        ),
    ]

    @Test(arguments: cases.indices)
    func customersAreThoseOfTheDeliveries(index: Int) throws {
        let item = Self.cases[index]
        for seed in 0..<6 { #expect(try Self.groups(item.deliveries, seed: UInt64(seed)) == item.expected, "\(item.name), seed \(seed)") }
    }

    /// A notice says who somebody is and nothing else: it is not analysed, and feeds no state.
    @Test func aNoticeFeedsNoState() throws {
        try World.with { world in
            let report = try world.process(
                try Self.operations([
                    Delivery(id: "a", day: 1, phone: "447700900001", userID: "GB.1", name: "Ann Lee"),
                    Delivery(id: "n", day: 2, phone: "447700900001", system: Self.changed),
                ]))
            #expect(report.stored == 2 && report.analysed == 1)
            let customer = try #require(try world.store.transaction { try $0.customerID(ofMessage: "whatsapp-cloud:9001:n") })
            #expect(try world.store.queries.customer(customer)?.state?.messageCount == 1)
        }
    }
}
