import AttuneEngine
import Foundation

/// `ATTUNE_KERNELS`: a variant of the byte kernels by name, to compare their answers. All give the same bytes.
enum KernelChoice {
    /// Nil when nothing was chosen: the fastest is used.
    static func read(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws -> KernelLevel? {
        guard let name = environment["ATTUNE_KERNELS"], !name.isEmpty else { return nil }
        guard let level = KernelLevel(rawValue: name), AnalyzerScratch(kernels: level) != nil else {
            let names = KernelLevel.allCases.filter { AnalyzerScratch(kernels: $0) != nil }.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("ATTUNE_KERNELS is `\(name)`: this processor runs \(names)")
        }
        return level
    }
}
