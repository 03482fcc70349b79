import Foundation
import Testing

@testable import AttuneCommands

/// What stands in a later file counts for an earlier one of the same command.
@Suite struct SurveyTests {
    private let attune = Attune()

    @Test func mailsOfAFolderKnowTheirOwnerAndThread() throws {
        let mails = [
            ("1.eml", "From: me@shop.example\nTo: a@b.example\nMessage-ID: <c@t>\nIn-Reply-To: <b@t>\n\nsent\n"),
            ("2.eml", "From: a@b.example\nTo: me@shop.example\nDelivered-To: me@shop.example\nMessage-ID: <b@t>\nIn-Reply-To: <a@t>\n\nlate\n"),
            ("3.eml", "From: a@b.example\nTo: me@shop.example\nMessage-ID: <a@t>\nSubject: Order\n\nwhere is it\n"),
        ]
        try Temporary.with { folder in
            for (name, text) in mails { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
            let files = mails.map { folder.appendingPathComponent($0.0).path }
            for arguments in [[folder.path], files, ["--connector", "email"] + files.reversed()] {
                let result = try attune.run(["decode"] + arguments)
                #expect(result.status == 0 && result.lines.count == 3, "\(result.error)")
                #expect(result.lines.allSatisfy { $0.contains("\"conversationID\":\"a@t\"") })
                #expect(result.lines.count { $0.contains("\"role\":\"agent\"") && $0.contains("sent") } == 1)
            }
            // Of a pipe nothing is known before it is read.
            #expect(
                try attune("decode", "--connector", "email", "-", input: Array(mails[0].1.utf8)).lines.first?.contains("\"role\":\"customer\"")
                    == true)
        }
    }
}
