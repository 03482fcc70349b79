#!/usr/bin/env python3
"""Makes texts that nobody writes, out of those that somebody did: cuts, repeats, swaps and foreign characters, one line each.

    mutated.py SOURCE TARGET COUNT SEED [--bytes]

The same arguments give the same file. Every line is valid UTF-8 of at most 2,000 characters; with --bytes a part of them is not.
"""
import random, sys

LONGEST = 2_000
PIECES = [
    "not ", "very ", " but ", "!!!", "???", "...", ":-)", ":(", "<3", "((((", "https://a.b/c?d=e", "www.x.y", "@shop", "#fail", "a@b.c", "n't", "’s",
    "soooo", "LATE", "12,50 €", "1.1.1.1", "\u0301", "\u0301" * 40, "e\u0301", "é", "ﬃ", "ß", "İ", "ｂａｄ", "п", "aя", "क्", "मेरा", "ـ", "شكرا", "תודה",
    "ขอบคุณ", "你好", "ありがとう", "감사", "\u1112\u1161\u11ab", "😡", "👍🏽", "👨\u200d👩\u200d👧", "\u200d", "\ufe0f", "1\ufe0f\u20e3", "🇩🇪", "🇩", "\u200b", "\u202e",
    "\u00a0", "\u3000", "\t", "\x01", "\x7f", "\u0085", "\ufffd", "\ue000", "\U0010ffff", "\ufeff", "_", "-", "'", '"', "\\", "{", "0", "9" * 30, "a" * 70,
]


def mutate(text, other, generator):
    kind, at = generator.randrange(8), generator.randrange(len(text) + 1)
    to = min(at + generator.randrange(1, 12), len(text))
    if kind == 0:
        return text[:at] + generator.choice(PIECES) + text[at:]
    if kind == 1:
        return text[:at] + text[to:]
    if kind == 2:
        return text[:at] + text[at:to] * generator.choice((2, 3, 9, 60)) + text[to:]
    if kind == 3:
        return text[:at] + other[generator.randrange(len(other)):]
    if kind == 4:
        return text[:at] + text[at:to].swapcase() + text[to:]
    if kind == 5:
        return text[:at] + text[at:to][::-1] + text[to:]
    if kind == 6:
        # Any character but surrogates, line feeds and NUL, which no text file may hold.
        character = chr(generator.choice((generator.randrange(1, 0x80), generator.randrange(0x80, 0xD800), generator.randrange(0xE000, 0x110000))))
        return text[:at] + (" " if character in "\r\n" else character) + text[at:]
    return text[:at] + generator.choice(PIECES) * generator.choice((1, 1, 2, 30)) + text[to:]


def damage(line, generator):
    """Some bytes replaced, added or cut off: what is left need not be UTF-8."""
    line = bytearray(line)
    for _ in range(generator.choice((1, 2, 8))):
        at, byte = generator.randrange(len(line) + 1), generator.choice((generator.randrange(256), generator.randrange(0x80, 256)))
        line[at:at + generator.randrange(3)] = bytes([byte]) if byte not in b"\r\n" else b" "
    return bytes(line)


def main():
    source, target, count, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    generator = random.Random(seed)
    with open(source, encoding="utf-8", newline="\n") as file:
        texts = [line.rstrip("\n") for _, line in zip(range(200_000), file)]
    with open(target, "wb") as file:
        for _ in range(count):
            text = generator.choice(texts)
            for _ in range(generator.choice((1, 1, 2, 3, 5))):
                text = mutate(text, generator.choice(texts), generator)
            # A line of blanks only is no record; the dot makes it one.
            line = (text[:LONGEST] if text.strip() else ".").encode()
            if "--bytes" in sys.argv and generator.randrange(2):
                line = damage(line, generator)
            file.write(line + b"\n")


if __name__ == "__main__":
    main()
