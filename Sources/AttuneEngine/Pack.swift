/// What the engine knows: the lexicons, and the trained heads where a model is given.
public struct Pack: Sendable {
    public let lexicon: Lexicon
    public let model: ModelFile?
    /// Names lexicons and model together: results of the same hash and engine version are the same bytes.
    public let hash: UInt64

    /// - Parameter model: nil scores by the lexicons alone.
    public init(lexicon: Lexicon, model: ModelFile?) {
        self.lexicon = lexicon
        self.model = model
        hash = model.map { StableHash.pair(lexicon.hash, $0.hash) } ?? lexicon.hash
    }

    /// Reads a pack where it lies: nothing is copied, and no work is done per entry but one look at every number that leads somewhere.
    /// - Throws: `PackError` for anything that is not a whole, undamaged pack of this version and engine.
    public init(storage: ModelStorage) throws(PackError) {
        let sections = try PackFormat.read(storage)
        guard PackFormat.isOfThisEngine(storage) else { throw .engine }
        self.init(lexicon: try Lexicon(validating: sections), model: try Self.model(sections))
    }

    /// The heads of a pack, also of one whose lexicons another engine built.
    /// - Returns: nil when it has none.
    public static func model(of storage: ModelStorage) throws(PackError) -> ModelFile? { try model(PackFormat.read(storage)) }

    /// Whether bytes begin like a pack, and not like a model file.
    public static func isPack(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.prefix(8).elementsEqual(PackFormat.magic) }

    private static func model(_ sections: PackSections) throws(PackError) -> ModelFile? {
        let range = sections[.model]
        guard !range.isEmpty else { return nil }
        do throws(ModelError) {
            // The pack's checksum covers it.
            return try ModelFile(storage: ModelStorage(range, of: sections.storage), isVerified: true)
        } catch {
            throw .model(error)
        }
    }

    /// The file's bytes, the same for the same lexicons and model.
    public func serialized() -> [UInt8] {
        let file = model?.serialized() ?? []
        return file.withUnsafeBytes { bytes in PackFormat.lay(lexicon.parts + (bytes.isEmpty ? [] : [(.model, bytes)])).storage.copied() }
    }

    /// The language head of the model, if it has one of as many languages as the engine has room for.
    public var languageIdentifier: LanguageIdentifier? {
        guard let heads = model?.group(PackLabels.languageGroup), heads.lanes <= HeadOdds.mostLanes else { return nil }
        return LanguageIdentifier(heads: heads)
    }
}
