import Foundation
import Testing

/// Habits that ARCHITECTURE.md asks for, where a machine can see them.
@Suite struct HouseTests {
    private let tree = Tree()

    @Test func noFileIsADrawer() throws {
        for file in try tree.files("Sources", "swift", "c") + tree.files("Tests", "swift") {
            #expect(file.lines.count <= 420, "\(file) has \(file.lines.count) lines: it is two things")
            let name = file.path.split(separator: "/").last.map(String.init) ?? ""
            for vague in ["Manager", "Helper", "Utils", "Util.", "Misc", "Common"] { #expect(!name.contains(vague), "\(file)") }
        }
    }

    @Test func nothingUnfinishedOrUnsafe() throws {
        // Put together here, so that this file does not find itself.
        let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "try" + "!", "fatal" + "Error(", "as" + "! ", "XCT" + "Skip", ".disabled" + "("]
        for file in try tree.files("Sources", "swift", "c", "h") + tree.files("Tests", "swift") {
            for word in words { #expect(!file.text.contains(word), "\(file) contains \(word)") }
        }
    }

    @Test func uncheckedSendableGivesItsReason() throws {
        for file in try tree.files("Sources", "swift") {
            for (i, line) in file.lines.enumerated() where line.contains("@unchecked" + " Sendable") {
                let before = file.lines[max(0, i - 6)..<i]
                #expect(before.contains { $0.contains("//") }, "\(file):\(i + 1) gives no reason")
            }
        }
    }

    @Test func everyTestFileExpectsSomething() throws {
        for file in try tree.files("Tests", "swift") where file.path.hasSuffix("Tests.swift") {
            #expect(file.text.contains("#expect") || file.text.contains("#require") || file.text.contains("check"), "\(file) tests nothing")
        }
    }

    @Test func everyModuleHasItsTests() throws {
        let modules = try tree.names("Sources").filter { $0.hasPrefix("Attune") }
        let tests = try tree.names("Tests")
        for module in modules { #expect(tests.contains(module + "Tests"), "\(module) has no tests") }
    }

    @Test func theArchitectureIsShortAndNamesEveryModule() throws {
        let text = try tree.text("ARCHITECTURE.md")
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 200)
        for module in try tree.names("Sources") { #expect(text.contains(module), "ARCHITECTURE.md does not name \(module)") }
    }

    @Test func noMachineIsNamed() throws {
        let paths = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"]
        let files =
            try tree.files("Sources", "swift", "c", "h") + tree.files("Tests", "swift")
            + tree.files("Lexicons", "tsv", "md")
        for name in try tree.names("Scripts") {
            let text = try tree.text("Scripts/\(name)")
            for path in paths { #expect(!text.contains(path), "Scripts/\(name) names a path of somebody's machine") }
        }
        for file in files { for path in paths { #expect(!file.text.contains(path), "\(file) names a path of somebody's machine") } }
    }
}
