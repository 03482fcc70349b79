import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A real HTTP server on a free port of this computer that writes down what it gets and answers as it is told.
final class SinksReceiver: Sendable {
    struct Delivery: Sendable {
        var headers: [(name: String, value: String)]
        var body: [UInt8]
        func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
    }

    struct Answer: Sendable {
        var status = HTTPResponseStatus.ok
        var headers: [String: String] = [:]
        /// Bytes of the answer's body.
        var length = 0
        /// Never answers.
        var isSilent = false
    }

    private let log = Mutex<[Delivery]>([])
    private let answer: @Sendable (Delivery) -> Answer
    private let channel = Mutex<(any Channel)?>(nil)

    private init(_ answer: @escaping @Sendable (Delivery) -> Answer) { self.answer = answer }

    static func with<Value>(
        answer: @escaping @Sendable (Delivery) -> Answer = { _ in Answer() }, _ body: (SinksReceiver) async throws -> Value
    ) async throws -> Value {
        let receiver = SinksReceiver(answer)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(receiver: receiver))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        receiver.channel.withLock { $0 = channel }
        do {
            let value = try await body(receiver)
            try await channel.close()
            return value
        } catch {
            try await channel.close()
            throw error
        }
    }

    var port: Int { channel.withLock { $0?.localAddress?.port ?? 0 } }
    var url: String { "http://127.0.0.1:\(port)/hook" }
    var deliveries: [Delivery] { log.withLock { $0 } }

    fileprivate func receive(_ delivery: Delivery) -> Answer {
        log.withLock { $0.append(delivery) }
        return answer(delivery)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        private let receiver: SinksReceiver
        private var delivery = Delivery(headers: [], body: [])

        init(receiver: SinksReceiver) { self.receiver = receiver }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): delivery = Delivery(headers: head.headers.map { ($0.name, $0.value) }, body: [])
            case .body(let part): delivery.body.append(contentsOf: part.readableBytesView)
            case .end: respond(receiver.receive(delivery), context)
            }
        }

        private func respond(_ answer: Answer, _ context: ChannelHandlerContext) {
            if answer.isSilent { return }
            var headers = HTTPHeaders(answer.headers.map { ($0.key, $0.value) })
            headers.add(name: "content-length", value: String(answer.length))
            context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: answer.status, headers: headers))), promise: nil)
            if answer.length > 0 {
                context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(repeating: 46, count: answer.length)))), promise: nil)
            }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
