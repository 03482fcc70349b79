import AttuneConnectors
import AttuneCore

/// What connectors look for in all inputs of a command before the first of them is read.
enum InputSurvey {
    private static let chunkSize = 256 << 10
    /// Bytes of an input that are looked through: what holds for all of it shows in its first hundreds of records, and reading a large
    /// file twice would take longer than what a look ahead is worth.
    private static let limit = 1 << 20

    /// Pipes cannot be read twice: what stands later in one is not known earlier. A file that cannot be read is told when it is its turn.
    /// - Parameter name: of the only connector that counts, when the user named one.
    static func make(of places: [InputPlace], connector name: String?, _ configuration: ConnectorConfiguration) {
        for connector in ConnectorRegistry.standard.connectors where name == nil || name == connector.name {
            for place in places where place.zipped != nil || InputPlace.isFile(place.path) {
                guard var survey = connector.makeSurvey(configuration, memory: place.memory) else { break }
                try? look(at: place, connector, isNamed: name != nil, &survey)
            }
        }
    }

    private static func look(at place: InputPlace, _ connector: any Connector, isNamed: Bool, _ survey: inout any Survey) throws {
        let file = try place.open()
        if !isNamed, connector.recognise(head: try file.peek(ConnectorRegistry.headLength)[...], fileName: place.path) == nil { return }
        var chunk = ByteBuffer(capacity: chunkSize)
        var (isLast, looked) = (false, 0)
        while !isLast, looked < limit {
            chunk.removeAll()
            isLast = try file.read(into: &chunk) == 0
            looked += chunk.bytes.count
            survey.look(chunk.bytes, isLast: isLast)
        }
    }
}
