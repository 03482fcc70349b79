"""Large inputs of every connector: its fixtures many times over, with other texts in them each time."""
import json, random, re

from .machine import ROOT

TESTS = ROOT / "Tests/AttuneConnectorsTests"


def fixtures():
    """(connector, path, configuration) as the tests list them."""
    listed = re.findall(r'^\s*\("([a-z0-9-]+)", "([^"]+)", (?:#"(.*?)"#|"(.*?)")\),$', (TESTS / "Support.swift").read_text(), re.MULTILINE)
    return [(name, TESTS / "Fixtures" / file, raw or plain) for name, file, raw, plain in listed]


def texts(seed):
    """What customers write, out of the bundled conversations."""
    found = []
    for path in sorted((ROOT / "Corpora").rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and isinstance(record.get("text"), str):
                found.append(record["text"])
    random.Random(seed).shuffle(found)
    return found or ["My parcel is late again and nobody answers"]


def documents(text):
    """The JSON values of a file, one after the other."""
    decoder, at = json.JSONDecoder(), 0
    while True:
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        if at == len(text):
            return
        value, at = decoder.raw_decode(text, at)
        yield value


def is_prose(text):
    return len(text) > 8 and " " in text and not re.search(r"[<>@\[\]]|\d\d:\d\d|://", text)


def retold(value, choose):
    """The same value with other words where somebody speaks."""
    if isinstance(value, dict):
        return {key: retold(item, choose) for key, item in value.items()}
    if isinstance(value, list):
        return [retold(item, choose) for item in value]
    return choose() if isinstance(value, str) and is_prose(value) else value


def shifted(text, seconds):
    """Cues later by some seconds, in the way they are written."""
    def later(match):
        hours, minutes, rest = int(match[1]), int(match[2]), match[3]
        total = hours * 3600 + minutes * 60 + int(rest[:2]) + seconds
        return f"{total // 3600:02d}:{total // 60 % 60:02d}:{total % 60:02d}{rest[2:]}"
    return re.sub(r"(\d\d):(\d\d):(\d\d[.,]\d\d\d)", later, text)


def chat(target, choose):
    """An export of an Android or iOS chat, a message every forty seconds."""
    lines, size, number = [], 0, 0
    while size < target:
        day, second = divmod(number * 40, 86_400)
        month, day = divmod(day, 28)
        clock = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        name = ("Priya N", "Harbour Tea Co")[number % 2]
        lines.append(f"[{day + 1:02d}/{month % 12 + 1:02d}/{2020 + month // 12}, {clock}] {name}: {choose()}")
        size += len(lines[-1]) + 1
        number += 1
    return "\n".join(lines) + "\n", number


def make(connector, path, target, choose):
    """(one copy, `target` bytes or more of copies, number of copies); None for a format of which a file holds only one."""
    if connector == "whatsapp-export":
        one, _ = chat(1, choose)
        many, count = chat(target, choose)
        return one, many, count
    text, suffix = decoded(path.read_bytes()), path.suffix
    if suffix in (".json", ".jsonl"):
        try:
            values = list(documents(text))
        except ValueError:
            values = list(good_lines(text))
        # The first copy is retold as well: what a platform writes of itself (`sent an attachment`) is prose too.
        write = lambda _: "".join(json.dumps(retold(value, choose), ensure_ascii=False, separators=(",", ":")) + "\n" for value in values)
        return write(0), *repeated(write, target)
    if suffix == ".csv":
        header, rows = text.split("\n", 1)
        rows = rows if rows.endswith("\n") else rows + "\n"
        many, count = repeated(lambda _: rows, target)
        return f"{header}\n{rows}", f"{header}\n{many}", count
    if suffix in (".vtt", ".srt"):
        head, body = text.split("\n\n", 1) if suffix == ".vtt" else ("", text)
        # Each copy begins where no cue of the one before can be continued.
        span = 10 + max((int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in re.findall(r"(\d\d):(\d\d):(\d\d)[.,]", body)), default=0)
        block = lambda number: "\n\n" + shifted(body.strip("\n"), span * number)
        many, count = repeated(block, target)
        return head + block(0) + "\n", head + many + "\n", count
    if suffix == ".xml":
        entries = "".join(re.findall(r"<entry>.*?</entry>", text, re.DOTALL))
        if not entries:
            return None
        first, last = text.index(entries[:7]), text.rindex("</entry>") + 8
        many, count = repeated(lambda _: entries, target)
        return text[:first] + entries + text[last:], text[:first] + many + text[last:], count
    if suffix == ".eml":
        return None
    if connector == "signal-export":
        # What stands before the first message would be one of many copies' middle.
        text = re.sub(r"\A.*?(?=^\[)", "", text, count=1, flags=re.DOTALL | re.MULTILINE)
    text = text if text.endswith("\n") else text + "\n"
    text = text if suffix not in (".mbox",) and connector != "mastodon" else text.rstrip("\n") + "\n\n"
    return text, *repeated(lambda _: text, target)


def decoded(data):
    """Fixtures come in the encodings that files come in."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16").replace("\r\n", "\n")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return data.decode("cp1252").replace("\r\n", "\n")


def good_lines(text):
    """Lines that are JSON; a fixture may hold damaged ones."""
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def repeated(copy, target):
    pieces, size = [], 0
    while size < target:
        pieces.append(copy(len(pieces)))
        size += len(pieces[-1])
    return "".join(pieces), len(pieces)
