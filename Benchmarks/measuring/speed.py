"""Our process and engine beside the peers: the same texts, one round after the other, and the ratio within each round."""
import json, os, statistics, subprocess

from . import peers
from .machine import ATTUNE, BUSY_CORES, Missing, Run, Wrong, first_result, head, line_count, measured, pack_folder, sha256

VADER_TEXTS = 50_000
STARTS = 20
# Runs on one text; their median is taken off every run's CPU time.
START_RUNS = 5
SHORTEST_TOLD = 0.5
ENGINE = "attune, engine alone"
TEXT = "attune, text → JSON Lines, 1 job"
TEXT_2 = "attune, text → JSON Lines, 2 jobs"
JSONL = "attune, JSON Lines → JSON Lines, 1 job"
VADER = "VADER"
COUNTING = "reading the bytes once (`wc -l`)"


def fast_name(model):
    return f"fastText, {model}"


BIGRAMS, SUBWORDS = (fast_name(name) for name in peers.MODELS)


class Subject:
    """Something that is timed: `run` gives a Run over `count` texts, `start` the CPU seconds of a run over one."""

    def __init__(self, name, count, run, start=None):
        self.name, self.count, self.run = name, count, run
        self.start = statistics.median(start().cpu for _ in range(START_RUNS)) if start else 0.0
        self.runs = []

    def seconds(self, number):
        """CPU seconds a text in that round, start-up taken off."""
        return max(self.runs[number].cpu - self.start, 1e-9) / self.count

    def others(self):
        """Cores that other processes used meanwhile. The system counts in ticks of 10 ms: short runs tell nothing, all rounds together do."""
        wall = sum(run.wall for run in self.runs)
        return sum(run.others * run.wall for run in self.runs) / wall if wall >= SHORTEST_TOLD else None

    def rates(self):
        return [1 / self.seconds(number) for number in range(len(self.runs))]


def score(path, jobs, form):
    return [ATTUNE, "score", "--format", form, "--output", "jsonl", "--jobs", jobs, path]


def engine(path, level=None):
    """The engine over the lines of a file, without reading and writing: what `attune bench-engine` says of itself."""
    environment = {**os.environ, "ATTUNE_KERNELS": level} if level else None
    done = subprocess.run([ATTUNE, "bench-engine", path], capture_output=True, text=True, env=environment)
    try:
        answer = json.loads(done.stdout)
        return {key: answer[key] for key in ("messages", "bytes", "seconds")} | {"checksum": answer.get("checksum")}
    except (ValueError, KeyError):
        raise Missing("this binary has no `attune bench-engine`") from None


def has_engine(path):
    try:
        engine(path)
        return True
    except Missing:
        return False


class Answers:
    """What attune said in every run: the same bytes each time, one scored result a text, in order."""

    def __init__(self, count):
        self.count, self.digests, self.made_by = count, {}, ""

    def check(self, form, path):
        digest = sha256(path)
        if self.digests.setdefault(form, digest) != digest:
            raise Wrong(f"two runs over the same {form} gave different bytes")

    def read(self, path, form):
        with open(path, "rb") as file:
            number = 0
            for line in file:
                result = json.loads(line)
                told, right = (result.get("line"), number + 1) if form == "text" else (result.get("id"), f"m{number:08d}")
                if told != right:
                    raise Wrong(f"result {number + 1} is that of {told}: the order is not that of the input")
                if "valence" not in result.get("sentiment", {}):
                    raise Wrong(f"{told} was not scored")
                number += 1
        if number != self.count:
            raise Wrong(f"{number:,} results for {self.count:,} texts")
        self.made_by = f"engine {result['engine']}, pack {result['pack']}"


def attune_subjects(folder, count, answers):
    def subject(name, form, jobs):
        path, one = folder / f"texts.{'txt' if form == 'text' else 'jsonl'}", folder / f"one.{'txt' if form == 'text' else 'jsonl'}"
        output = folder / "results.jsonl"

        def run():
            made = measured(score(path, jobs, form), output)
            if form not in answers.digests:
                answers.read(output, form)
            answers.check(form, output)
            return made

        return Subject(name, count, run, lambda: measured(score(one, jobs, form)))

    yield subject(TEXT, "text", 1)
    yield subject(TEXT_2, "text", 2)
    yield subject(JSONL, "jsonl", 1)
    if has_engine(folder / "one.txt"):
        def alone():
            run = measured([ATTUNE, "bench-engine", folder / "texts.txt"], folder / "engine.json")
            told = json.loads((folder / "engine.json").read_text())
            if told["messages"] != count:
                raise Wrong(f"bench-engine read {told['messages']:,} of {count:,} texts")
            if answers.digests.setdefault("engine", told.get("checksum")) != told.get("checksum"):
                raise Wrong("two runs of the engine gave different answers")
            # Loading is outside of what it times.
            return Run(told["seconds"], told["seconds"], run.peak, run.is_bound, run.others)

        yield Subject(ENGINE, count, alone)


