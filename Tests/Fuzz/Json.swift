import AttuneCore

/// The tape against the parser.
///
/// Promised: the same texts are read, as the same values; the same texts are refused, with the same words at the same place; what
/// a reader read before shows in nothing.
nonisolated(unsafe) private var reader = JSONReader()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: data, count: count)
    var tape: Result<JSONValue, JSONParser.Failure>
    var tree: Result<JSONValue, JSONParser.Failure>
    do throws(JSONParser.Failure) { tape = .success(try reader.parse(bytes).tree) } catch { tape = .failure(error) }
    do throws(JSONParser.Failure) { tree = .success(try JSONParser.parse(bytes)) } catch { tree = .failure(error) }
    promise(tape == tree, "the tape gives what the parser gives: \(tape) and \(tree)")
    return 0
}
