"""Cost by length: texts of one kind as one message of 1 MB and as messages of 100 bytes. What costs more than its share is not linear."""
import json

from .machine import line_count, measured
from .speed import score

SHORT, LONG = 100, 1_000_000
# Bytes of text in a run at first; as many more as it takes for a run to be long beside the start of the process.
TOTAL, MOST = 8_000_000, 128_000_000
LONG_ENOUGH = 0.1  # CPU seconds
# The fastest counts: a neighbour can only make a run slower.
REPEATS = 3
WORST = 1.5

# Name → what is repeated, as text. Escapes that only JSON has are in RAW.
FAMILIES = {
    "plain words": "the parcel came late and the box was broken ",
    "one word": "refund ",
    "one endless word": "a",
    "an endless word in mixed case": "aB",
    "short words": "a b c d ",
    "capitals": "LATE ",
    "lengthened words": "soooooo ",
    "a word without end of one letter and digits": "a1",
    "negators": "not ",
    "negators and intensifiers": "not very ",
    "contrasts": "but ",
    "the beginning of a phrase": "where is my ",
    "a phrase overlapping itself": "no no complaints no ",
    "hits of every kind": "great terrible refund asap angry idiot ",
    "emoticons": ":-) ",
    "emoticons without blanks": ":-):-(",
    "hearts": "<3",
    "brackets": "(",
    "closing brackets": ")",
    "exclamation marks": "!",
    "mixed marks": "!?",
    "dots": ".",
    "hyphens": "-",
    "hyphenated words": "a-",
    "underlines": "_a",
    "apostrophes": "a'",
    "contractions": "don't can't ",
    "dotted digits": "1.",
    "digits": "7",
    "amounts": "12,50 € ",
    "addresses of pages": "https://a.b/c?d=e ",
    "one endless address": "https://a.b/c",
    "schemes": "http://",
    "www": "www.",
    "mails": "a@b.c ",
    "mentions": "@shop ",
    "at signs": "@",
    "hashtags": "#fail ",
    "hash signs": "#",
    "emoji": "😡",
    "joined emoji": "👩\u200d",
    "families": "👨\u200d👩\u200d👧\u200d👦 ",
    "skin tones": "👍🏽",
    "flags": "🇩🇪",
    "half flags": "🇩",
    "keycaps": "1\ufe0f\u20e3",
    "variation selectors": "\ufe0f",
    "combining marks": "\u0301",
    "a letter and many marks": "e\u0301\u0301\u0301\u0301",
    "accents composed": "é",
    "ligatures": "ﬃ",
    "full width": "ｂａｄ",
    "Cyrillic": "плохо ",
    "Cyrillic without blanks": "п",
    "Latin and Cyrillic in turns": "aя",
    "Devanagari": "मेरा ऑर्डर ",
    "Devanagari without blanks": "क्",
    "Thai": "ขอบคุณมาก",
    "Khmer": "អរគុណ",
    "Arabic": "شكرا جزيلا ",
    "Arabic with tatweel": "شـــكرا ",
    "tatweel": "ـ",
    "Arabic with vowel signs": "شُكْرًا ",
    "Hebrew": "תודה ",
    "Chinese": "服务很差",
    "Japanese": "ありがとうございます",
    "Korean": "감사합니다 ",
    "Hangul letters": "\u1112\u1161\u11ab",
    "zero width spaces": "\u200b",
    "words with zero width joiners": "a\u200d",
    "direction marks": "\u202e",
    "no-break spaces": "\u00a0",
    "blanks": " ",
    "tabs": "\t",
    "line breaks": "\n",
    "short lines": "ok\n",
    "quotes": '"',
    "backslashes": "\\",
    "unassigned and private": "\ue000\U000e0100",
    "replacement characters": "\ufffd",
}
# Repeated as it stands between the quotes of the record.
RAW = {
    "escaped letters": rb"\u0062\u0061\u0064 ",
    "escaped surrogate pairs": rb"\ud83d\ude21",
    "single surrogates": rb"\ud83d",
    "escaped zeros": rb"\u0000",
    "escaped slashes": rb"\/",
    "invalid UTF-8": b"\xff\xfe",
    "UTF-8 cut short": b"\xe0\xa4",
}


def units():
    for name, unit in FAMILIES.items():
        yield name, json.dumps(unit, ensure_ascii=False)[1:-1].encode()
    yield from RAW.items()


def write(path, unit, length, total):
    """Records whose texts have about `length` bytes, `total` bytes in all; returns the number of records and of bytes of text."""
    text = unit * max(length // len(unit), 1)
    count = max(total // len(text), 1)
    with open(path, "wb") as file:
        for number in range(count):
            file.write(b'{"id":"%d","text":"%s"}\n' % (number, text))
    return count, count * len(text)


def cost(folder, unit, length, total, start):
    """CPU nanoseconds a byte, start subtracted; what was said of the records; 0 when even the most bytes take no time to speak of."""
    path, output = folder / "family.jsonl", folder / "family.out"
    while True:
        count, size = write(path, unit, length, max(total, length))
        seconds = min(measured(score(path, 1, "jsonl"), output).cpu for _ in range(REPEATS)) - start
        if seconds >= max(LONG_ENOUGH, start / 4) or total >= MOST:
            break
        total *= 4
    scored = line_count(output)
    note = "" if scored == count else "rejected" if scored == 0 else f"{scored:,} of {count:,} scored"
    return max(seconds, 0) / size * 1e9, note


def measure(folder, texts, options, say):
    total = options.linear_bytes or TOTAL
    path = folder / "family.jsonl"
    write(path, b"ok", 2, 2)
    start = min(measured(score(path, 1, "jsonl")).cpu for _ in range(3 * REPEATS))
    rows = []
    for name, unit in units():
        say(f"linear: {name}")
        (short, a), (long, b) = (cost(folder, unit, length, total, start) for length in (SHORT, LONG))
        rows.append((long / short if short > 0 else 0, name, short, long, a if a == b else f"{a or 'scored'}, {b or 'scored'}"))
    rows.sort(reverse=True)
    lines = ["| texts of | ns a byte, 100-byte messages | ns a byte, 1 MB messages | ratio | |", "|---|---:|---:|---:|---|"]
    lines += [f"| {name} | {short:.2f} | {long:.2f} | {ratio:.2f} | {note} |" for ratio, name, short, long, note in rows]
    verdict = "met" if rows[0][0] <= WORST else "**not met**"
    return f"""## Linear cost

{len(rows)} families of {total / 1e6:.1f} MB and more each as JSON Lines, whole process, 1 job, CPU time less that of the start ({start * 1e3:.0f} ms), fastest of {REPEATS}.
Goal: a byte of a 1 MB message costs at most {WORST} times one of a 100-byte message. Worst: {rows[0][1]}, {rows[0][0]:.2f} – {verdict}.

{chr(10).join(lines)}
"""