def peer_subjects(folder, count, options, notes):
    if not options.no_fasttext:
        try:
            fast = peers.fasttext()
            files, rows = peers.models(fast, options.train)
            sizes = ", ".join(f"{name} {file.stat().st_size / 1e6:.0f} MB" for name, file in files.items())
            trained = options.train.parent.name + "/" + options.train.name if options.train else "the bundled conversations"
            notes.append(f"{fast.version}: `predict-prob` with models of 10 dimensions, {peers.BUCKETS:,} buckets ({sizes}), sentiment only, "
                         f"trained on {rows:,} texts of {trained}")
            for name, file in files.items():
                yield fast_subject(fast, fast_name(name), file, folder, count)
        except Missing as missing:
            notes.append(f"**without fastText**: {missing}")
    if not options.no_vader:
        try:
            python, sample = peers.vader_python(), min(VADER_TEXTS, count)
            notes.append(f"{peers.VADER} (PyPI): the first {sample:,} texts, timed inside its process, without its start; sentiment only")
            yield Subject(VADER, sample, lambda: peers.vader(python, folder / "texts.jsonl", folder, sample))
        except Missing as missing:
            notes.append(f"**without VADER**: {missing}")


def fast_subject(fast, name, model, folder, count):
    output = folder / "fasttext.txt"

    def run():
        made = fast.run("predict-prob", model, folder / "texts.txt", output=output)
        if (lines := line_count(output)) != count:
            raise Wrong(f"fastText answered {lines:,} of {count:,} texts")
        return made

    return Subject(name, count, run, lambda: fast.run("predict-prob", model, folder / "one.txt"))


def alternated(subjects):
    """Ours and the others' in turns, so that a slow minute of the machine meets both."""
    ours = [subject for subject in subjects if subject.name.startswith("attune")]
    others = [subject for subject in subjects if not subject.name.startswith("attune")]
    for number in range(max(len(ours), len(others))):
        yield from ours[number:number + 1] + others[number:number + 1]


def pair(subjects, ours, other, wall=False):
    """Ratios of the rounds: how much less time ours takes a text; None when one of them did not run."""
    if ours not in subjects or other not in subjects:
        return None
    a, b = subjects[ours], subjects[other]
    if wall:
        return [b.runs[number].wall / a.runs[number].wall for number in range(len(a.runs))]
    return [b.seconds(number) / a.seconds(number) for number in range(len(a.runs))]


def goals(subjects, start, pack):
    """(what, figure, goal, unit, whether more is better); a figure is None when it was not measured."""
    def median(values):
        return None if values is None else statistics.median(values)

    def rate(name):
        return median(subjects[name].rates()) if name in subjects else None

    peak = statistics.median(run.peak for run in subjects[JSONL].runs)
    return [
        ("engine alone, messages a second", rate(ENGINE), 1e6, "", True),
        ("engine alone ÷ fastText, bigrams", median(pair(subjects, ENGINE, BIGRAMS)), 8, "×", True),
        ("engine alone ÷ fastText, bigrams and subwords", median(pair(subjects, ENGINE, SUBWORDS)), 15, "×", True),
        ("engine alone ÷ VADER", median(pair(subjects, ENGINE, VADER)), 70, "×", True),
        ("whole process, text → JSON Lines ÷ fastText, bigrams", median(pair(subjects, TEXT, BIGRAMS)), 5, "×", True),
        ("2 jobs ÷ 1 job, wall clock", median(pair(subjects, TEXT_2, TEXT, wall=True)), 1.8, "×", True),
        ("JSON Lines → JSON Lines, records a CPU second", rate(JSONL), 500e3, "", True),
        ("start-up to the first result", start * 1e3, 20, " ms", False),
        ("peak resident memory, JSON Lines, 1 job", peak, 64, " MB", False),
        ("pack", pack, 16, " MB", False),
    ]


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def goal_table(rows):
    lines = ["| goal | wanted | measured | |", "|---|---:|---:|---|"]
    for what, figure, goal, unit, more in rows:
        sign, told = ("≥" if more else "≤"), "–" if figure is None else number(figure) + unit
        verdict = "not measured" if figure is None else "met" if (figure >= goal) == more or figure == goal else "**not met**"
        lines.append(f"| {what} | {sign} {number(goal).removesuffix('.0').removesuffix('.00')}{unit} | {told} | {verdict} |")
    return "\n".join(lines)


