"""What a report says of machine and checkout, and how a run is measured from outside."""
import dataclasses, hashlib, json, os, pathlib, platform, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ATTUNE = os.environ.get("ATTUNE", str(ROOT / ".build/release/attune"))
# More than this and a run is not quotable: what a quiet system does of itself stays far below.
BUSY_CORES = 0.2


class Wrong(Exception):
    """A result that is not what it has to be: exit code 1, no report."""


class Missing(Exception):
    """Something that a part needs is not there; the part is left out and the report says why."""


@dataclasses.dataclass
class Run:
    wall: float  # seconds
    cpu: float  # seconds, user + system
    peak: float  # MB (10^6 bytes) of resident memory
    is_bound: bool  # the peak is only an upper bound
    others: float  # cores that other processes used meanwhile


def busy_seconds(line):
    """CPU seconds that all processes have used since the machine started, from the first line of /proc/stat; stolen time is somebody's too.
    0 where nothing tells."""
    fields = line.split()[1:9]
    if len(fields) < 8:
        return 0.0
    user, nice, system, _, _, irq, softirq, steal = map(int, fields)
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


# Starts a command and tells of its end. The kernel counts the memory of whoever starts a process as the process's own until it is loaded: a benchmark that
# holds a million answers would be measured, not what it runs. This one holds nothing.
STARTER = """
import json, os, subprocess, sys, time
def busy():
    try:
        return open("/proc/stat").readline()
    except OSError:
        return ""
before, began = busy(), time.perf_counter()
process = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(process.pid, 0)
wall, after = time.perf_counter() - began, busy()
try:
    own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
except OSError:
    own = 0
told = {"code": os.waitstatus_to_exitcode(status), "wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss, "own": own,
        "busy": [before, after]}
os.write(int(sys.argv[1]), json.dumps(told).encode())
"""


def measured(command, output=os.devnull, environment=None):
    """Runs it to its end and raises `Wrong` when it fails."""
    command = [str(part) for part in command]
    reading, writing = os.pipe()
    with open(output, "wb") as file, os.fdopen(reading, "rb") as answer:
        with subprocess.Popen([sys.executable, "-ISc", STARTER, str(writing), *command], stdout=file, stdin=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}, pass_fds=[writing]):
            os.close(writing)
            told = answer.read()
    if not told:
        raise Wrong(f"`{' '.join(command)}` could not be started")
    told = json.loads(told)
    if told["code"] != 0:
        raise Wrong(f"`{' '.join(command)}` ended with {told['code']}")
    before, after = map(busy_seconds, told["busy"])
    others = max(0.0, after - before - told["cpu"]) / told["wall"]
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(told["wall"], told["cpu"], told["peak"] * unit / 1e6, told["peak"] <= told["own"], others)


def first_result(command):
    """Seconds from the start of a process to its first line of output."""
    began = time.perf_counter()
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        line = process.stdout.readline()
        seconds = time.perf_counter() - began
        process.stdout.read()
    if not line or process.returncode != 0:
        raise Wrong(f"`{' '.join(map(str, command))}` gave no result")
    return seconds


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def line_count(path):
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def head(source, target, count):
    """Copies the first lines of a file."""
    with open(source, "rb") as file, open(target, "wb") as copy:
        for _ in range(count):
            copy.write(file.readline())
    return target


def processor():
    try:
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.lower().startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def commit():
    try:
        top = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        code = ["Package.swift", "Sources", "Lexicons"]
        status = subprocess.run(["git", "status", "--porcelain", "--", *code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return top + (" with changes" if status.strip() else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def pack_folder():
    """The pack that the binary reads: ATTUNE_PACK, else the checkout's."""
    return pathlib.Path(os.environ.get("ATTUNE_PACK", ROOT / "Lexicons"))
