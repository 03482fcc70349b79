"""Every variant of the kernels gives the same bytes: over the run's texts, over whole files of texts as long as they are, and over
millions of texts that were mutated."""
import json, mmap, pathlib, platform, shutil, subprocess, sys

from .machine import ATTUNE, Missing, Wrong, line_count, measured, sha256
from .speed import engine, has_engine, score

VARIABLE = "ATTUNE_KERNELS"
LEVELS = ("scalar", "sse2", "avx2") if platform.machine() in ("x86_64", "AMD64") else ("scalar", "neon")


def supported():
    """Whether the binary knows the variable: one that does not would trivially answer the same."""
    with open(ATTUNE, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as bytes_:
        return bytes_.find(VARIABLE.encode()) >= 0


# Texts that are mutated and scored at once: what a file of them takes stays below 200 MB.
BATCH = 1_000_000
MUTATED = 10_000_000


def program(name, *arguments):
    done = subprocess.run([sys.executable, pathlib.Path(__file__).with_name(name), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise Wrong(f"{name}: {done.stderr[-600:]}")
    return done.stdout


def agreed(path, form, folder, name, say):
    """The digest that all variants give, and the number of results."""
    digests, output = {}, folder / "kernels.out"
    for level in LEVELS:
        say(f"kernels: {name}, {level}")
        measured(score(path, 1, form), output, {VARIABLE: level})
        digests[level] = sha256(output)
    same(digests, name, path)
    return digests["scalar"], line_count(output)


def agreed_engine(path, name, say):
    """The same of the engine alone, to which any bytes can be given: the number of texts."""
    answers = {}
    for level in LEVELS:
        say(f"kernels: {name}, {level}, engine alone")
        told = engine(path, level)
        answers[level] = told["checksum"], told["messages"]
    same(answers, name, path)
    return answers["scalar"][1]


def same(answers, name, path):
    if len(set(answers.values())) != 1:
        kept = pathlib.Path.cwd() / f"kernels-{path.name}"
        shutil.copy(path, kept)
        raise Wrong(f"the kernels do not agree on {name}, kept as {kept}: {answers}")


def mutated(folder, options, say):
    wanted, batch = MUTATED if options.mutated is None else options.mutated, folder / "mutated.txt"
    is_alone = has_engine(folder / "texts.txt")
    done = number = results = damaged = 0
    while done < wanted:
        size, seed = min(BATCH, wanted - done), options.seed + number
        name = f"mutated texts, {done:,} of {wanted:,} done"
        program("mutated.py", folder / "texts.txt", batch, size, seed)
        results += agreed(batch, "text", folder, name, say)[1]
        if is_alone:
            program("mutated.py", folder / "texts.txt", batch, size, seed, "--bytes")
            damaged += agreed_engine(batch, name, say)
        done += size
        number += 1
    if done:
        yield f"| {done:,} mutated texts, seeds {options.seed} to {seed} | {results:,} | |"
    if damaged:
        yield f"| {done:,} mutated texts with damaged UTF-8, the engine alone | {damaged:,} | |"


def measure(folder, texts, options, say):
    if not supported():
        raise Missing(f"this binary does not read {VARIABLE}")
    whole = folder / "whole"
    whole.mkdir()
    told = json.loads(program("texts.py", whole, 1, 1, *options.source, "--whole"))
    lines = ["| input | results | SHA-256 |", "|---|---:|---|"]
    for name, path, form in (("the run's texts", folder / "texts.txt", "text"),
                             (f"all texts as long as they are ({told['bytes'] / 1e6:.0f} MB)", whole / "texts.jsonl", "jsonl")):
        digest, count = agreed(path, form, folder, name, say)
        lines.append(f"| {name} | {count:,} | {digest[:12]} |")
    shutil.rmtree(whole)
    lines += mutated(folder, options, say)
    return f"""## Kernels

{', '.join(LEVELS)} ({VARIABLE}) gave the same bytes for every input; the first of them is the reference.

{chr(10).join(lines)}
"""