def run_table(subjects):
    lines = ["| run | messages | messages per CPU-second (lowest–highest) | CPU-s per million | messages/s, wall | peak RSS MB | start, CPU ms | cores used by others |",
             "|---|---:|---:|---:|---:|---:|---:|---:|"]
    for subject in subjects:
        rates, runs = subject.rates(), subject.runs
        wall = statistics.median(subject.count / run.wall for run in runs)
        peak = max(run.peak for run in runs)
        bound = "≤ " if any(run.is_bound for run in runs) else ""
        lines.append(
            f"| {subject.name} | {subject.count:,} | {statistics.median(rates):,.0f} ({min(rates):,.0f}–{max(rates):,.0f}) | {1e6 / statistics.median(rates):.2f} "
            f"| {wall:,.0f} | {bound}{peak:.0f} | {subject.start * 1e3:.0f} | {'–' if subject.others() is None else f'{subject.others():.1f}'} |")
    return "\n".join(lines)


def pair_table(subjects):
    ours = [name for name in (ENGINE, TEXT, JSONL) if name in subjects]
    others = [name for name in (BIGRAMS, SUBWORDS, VADER, COUNTING) if name in subjects]
    lines = ["| times as fast as | " + " | ".join(others) + " |", "|---|" + "---:|" * len(others)]
    for name in ours:
        cells = []
        for other in others:
            ratios = pair(subjects, name, other)
            cells.append(f"{number(statistics.median(ratios))} ({number(min(ratios))}–{number(max(ratios))})" if min(ratios) >= 0.01
                         else f"1/{1 / statistics.median(ratios):,.0f}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def measure(folder, texts, options, say):
    """The section of the report, and whether it may be quoted."""
    head(folder / "texts.txt", folder / "one.txt", 1)
    head(folder / "texts.jsonl", folder / "one.jsonl", 1)
    count, notes, answers = texts["count"], [], Answers(texts["count"])
    subjects = list(attune_subjects(folder, count, answers)) + list(peer_subjects(folder, count, options, notes))
    subjects.append(Subject(COUNTING, count, lambda: measured(["wc", "-l", folder / "texts.txt"]), lambda: measured(["wc", "-l", folder / "one.txt"])))
    if not has_engine(folder / "one.txt"):
        notes.append("**without the engine alone**: this binary has no `attune bench-engine`")
    for turn in range(options.repeats):
        for subject in alternated(subjects):
            say(f"round {turn + 1} of {options.repeats}: {subject.name}")
            subject.runs.append(subject.run())
    start = statistics.median(first_result(score(folder / "one.txt", 1, "text")) for _ in range(STARTS))
    named = {subject.name: subject for subject in subjects}
    files = list(pack_folder().glob("*.pack")) or [path for path in pack_folder().rglob("*") if path.suffix in (".model", ".tsv")]
    pack = sum(path.stat().st_size for path in files) / 1e6
    gigabytes = texts["bytes"] / statistics.median(named[COUNTING].seconds(turn) for turn in range(options.repeats)) / count / 1e9
    busy = any((subject.others() or 0) > BUSY_CORES for subject in subjects)
    return f"""## Speed

- {answers.made_by}; {options.repeats} rounds, in each all runs in turns; medians; the CPU time of a run over one text is taken off
{chr(10).join('- ' + note for note in notes)}
- Reading the bytes once: {gigabytes:.1f} GB/s, which no scorer of texts can reach
- Checked: one scored result a text, in the order of the input, the same bytes in all rounds and for 1 and 2 jobs; one line of fastText a text

{goal_table(goals(named, start, pack))}

{run_table(subjects)}

Ratio of CPU times, in the median round (lowest–highest):

{pair_table(named)}
""", not busy
