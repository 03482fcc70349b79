#!/usr/bin/env python3
"""Makes the texts of a run, as a program of its own: the peak memory of what a process starts counts from its own.

    texts.py FOLDER COUNT SEED (--texts FILE | --corpora DIR | --bundled ROOT) [--whole]

Writes FOLDER/texts.txt (a text a line), FOLDER/texts.jsonl (the same with an id), and prints what they are as JSON.

Every text is one line of 1 to 280 bytes: white space is one blank, one longer than 160 is cut at the ends of its sentences. Texts that are
the same are used once; only when there are too few does the whole set come again, and the run says how many were distinct. The order
is shuffled by the seed, so that languages and subjects are mixed as they are in an inbox.
--whole keeps the texts as long as they are, all of them, in the order of their files.
"""
import argparse, csv, gzip, hashlib, html, json, pathlib, random, re, sys

LONGEST = 280
# From here on a text is taken apart into its sentences, which keeps the mean at that of messages.
SEVERAL = 160
SENTENCE_END = re.compile(r"(?<=[.!?…।。؟])\s+")
# Controls, and what some readers take for the end of a line.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+|<br ?/?>")
# Word lists for language identification: words and pairs, no messages.
NO_MESSAGES = "lid_"


def open_text(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")


def one_line(text):
    return " ".join(CONTROL.sub(" ", html.unescape(text).encode("utf-8", "replace").decode()).split())


def cut(text):
    """Sentences of at most LONGEST bytes, or what fits where a sentence is longer."""
    if len(text.encode()) <= SEVERAL:
        yield text
        return
    for sentence in SENTENCE_END.split(text):
        while len(sentence.encode()) > LONGEST:
            head = sentence.encode()[:LONGEST].decode("utf-8", "ignore")
            head = head[: head.rindex(" ")] if " " in head[1:] else head
            yield head.strip()
            sentence = sentence[len(head):].strip()
        if sentence:
            yield sentence


def from_file(path):
    with open_text(path) as file:
        for line in file:
            yield (json.loads(line).get("text") or "") if ".jsonl" in path.name else line


def from_corpora(folder):
    for path in sorted(folder.glob("*/*.jsonl*")):
        if not path.parent.name.startswith(NO_MESSAGES):
            yield from from_file(path)


def bundled(root):
    """The texts of the bundled shop in file order; a review is its title, an empty line and its body."""
    folder = root / "Corpora/larkspur"
    for path in sorted(folder.glob("*.jsonl")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                yield json.loads(line).get("text", "")
    with open(folder / "reviews.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield "\n\n".join(part for part in (row["title"], row["review"]) if part)


def recombined(texts, count, generator):
    """The bundled texts are a few hundred: their sentences, put together anew, make as many distinct ones as are asked for."""
    sentences = sorted({sentence for text in texts for sentence in SENTENCE_END.split(one_line(text)) if sentence})
    seen, tries = set(), 0
    while len(seen) < count and tries < 20 * count:
        tries += 1
        text = " ".join(generator.sample(sentences, generator.choice((1, 1, 2, 2, 3))))
        key = digest(text)
        if len(text.encode()) <= LONGEST and key not in seen:
            seen.add(key)
            yield text


def digest(text):
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def distinct(texts):
    seen = set()
    for text in texts:
        key = digest(text)
        if text and key not in seen:
            seen.add(key)
            yield text


def order(pool, count, generator):
    while count > 0:
        generator.shuffle(pool)
        yield from pool[:count]
        count -= len(pool)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    source = parser.add_mutually_exclusive_group(required=True)
    for option in ("--texts", "--corpora", "--bundled"):
        source.add_argument(option, type=pathlib.Path)
    parser.add_argument("--whole", action="store_true")
    return parser.parse_args()


def main():
    options = arguments()
    generator = random.Random(options.seed)
    if options.texts:
        source = from_file(options.texts)
    elif options.corpora:
        source = from_corpora(options.corpora)
    else:
        source = bundled(options.bundled)
        if not options.whole:
            source = recombined(source, options.count, generator)
    lines = (one_line(text) for text in source)
    if options.whole:
        pool = list(distinct(lines))
        chosen, known = pool, len(pool)
    else:
        pool = list(distinct(lines if options.bundled else (piece for line in lines for piece in cut(line))))
        chosen, known = order(pool, options.count, generator), min(len(pool), options.count)
    if not pool:
        sys.exit("there are no texts")
    count = size = words = ascii_only = 0
    vocabulary = set()
    with open(options.folder / "texts.txt", "w", encoding="utf-8") as plain, open(options.folder / "texts.jsonl", "w", encoding="utf-8") as records:
        for text in chosen:
            plain.write(text + "\n")
            records.write(json.dumps({"id": f"m{count:08d}", "text": text}, ensure_ascii=False) + "\n")
            parts = text.lower().split()
            count, size, words = count + 1, size + len(text.encode()), words + len(parts)
            ascii_only += text.isascii()
            vocabulary.update(parts)
    print(json.dumps({"count": count, "distinct": known, "bytes": size, "words": words, "vocabulary": len(vocabulary), "ascii": ascii_only}))


if __name__ == "__main__":
    main()
