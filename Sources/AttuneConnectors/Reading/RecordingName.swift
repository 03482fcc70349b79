import AttuneCore

/// What the name of a recording's file says: which call it is, and when it began.
enum RecordingName {
    /// Names that programs give to every recording, in a folder for each.
    private static let usual: Set<String> = [
        "transcript", "transcripts", "transcription", "captions", "caption", "subtitles", "subtitle", "closed_caption", "closed_captions",
        "meeting_saved_closed_caption", "recording", "audio", "audio_only", "output", "result", "results", "response", "asroutput",
    ]

    /// The file's name without its ending; with its folder where every recording is called so. Nil without a name.
    static func conversation(_ context: DecodingContext) -> String? {
        guard let base = context.baseName else { return nil }
        let name = String(base.prefix(upTo: base.lastIndex(of: ".") ?? base.endIndex))
        guard let folder = context.folderName, folder != ".", folder != "..", usual.contains(name.lowercased()) else { return name }
        return ScopedID.of(folder, name, separator: UInt8(ascii: "/"))
    }

    /// Reads `GMT20260203-090000_Recording.transcript.vtt` (Zoom) and `…_20260203T09:14_UTC.wav` (Amazon Connect); nil for
    /// names that do not say their zone.
    static func start(_ name: String) -> Timestamp? {
        let bytes = Array(name.replacing("%3A", with: ":").utf8)
        for at in bytes.indices.dropLast(12) {
            guard let date = number(bytes, at, 8), bytes[at + 8] == UInt8(ascii: "-") || bytes[at + 8] == UInt8(ascii: "T") else { continue }
            guard let (clock, end) = clock(bytes, at + 9) else { continue }
            guard bytes[..<at].suffix(3).elementsEqual("GMT".utf8) || bytes[end...].starts(with: "_UTC".utf8) else { continue }
            let civil = CivilDate(
                year: date / 10_000, month: date / 100 % 100, day: date % 100, hour: clock / 10_000, minute: clock / 100 % 100, second: clock % 100)
            return civil.isValid ? civil.timestamp() : nil
        }
        return nil
    }

    /// `090000`, `0900`, `09:00` or `09_00` as hhmmss, and where it ends.
    private static func clock(_ bytes: [UInt8], _ at: Int) -> (value: Int, end: Int)? {
        if let value = number(bytes, at, 6) { return (value, at + 6) }
        if let value = number(bytes, at, 4) { return (value * 100, at + 4) }
        guard let hour = number(bytes, at, 2), at + 2 < bytes.count, bytes[at + 2] == 58 || bytes[at + 2] == 95,
            let minute = number(bytes, at + 3, 2)
        else { return nil }
        return (hour * 10_000 + minute * 100, at + 5)
    }

    private static func number(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int? {
        guard at + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[at..<(at + count)] {
            guard byte >= 48, byte <= 57 else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }
}
