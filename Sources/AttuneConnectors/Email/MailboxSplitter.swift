/// Cuts a stream into mails. A mailbox file holds many, each behind a line `From ann@example.com Tue Feb  3 09:14:07 2026`;
/// any other stream is one mail. Holds one mail at most.
struct MailboxSplitter {
    enum Mail {
        /// - isEscaped: whether `>From ` at the beginning of a line stands for `From `.
        case bytes(UnsafeBufferPointer<UInt8>, isEscaped: Bool)
        case tooLong
    }

    /// Bytes of a mail: twice what the large providers carry.
    static let limit = 64 << 20

    private enum Form { case unknown, single, mailbox }

    private var form = Form.unknown
    private var buffer: [UInt8] = []
    /// Bytes of `buffer` in which no mail begins.
    private var searched = 0
    /// Whether the mail in `buffer` was too long and is being passed over.
    private var isSkipping = false
    /// 1-based line of the first byte that is not handed out.
    private var line = 1

    /// Calls `body` with each mail, without its `From ` line, and the line where it begins.
    mutating func feed(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Mail, Int) throws -> Void) rethrows {
        if buffer.isEmpty, form == .mailbox, !isSkipping {
            let rest = try cut(chunk, isLast: isLast, body)
            if !isLast { buffer.append(contentsOf: chunk[rest...]) }
            return
        }
        buffer.append(contentsOf: chunk)
        if case .unknown = form { recogniseForm(isLast: isLast) }
        var taken: [UInt8] = []
        swap(&taken, &buffer)
        let rest = try taken.withUnsafeBufferPointer { bytes in
            form == .mailbox ? try cut(bytes, isLast: isLast, body) : try whole(bytes, isLast: isLast, body)
        }
        swap(&taken, &buffer)
        buffer.removeFirst(rest)
    }

    private mutating func recogniseForm(isLast: Bool) {
        let first = buffer.drop { $0 <= 32 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        guard first.count >= 5 || isLast else { return }
        form = first.starts(with: "From ".utf8) ? .mailbox : .single
        if form == .mailbox {
            line += buffer[..<first.startIndex].count { $0 == 10 }
            buffer.removeFirst(first.startIndex)
        }
    }

    /// Hands out the only mail when it is complete; returns how many bytes are done.
    private mutating func whole(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Mail, Int) throws -> Void) rethrows -> Int {
        if bytes.count > Self.limit { isSkipping = true }
        if isLast {
            if isSkipping { try body(.tooLong, 1) } else if bytes.contains(where: { $0 > 32 }) { try body(.bytes(bytes, isEscaped: false), 1) }
            return bytes.count
        }
        return isSkipping ? bytes.count : 0
    }

    /// Hands out the complete mails; returns how many bytes are done.
    private mutating func cut(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Mail, Int) throws -> Void) rethrows -> Int {
        var start = 0
        var at = searched
        while let found = ByteSearch.first("\nFrom ", in: bytes, from: at, to: bytes.count) {
            guard let begins = EnvelopeLine.begins(bytes, at: found + 1, isLast: isLast) else {
                at = found
                break
            }
            at = found + 1
            if begins {
                try hand(UnsafeBufferPointer(rebasing: bytes[start..<found + 1]), body)
                start = found + 1
            }
        }
        if isLast {
            try hand(UnsafeBufferPointer(rebasing: bytes[start...]), body)
            return bytes.count
        }
        if bytes.count - start > Self.limit { isSkipping = true }
        // A separator may be cut by the chunk's end.
        let kept = isSkipping ? max(start, bytes.count - EnvelopeLine.longest) : start
        let settled = ByteSearch.first("\nFrom ", in: bytes, from: at, to: bytes.count) == nil ? max(at, bytes.count - 5) : at
        searched = max(0, settled - kept)
        if kept > start { line += bytes[start..<kept].count { $0 == 10 } }
        return kept
    }

    private mutating func hand(_ mail: UnsafeBufferPointer<UInt8>, _ body: (Mail, Int) throws -> Void) rethrows {
        searched = 0
        let first = line
        line += mail.count { $0 == 10 }
        if isSkipping {
            isSkipping = false
            return try body(.tooLong, first)
        }
        let end = ByteSearch.first(10, in: mail, from: 0, to: mail.count).map { $0 + 1 } ?? mail.count
        try body(mail.count > Self.limit ? .tooLong : .bytes(UnsafeBufferPointer(rebasing: mail[end...]), isEscaped: true), first)
    }
}

/// The line that separates mails in a mailbox file.
enum EnvelopeLine {
    /// Bytes of the longest one with the line behind it.
    static let longest = 2_048

    /// Whether a line `From …` begins a mail: an empty line stands before it, and it names a time or a header field follows.
    /// `From here on …` at the beginning of a paragraph is text. Nil when the bytes end before that is known.
    static func begins(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int, isLast: Bool) -> Bool? {
        let limit = min(bytes.count, start + longest)
        let isWhole = isLast || limit < bytes.count
        guard let end = ByteSearch.first(10, in: bytes, from: start, to: limit) else { return isWhole ? namesTime(bytes, start..<limit) : nil }
        let isTimed = namesTime(bytes, start..<end)
        let isBehindEmptyLine = start < 2 || bytes[start - 2] == 10 || bytes[start - 2] == 13 && start >= 3 && bytes[start - 3] == 10
        if isTimed, isBehindEmptyLine { return true }
        guard let nextEnd = ByteSearch.first(10, in: bytes, from: end + 1, to: limit) ?? (isWhole ? limit : nil) else { return nil }
        let isHeader = MailHeader.colon(bytes, end + 1, nextEnd) != nil
        // Some programs forget the empty line.
        return isHeader && (isBehindEmptyLine || isTimed)
    }

    /// Whether `09:14` occurs, and four digits of a year.
    private static func namesTime(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var (hasTime, hasYear, digits) = (false, false, 0)
        for i in range {
            if bytes[i] >= 48, bytes[i] <= 57 {
                digits += 1
                hasYear = hasYear || digits == 4
            } else {
                if bytes[i] == 58, digits >= 1, digits <= 2, i + 1 < range.upperBound, bytes[i + 1] >= 48, bytes[i + 1] <= 57 { hasTime = true }
                digits = 0
            }
        }
        return hasTime && hasYear
    }
}
