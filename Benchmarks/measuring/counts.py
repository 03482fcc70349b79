"""Instructions and heap allocations a message. Both are counts, not times: neighbours do not change them.

Each is the difference of two runs, so that start-up and loading drop out. `new texts`: N texts against 2 N, the second half not met
before (words and caches still grow). `met again`: N texts against the same N twice, which is the steady state.
"""
import pathlib, re, shutil, subprocess

from . import peers
from .machine import ATTUNE, Missing, head, measured
from .speed import has_engine, score

MESSAGES = 20_000


def inputs(folder, count):
    """Files of N, 2 N, and twice the same N texts, for every form."""
    files = {}
    for form, suffix in (("text", "txt"), ("jsonl", "jsonl")):
        source = folder / f"texts.{suffix}"
        one, two = head(source, folder / f"n.{suffix}", count), head(source, folder / f"2n.{suffix}", 2 * count)
        again = folder / f"again.{suffix}"
        again.write_bytes(one.read_bytes() * 2)
        files[form] = one, two, again
    return files


def library(name, folder):
    """A source of this folder as a library to be preloaded."""
    made = folder / f"{name}.so"
    worked, why = peers.command("cc", "-O2", "-shared", "-fPIC", pathlib.Path(__file__).with_name(f"{name}.c"), "-o", made)
    if not worked:
        raise Missing(f"{name}.c can't be compiled: {why}")
    return made


def commands(files, binary=ATTUNE):
    """(name, form, function from an input file to a command)."""
    yield "attune, text → JSON Lines", "text", lambda path: [binary, *score(path, 1, "text")[1:]]
    yield "attune, JSON Lines → JSON Lines", "jsonl", lambda path: [binary, *score(path, 1, "jsonl")[1:]]
    if has_engine(files["text"][0]):
        yield "attune, engine alone", "text", lambda path: [binary, "bench-engine", path]


def differences(subjects, files, count, total, say):
    """(name, a message of new texts, a message met again) for every subject."""
    for name, form, command, environment in subjects:
        say(name)
        one, two, again = (total(command(path), environment) for path in files[form])
        yield name, (two - one) / count, (again - one) / count


def table(unit, rows, digits):
    lines = [f"| {unit} a message | new texts | met again |", "|---|---:|---:|"]
    return "\n".join(lines + [f"| {name} | {new:,.{digits}f} | {again:,.{digits}f} |" for name, new, again in rows])


def instructions(folder, texts, options, say):
    if not shutil.which("valgrind"):
        raise Missing("valgrind is not installed (Debian: apt-get install valgrind)")
    count = min(options.sample or MESSAGES, texts["count"] // 2)
    files, told = inputs(folder, count), folder / "callgrind.out"

    # Hashing with another seed in every process would make every start a little different.
    preload = {"LD_PRELOAD": str(library("sigsuspend", folder)), "SWIFT_DETERMINISTIC_HASHING": "1"}

    def total(command, environment):
        measured(["valgrind", "--tool=callgrind", f"--callgrind-out-file={told}", *command], environment={**preload, **(environment or {})})
        return int(re.search(r"^(?:summary|totals): (\d+)", told.read_text(), re.MULTILINE).group(1))

    # Debian's valgrind can't read the debug information of newer compilers, and gives up over it.
    binary = folder / "attune"
    if not peers.command("strip", "--strip-debug", "-o", binary, ATTUNE)[0]:
        raise Missing("strip is not installed (Debian: apt-get install binutils)")
    subjects = [(name, form, command, None) for name, form, command in commands(files, binary)]
    if not options.no_fasttext:
        fast = peers.fasttext()
        for name, model in peers.models(fast, options.train)[0].items():
            subjects.append((f"fastText, {name}", "text", lambda path, model=model: [fast.program, "predict-prob", model, path], fast.environment))
    rows = list(differences(subjects, files, count, total, lambda name: say(f"instructions: {name}")))
    version = subprocess.run(["valgrind", "--version"], capture_output=True, text=True).stdout.strip()
    return f"""## Instructions

{version}, callgrind, {count:,} messages against twice as many, start-up subtracted. Wide vector instructions count as one.

{table("instructions", rows, 0)}
"""


def allocations(folder, texts, options, say):
    counter, told = library("allocations", folder), folder / "allocations.txt"
    count = min(options.sample or MESSAGES, texts["count"] // 2)
    files = inputs(folder, count)

    def total(command, environment):
        measured(command, environment={"LD_PRELOAD": str(counter), "ATTUNE_ALLOCATIONS": str(told), "SWIFT_DETERMINISTIC_HASHING": "1"})
        return int(told.read_text())

    subjects = [(name, form, command, None) for name, form, command in commands(files)]
    rows = list(differences(subjects, files, count, total, lambda name: say(f"allocations: {name}")))
    return f"""## Heap allocations

Calls of malloc, calloc, realloc and their aligned forms, {count:,} messages against twice as many, start-up subtracted. The whole process includes
the blocks in which it reads and writes.

{table("allocations", rows, 4)}
"""
