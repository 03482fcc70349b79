import CKernels

/// The hashes of a word's character n-grams, which never cross the marks of its two ends, by their lengths in scalars.
///
/// Working memory: it holds those of the word that was read last. An n-gram is hashed scalar by scalar, 32 bits wide: eight n-grams at once
/// where the processor can. A change of the hash makes every model file useless: golden values are tested.
struct CharacterNGrams {
    /// Room for all lengths of the longest form, and for what the kernel writes over.
    private let hashes = Column<UInt32>(capacity: 512)
    private var scalars = 0

    /// Hashes the n-grams of up to `longest` scalars of a folded form, which has at least one byte.
    @inline(__always)
    mutating func read(_ form: UnsafeBufferPointer<UInt8>, longest: Int, _ kernels: UnsafePointer<attune_kernels>) {
        guard longest > 0, let bytes = form.baseAddress, !form.isEmpty else {
            scalars = 0
            return
        }
        scalars = kernels.pointee.characters(bytes, min(form.count, Int(attune_most_form)), longest, hashes.base)
    }

    /// The n-grams that a configuration counts, valid until the next word is read; the mark of the word's start alone is none.
    @inline(__always)
    func counted(by configuration: FeatureConfiguration) -> UnsafeBufferPointer<UInt32> {
        let (start, end) = (max(end(of: configuration.minimumCharacters - 1), 1), end(of: configuration.maximumCharacters))
        return UnsafeBufferPointer(start: hashes.base + start, count: max(end - start, 0))
    }

    /// How many n-grams have at most `length` scalars: as many of two as of one, and of every next length one less.
    @inline(__always)
    private func end(of length: Int) -> Int {
        guard length > 0, scalars > 0 else { return 0 }
        let last = min(length, scalars + 2)
        return last * (scalars + 3) - last * (last + 1) / 2 - 1
    }
}
