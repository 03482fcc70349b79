import AttuneCore

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
    /// Editors of Windows save mails as UTF-16, or with a byte order mark.
    private var encoding = TextEncoding()
    private var buffer: [UInt8] = []
    /// Bytes of `buffer` in which no mail begins.
    private var searched = 0
    /// Whether the mail in `buffer` was too long and is being passed over.
    private var isSkipping = false
    /// 1-based line of the first byte that is not handed out.
    private var line = 1

    /// Calls `body` with each mail, without its `From ` line, and the line where it begins.
    mutating func feed(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Mail, Int) throws -> Void) rethrows {
        // Taken out while its closure uses the rest of this value.
        var encoding = TextEncoding()
        swap(&encoding, &self.encoding)
        defer { swap(&encoding, &self.encoding) }
        try encoding.decode(chunk, isLast: isLast) { try take($0, isLast: isLast, body) }
    }

    private mutating func take(_ chunk: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Mail, Int) throws -> Void) rethrows {
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
        let first = buffer.drop { $0 <= 32 }
        let isFrom = first.starts(with: "From ".utf8)
        // `From  : ann@example.com` is a field of a header, in the obsolete grammar.
        let behind = isFrom ? first.dropFirst(5).first { $0 != 32 && $0 != 9 } : nil
        guard first.count >= 5 && (!isFrom || behind != nil) || isLast else { return }
        form = isFrom && behind != UInt8(ascii: ":") ? .mailbox : .single
        if form == .mailbox {
            line += buffer[..<first.startIndex].count { $0 == 10 }
            buffer.removeFirst(first.startIndex)
        }
    }

    /// Hands out the only mail when it is complete; returns how many bytes are done.
    private mutating func whole(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Mail, Int) throws -> Void) rethrows -> Int {
        if bytes.count > Self.limit { isSkipping = true }
        if isLast {
            if !isSkipping, let converted = Self.withLineFeeds(bytes) {
                return try converted.withUnsafeBufferPointer { try whole($0, isLast: true, body) }
            }
            let file = AppleMailFile.mail(bytes)
            if isSkipping {
                try body(.tooLong, 1)
            } else if let file {
                try body(.bytes(file, isEscaped: false), 2)
            } else if bytes.contains(where: { $0 > 32 }) {
                let start = Self.headerStart(bytes)
                let lines = UnsafeBufferPointer(rebasing: bytes[..<start]).count(of: 10)
                try body(.bytes(UnsafeBufferPointer(rebasing: bytes[start...]), isEscaped: false), 1 + lines)
            }
            return bytes.count
        }
        return isSkipping ? bytes.count : 0
    }

    /// A mail whose lines end with CR alone, as programs of old Macs write them, with LF; nil for all others.
    private static func withLineFeeds(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard ByteSearch.first(10, in: bytes, from: 0, to: bytes.count) == nil, bytes.contains(13) else { return nil }
        return bytes.map { $0 == 13 ? 10 : $0 }
    }

    /// Where the header begins: behind empty lines that something put before it.
    private static func headerStart(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard let start = bytes.firstIndex(where: { $0 > 32 }), start > 0, bytes[start - 1] == 10 else { return 0 }
        let end = ByteSearch.first(10, in: bytes, from: start, to: bytes.count) ?? bytes.count
        return MailHeader.colon(bytes, start, end) == nil ? 0 : start
    }

    /// Hands out the complete mails; returns how many bytes are done.
    private mutating func cut(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ body: (Mail, Int) throws -> Void) rethrows -> Int {
        var start = 0
        var at = searched
        while let found = EnvelopeLine.candidate(bytes, from: at) {
            guard let begins = EnvelopeLine.begins(bytes, at: found + 1, isLast: isLast),
                let isDoubtful = begins ? EnvelopeLine.isDoubtful(bytes, at: found + 1, isLast: isLast) : false
            else {
                at = found
                break
            }
            at = found + 1
            if begins, !isDoubtful || !Self.tellsLength(bytes, start..<found) {
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
        let settled = EnvelopeLine.candidate(bytes, from: at) == nil ? max(at, bytes.count - 5) : at
        searched = max(0, settled - kept)
        if kept > start { line += UnsafeBufferPointer(rebasing: bytes[start..<kept]).count(of: 10) }
        return kept
    }

    /// Whether the mail says how long it is: mailboxes whose mails do (mboxcl2) leave lines `From …` in them as they are.
    private static func tellsLength(_ bytes: UnsafeBufferPointer<UInt8>, _ mail: Range<Int>) -> Bool {
        guard let end = ByteSearch.first(10, in: bytes, from: mail.lowerBound, to: mail.upperBound) else { return false }
        return MailHeader(bytes, end + 1..<mail.upperBound).has(.contentLength)
    }

    private mutating func hand(_ mail: UnsafeBufferPointer<UInt8>, _ body: (Mail, Int) throws -> Void) rethrows {
        searched = 0
        let first = line
        line += mail.count(of: 10)
        if isSkipping {
            isSkipping = false
            return try body(.tooLong, first)
        }
        let end = ByteSearch.first(10, in: mail, from: 0, to: mail.count).map { $0 + 1 } ?? mail.count
        try body(mail.count > Self.limit ? .tooLong : .bytes(UnsafeBufferPointer(rebasing: mail[end...]), isEscaped: true), first)
    }
}
