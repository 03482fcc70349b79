"""The peers: installed into a cache folder of the benchmark's own, never on the machine."""
import csv, dataclasses, gzip, hashlib, json, os, pathlib, shutil, subprocess, sys, tarfile

from .machine import ROOT, Missing, Wrong, measured

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "attune-benchmarks"
DEBIAN = ("fasttext", "libfasttext0")
SOURCE = "fasttext==0.9.3"
VADER = "vaderSentiment==3.3.2"
# With the vocabulary of the usual training set this makes the model of about 43 MB.
BUCKETS = 920_000
MODELS = {"bigrams": ["-wordNgrams", "2"], "bigrams and subwords 2–5": ["-wordNgrams", "2", "-minn", "2", "-maxn", "5"]}
SETTINGS = ["-dim", "10", "-bucket", str(BUCKETS), "-epoch", "5", "-thread", "1", "-verbose", "0"]


@dataclasses.dataclass
class FastText:
    program: pathlib.Path
    environment: dict
    version: str

    def run(self, *arguments, output=os.devnull):
        return measured([self.program, *arguments], output, self.environment)


def command(*parts, cwd=None):
    """Runs an installer; returns whether it worked and the end of what it said."""
    try:
        done = subprocess.run([str(part) for part in parts], cwd=cwd, capture_output=True, text=True)
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, (done.stderr or done.stdout)[-600:]


def fasttext():
    """Debian's package, unpacked, or the sources of PyPI compiled for this processor: the two are equally fast."""
    folder = CACHE / "fasttext"
    folder.mkdir(parents=True, exist_ok=True)
    libraries = sorted(folder.glob("usr/lib/*/libfasttext.so.0"))
    if not libraries and shutil.which("apt-get"):
        if command("apt-get", "download", *DEBIAN, cwd=folder)[0]:
            for package in folder.glob("*.deb"):
                command("dpkg-deb", "-x", package, folder)
        libraries = sorted(folder.glob("usr/lib/*/libfasttext.so.0"))
    if libraries:
        package = next(folder.glob("fasttext_*.deb")).name.split("_")[1]
        return FastText(folder / "usr/bin/fasttext", {"LD_LIBRARY_PATH": str(libraries[0].parent)}, f"fastText {package} (Debian)")
    program = folder / "fasttext"
    if not program.exists():
        compile_fasttext(folder, program)
    return FastText(program, {}, f"{SOURCE} (PyPI, compiled with -O3 -march=native)")


def compile_fasttext(folder, program):
    worked, told = command(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "fasttext", SOURCE, cwd=folder)
    archive = next(folder.glob("fasttext-*.tar.gz"), None)
    if not worked or archive is None:
        raise Missing(f"fastText can't be installed, neither from Debian nor from PyPI: {told}")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    sources = sorted(folder.glob("fasttext-*/src/*.cc"))
    worked, told = command("c++", "-std=c++17", "-O3", "-march=native", "-funroll-loops", "-pthread", *sources, "-o", program)
    if not worked:
        raise Missing(f"fastText can't be compiled: {told}")


def bundled_truth():
    """Customers' messages of the bundled shop with the sentiment that a careful reader gave them."""
    folder = ROOT / "Corpora"
    texts = {}
    for path in sorted((folder / "larkspur").glob("*.jsonl")):
        with open(path, encoding="utf-8") as file:
            texts["larkspur/" + path.name] = [json.loads(line).get("text") or "" for line in file]
    with open(folder / "larkspur/truth.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["sentiment"] and row["file"] in texts:
                yield row["sentiment"], texts[row["file"]][int(row["n"]) - 1]


def labelled(path):
    with (gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")) as file:
        for line in file:
            record = json.loads(line)
            if isinstance(record.get("label"), str) and record.get("text"):
                yield record["label"], record["text"]


def models(fast, train):
    """Trains the supervised models, once for a training set and version: (name → file, number of texts).

    The texts are written as they are read: what this process holds would count into the peak of those it starts."""
    digest, rows, building = hashlib.sha256(f"{fast.version} {SETTINGS} {MODELS}".encode()), 0, CACHE / "train.txt"
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(building, "wb") as file:
        for label, text in labelled(train) if train else bundled_truth():
            line = f"__label__{label.replace(' ', '-')} {' '.join(text.split())}\n".encode()
            file.write(line)
            digest.update(line)
            rows += 1
    folder = CACHE / "models" / digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for number, (name, settings) in enumerate(MODELS.items()):
        files[name] = folder / f"{number}.bin"
        if not files[name].exists():
            fast.run("supervised", "-input", building, "-output", folder / "training", *SETTINGS, *settings)
            (folder / "training.bin").replace(files[name])
    building.unlink()
    return files, rows


# Only the loop is timed, with reading and writing as `attune score` does it; start-up is left out.
VADER_PROGRAM = """
import itertools, json, sys, time
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
analyzer = SentimentIntensityAnalyzer()
wall, cpu, count = time.perf_counter(), time.process_time(), 0
with open(sys.argv[1], encoding="utf-8") as texts, open(sys.argv[2], "w", encoding="utf-8") as results:
    for line in itertools.islice(texts, int(sys.argv[3])):
        record = json.loads(line)
        results.write(json.dumps({"id": record["id"], **analyzer.polarity_scores(record["text"])}) + "\\n")
        count += 1
print(json.dumps({"count": count, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))
"""


def vader_python():
    folder = CACHE / "vader"
    python = folder / "bin/python"
    if not command(python, "-c", "import vaderSentiment")[0]:
        for what, parts in (("an environment (Debian: python3-venv)", [sys.executable, "-m", "venv", folder]),
                            (VADER, [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", VADER])):
            worked, told = command(*parts)
            if not worked:
                raise Missing(f"python3 can't install {what}: {told}")
    return python


def vader(python, texts, folder, count):
    """Scores the first `count` records: CPU and wall seconds as the program saw them itself, peak and neighbours as seen from outside."""
    told = folder / "vader.json"
    run = measured([python, "-c", VADER_PROGRAM, texts, folder / "vader.jsonl", count], told)
    answer = json.loads(told.read_text())
    if answer["count"] != count:
        raise Wrong(f"VADER scored {answer['count']:,} of {count:,} texts")
    run.wall, run.cpu = answer["wall"], answer["cpu"]
    return run
