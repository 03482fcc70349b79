import AttuneConnectors
import AttuneCore
import Foundation

/// Any connectors of the registry over any bytes; ATTUNE_FUZZ_TARGET names them, parted by commas: what one learns to read is
/// tried with the others, too.
///
/// Promised of each: nothing is thrown but `UnreadableInput`; the operations do not depend on where the input was cut, nor on what
/// was decoded before; recognition of any bytes ends.
private let connectors: [any Connector] = {
    let names = (setting("ATTUNE_FUZZ_TARGET") ?? "").split(separator: ",")
    do {
        return try names.map { try ConnectorRegistry.standard.connector(named: String($0)) }
    } catch {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(2)
    }
}()
/// What users configure: nothing, a zone, a mapping of every field, names of agents.
private let configurations: [ConnectorConfiguration] = [
    "{}", #"{"zone":"Europe/Berlin"}"#, #"{"agentNames":["Harbour Tea Co","Sam"],"zone":"America/New_York"}"#,
    #"{"mapping":{"text":"text","id":"id","author":"author","time":"sentAt","role":"role","rating":"rating"}}"#,
].compactMap { try? ConnectorConfiguration(jsonText: Array($0.utf8)) }

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: data, count: count)
    let configuration = configurations[choice(bytes, below: configurations.count)]
    let size = [1, 2, 3, 7, 16, 61, 64, 4096][choice(bytes, below: 8 * 31) / 31]
    for connector in connectors {
        let whole = outcome(bytes, connector, configuration, pieces: max(count, 1))
        let cut = outcome(bytes, connector, configuration, pieces: size)
        promise(
            whole.operations == cut.operations && whole.refusal == cut.refusal,
            "\(connector.name) gives of pieces of \(size) what it gives of the whole: \(told(whole)) and \(told(cut))")
    }
    _ = try? ConnectorRegistry.standard.recognise(head: ArraySlice(bytes), fileName: nil)
    return 0
}

private struct Outcome {
    var operations: [AttuneCore.Operation] = []
    var refusal: UnreadableInput?
}

private func told(_ outcome: Outcome) -> String { "\(outcome.operations.count) operations, \(outcome.refusal?.description ?? "read to the end")" }

private func outcome(
    _ bytes: UnsafeBufferPointer<UInt8>, _ connector: any Connector, _ configuration: ConnectorConfiguration, pieces size: Int
) -> Outcome {
    var outcome = Outcome()
    let context = DecodingContext(fileName: "folder/file", receivedAt: Timestamp(nanoseconds: 1_770_000_000_000_000_000))
    do {
        var decoder = try connector.makeDecoder(configuration, context: context)
        var at = 0
        repeat {
            let end = min(at + size, bytes.count)
            try decoder.decode(UnsafeBufferPointer(rebasing: bytes[at..<end]), isLast: end == bytes.count) { outcome.operations.append($0) }
            at = end
        } while at < bytes.count
    } catch let refusal as UnreadableInput {
        outcome.refusal = refusal
    } catch is ConfigurationError {
        // A mapping that this format has no use for.
    } catch {
        promise(false, "\(connector.name) throws nothing but UnreadableInput, not \(error)")
    }
    return outcome
}
