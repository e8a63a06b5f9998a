"""What `kill`, `calls` and `races` share: a folder with maps, the commands that change something in it, and the claims that
hold whatever happened: under every final name stands the earlier or the new content, whole; what was acknowledged stays; and
after the next ordinary run nothing is left over."""
import hashlib, os, pathlib, random, re, shlex, shutil, signal, sqlite3, subprocess, sys, tempfile, time
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("LACUNA_PROGRAM", str(ROOT / "build/release/lacuna"))
TESTS = ROOT / "tests"
PATIENCE = 600  # Seconds after which a command counts as hanging, on a machine that does much else too.
# Parts, locks and temporary folders of Lacuna. They may be left by a kill, and are gone after the next run.
# So may the journal of a change that was not ended: whoever opens the map next takes that back.
LEFT_OVER = re.compile(r"^\.lacuna-|\.part-\d+|\.lock-lacuna$|^lacuna-\w{6}$|\.db-journal$")
NAMES_A_PART = re.compile(r"\.lacuna-|\.part-\d|\.lock-lacuna")
SIGNED = {"LACUNA_DEVICE": "faults", "LACUNA_BY": "F. Faults",  # What the log says of who changed a map.
          "LACUNA_CATALOGUES": "catalogues.db"}  # Beside the map.
TEXT_FORMS = ("export",)  # Folders that are one map together.


@dataclass
class Run:
    status: int
    out: str
    err: str
    killed: bool = False


class Place:
    """A copy of a folder and a temporary folder of its own; commands run in it."""

    def __init__(self, template):
        self.top = pathlib.Path(tempfile.mkdtemp(prefix="faults-", dir=SCRATCH))
        self.folder, self.temporary = self.top / "work", self.top / "tmp"
        shutil.copytree(template, self.folder)
        self.temporary.mkdir()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.top, ignore_errors=True)

    def start(self, words, before=(), **more):
        environment = {**os.environ, "TMPDIR": str(self.temporary), "SOURCE_DATE_EPOCH": "1795392000", "LC_ALL": "C.UTF-8", **SIGNED}
        environment.pop("LACUNA_MAP", None)
        return subprocess.Popen([*before, PROGRAM, *words], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", **more)

    def run(self, words, before=(), kill_after=None):
        child = self.start(words, before)
        if kill_after is not None:
            time.sleep(kill_after)
            child.kill()
        return finished(child)

    def seen(self):
        """Name -> what stands there (a map by its content, all else by its bytes), and the names that are left over."""
        names, left = {}, [f"TMPDIR/{p.name}" for p in self.temporary.iterdir()]
        for top, folders, files in os.walk(self.folder):
            here = pathlib.Path(top)
            left += [str((here / n).relative_to(self.folder)) for n in folders + files if LEFT_OVER.search(n)]
            folders[:] = [n for n in folders if not LEFT_OVER.search(n)]
            for n in [n for n in folders if here == self.folder and n in TEXT_FORMS]:
                names[n] = text_form(here / n)
                left += [f"{n}/{p.name}" for p in (here / n).iterdir() if LEFT_OVER.search(p.name)]
                folders.remove(n)
            for n in files:
                if not LEFT_OVER.search(n):
                    path = here / n
                    names[str(path.relative_to(self.folder))] = map_file(path) if path.suffix == ".db" else bytes_of(path)
        return names, sorted(left)


def finished(child):
    try:
        out, err = child.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        out, err = child.communicate()
        return Run(-signal.SIGALRM, out, err + f"\n(hung for {PATIENCE} s)")
    return Run(child.returncode, out, err, child.returncode == -signal.SIGKILL)


def digest(*pieces):
    return hashlib.sha256(b"\0".join(pieces)).hexdigest()[:16]


def bytes_of(path):
    return digest(path.read_bytes())


known = {}  # What was found for the same bytes.
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' ORDER BY name"


def map_file(path):
    """By its content: two files of other bytes may hold the same map."""
    journal = path.with_name(path.name + "-journal")
    key = digest(path.read_bytes(), journal.read_bytes()) if journal.exists() else bytes_of(path)
    if key not in known:
        try:
            with tempfile.TemporaryDirectory(dir=SCRATCH) as copy:
                for file in (path, journal):
                    if file.exists():
                        shutil.copy(file, copy)
                db = sqlite3.connect(f"{copy}/{path.name}")
                db.execute("PRAGMA schema_version")
                fault = db.execute("PRAGMA integrity_check").fetchone()[0]
                if fault != "ok":
                    raise sqlite3.DatabaseError(fault)
                tables = [t for t, in db.execute(TABLES)]
                rows = [repr((t, sorted(map(repr, db.execute(f'SELECT * FROM "{t}"'))))).encode() for t in tables]
                known[key] = "map " + digest(*rows) if "node" in tables else "no map"
                db.close()
        except sqlite3.Error as error:
            known[key] = f"damaged ({error})"
    return known[key]


def text_form(folder):
    """As the next command reads it, in a copy."""
    key = digest(*[f"{p.name}".encode() + (p.read_bytes() if p.is_file() else b"") for p in sorted(folder.rglob("*"))])
    if key not in known:
        with tempfile.TemporaryDirectory(dir=SCRATCH) as copy:
            shutil.copytree(folder, f"{copy}/text")
            words = [PROGRAM, "build", "text", "-o", "read.db"]
            run = subprocess.run(words, cwd=copy, capture_output=True, text=True, timeout=PATIENCE)
            read = run.returncode == 0
            known[key] = map_file(pathlib.Path(copy, "read.db")) if read else f"unreadable ({last_line(run.stderr)})"
    return known[key]


def last_line(text):
    return text.strip().splitlines()[-1][-300:] if text.strip() else "nothing is said"


@dataclass
class Scene:
    """A command that changes something, and what it does when nothing goes wrong."""
    name: str
    words: list
    seconds: float = 0
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    run: Run = None
    again: Run = None  # The same command once more.
    then: dict = field(default_factory=dict)

    def changed(self):
        return [n for n in {**self.before, **self.after} if self.before.get(n) != self.after.get(n)]

    def rehearse(self):
        durations = []
        for _ in range(3):
            with Place(BASE) as place:
                self.before, _ = place.seen()
                start = time.monotonic()
                self.run = place.run(self.words)
                durations.append(time.monotonic() - start)
                once, left = place.seen()
                if self.run.status != 0 or left or self.after not in ({}, once):
                    same = self.after in ({}, once)
                    sys.exit(f"{self.name}: undisturbed: status {self.run.status}, left over {left}, "
                             f"same as before: {same}\n{self.run.err}")
                self.after = once
                self.again = place.run(self.words)
                self.then, _ = place.seen()
        if not self.changed():
            sys.exit(f"{self.name}: changes nothing")
        self.seconds = sorted(durations)[1]
        return self

    def judge(self, place, run, interrupted, untidy=False):
        """The claims that are broken after `run`. Interrupted runs need not tidy up; untidy ones could not."""
        faults = []
        now, left = place.seen()
        for name in sorted({**self.before, **self.after, **now}):
            if now.get(name) not in (self.before.get(name), self.after.get(name)):
                faults.append(f"{name} is neither the earlier nor the new one: {now.get(name, 'gone')}")
        changed = [n for n in self.changed() if now.get(n) == self.after.get(n)]
        if run.status == 0 and len(changed) < len(self.changed()):
            faults.append("status 0, and what was asked for is not there")
        if interrupted and self.run.out and run.out == self.run.out and len(changed) < len(self.changed()):
            faults.append("told that it is done, and it is not")
        if run.status not in (0, 1) and not interrupted:
            faults.append(f"status {run.status}: {last_line(run.err)}")
        if run.status < 0:  # What a signal ends in the middle of a transaction, whoever opens the map next takes back.
            left = [n for n in left if not n.endswith("-journal")]
        if left and not interrupted and not untidy:
            faults.append(f"left over: {', '.join(left)}")
        if "nothing was changed" in run.err and changed:
            faults.append(f"says that nothing was changed; changed: {', '.join(changed)}")
        # The next ordinary run tidies up and finds what it found before, or what was made.
        again = place.run(self.words)
        then, left = place.seen()
        # Where files cannot be removed, those that a library made in TMPDIR carry no name of ours.
        left = [n for n in left if not (untidy and n.startswith("TMPDIR/"))]
        if left:
            faults.append(f"still there after the next run: {', '.join(left)}")
        expected = self.run.status, self.after
        if len(changed) == len(self.changed()):
            expected = self.again.status, self.then
        if (again.status, then) != expected and not faults:
            faults.append(f"the next run does not go as it should: status {again.status}: {last_line(again.err)}")
        return faults


# Name of the kind, and the command, run in the folder that `make_base` makes.
SCENES = """
build-over      build edited -o m.db
build-bare-over build edited -o bare.db
build-anew      build text -o new.db
import-relaton  -m m.db import --format relaton etsi
import-again    -m m.db import --format relaton itu-new --as itu
import-anew     -m new.db import --format relaton etsi
import-inside   -m whole.db import --format relaton etsi
import-moves    --catalogues new-catalogues.db -m whole.db import --format relaton etsi
import-ties     -m untied.db import
import-json     -m m.db import --format map more.json
import-csv      -m m.db import links.csv
import-stix     -m m.db import --format stix stix.json
import-oscal    -m m.db import --format oscal oscal.json
suggest         -m m.db link suggest R2 R4 --least 0 --write
accept          -m m.db link accept "TS 200" R3 --by "A. Rapporteur" --rationale "It says so."
reject          -m m.db link reject "TS 200" R3 --by "A. Rapporteur" --reason "Other words."
dispute         -m m.db link dispute "TS 200" T1 --by "B. Beta" --reason "Clause 6 is a note."
confirm         -m m.db link confirm "X.1 (2016)" R2 --by "B. Beta"
move            -m m.db link move "X.1 (2016)" --by "B. Beta"
review-in       -m m.db link review --in filled.csv --by "A. Rapporteur"
review-out      -m m.db link review --out out.csv
search-list     -m m.db search-record R1 --out out.csv
search-in       -m m.db search-record C2 R1 --in filled.csv --by "A. Rapporteur" --sign
add             -m m.db add requirement R8 title=Eighth priority=2
add-known       -m m.db add deliverable "X.9050"
set             -m m.db set R2 title=Second aliases+=zwei
remove          -m m.db remove R2 --with-links
rename          -m m.db rename R2 R20
link-add        -m m.db link add "TS 200" covers R2 --degree full --rationale "It says so." --by "B. Beta"
link-set        -m m.db link set "TS 200" T1 clause=6.1
link-remove     -m m.db link remove "TS 200" T1
undo            -m m.db undo
apply           -m m.db apply more.json
merge           merge bare.db m.db other.db -o merged.db
merge-text      merge text edited text -o export
tag             -m m.db tag new --about "as it stands"
tag-replace     -m m.db tag old --replace --about "as it stands"
tag-remove      -m m.db tag old --remove
export-db       -m m.db export --format db --with-catalogues -o out.db
export-map      -m m.db export --format map -o export
export-json     -m m.db export -o out.json
export-template export --format xlsx-template -o out.xlsx
gaps-xlsx       -m m.db gaps --format xlsx -o out.xlsx
draft-docx      -m m.db draft gap-analysis -o out.docx
report-pptx     -m m.db report -o out.pptx
report-xlsx     -m m.db report -o out.xlsx
render-svg      -m m.db render --view relationship -o out.svg
render-png      -m m.db render --view relationship -o out.png
render-pdf      -m m.db render --view coverage --by topic -o out.pdf
profile         profile show --format json -o out.json
"""


def scenes():
    rows = [line.split(None, 1) for line in SCENES.strip().splitlines()]
    return [Scene(name, shlex.split(words)) for name, words in rows]


def make_base(folder):
    """Two maps (one of them with catalogues, suggestions and a tag), their text, edited text, inputs, and earlier outputs."""
    for source, name in (("maps/small", "text"), ("maps/small", "edited"), ("catalogues/itu", "itu"),
                         ("catalogues/itu", "itu-new"), ("catalogues/etsi", "etsi")):
        shutil.copytree(TESTS / source, folder / name)
    shutil.copy(TESTS / "import/stix/valid/orchard.json", folder / "stix.json")
    shutil.copy(TESTS / "import/oscal/valid/orchard-catalog.json", folder / "oscal.json")
    for name, old, new in (("edited/nodes.json", "Signed models", "Models that are signed"),
                           ("edited/links.json", "Clause 6.", "Clause 6 and annex C."),
                           ("edited/links.json", "Its title.", "Its title and scope."),
                           ("itu-new/itu-t-x-9001-06-2024.yaml", "content:", "content: Newer ")):
        text = (folder / name).read_text()
        assert old in text, name
        (folder / name).write_text(text.replace(old, new, 1))
    (folder / "more.json").write_text('{"nodes": [{"id": "R9", "kind": "requirement", "title": "Models that are counted"}]}')
    (folder / "links.csv").write_text('from,relation,to,degree,rationale\nTS 201,covers,R2,partial,Clause 9 lists some.\n')
    for kind in ("csv", "json", "xlsx", "docx", "pptx", "svg", "png", "pdf"):
        (folder / f"out.{kind}").write_text("what stood here before\n")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795300000", **SIGNED}
    for words in ("build text -o bare.db", "build text -o m.db", "-m m.db import --format relaton itu", "-m m.db tag old",
                  "-m m.db link suggest R1 --least 0 --write", "-m bare.db export --format map -o export",
                  "-m m.db link review --out filled.csv", "build edited -o other.db",
                  "-m m.db export --format db --with-catalogues -o whole.db", "build text -o untied.db"):
        subprocess.run([PROGRAM, *shlex.split(words)], cwd=folder, env=environment, check=True, capture_output=True)
    lines = (folder / "filled.csv").read_text().splitlines()
    verdict = lines[0].lstrip("\ufeff").split(",").index("verdict")
    assert verdict == 0, lines[0]
    (folder / "filled.csv").write_text("\n".join([lines[0], "accept,,It says so." + lines[1][2:], *lines[2:]]) + "\n")


SCRATCH = BASE = None


def set_up(scratch):
    global SCRATCH, BASE
    SCRATCH, BASE = scratch, pathlib.Path(scratch) / "base"
    BASE.mkdir()
    make_base(BASE)


def chance(seed, kind, number):
    """Random numbers that are the same for the same run, however many others are run."""
    return random.Random(f"{seed}/{kind}/{number}")


class Tally:
    """Counts runs of a program and prints them."""

    def __init__(self, program, seed):
        self.program, self.seed, self.passed, self.failed = program, seed, 0, 0

    def kind(self, name, numbers, run_one, note=lambda: ""):
        """`run_one(number)` -> (what was done, the broken claims)."""
        if not numbers:
            return
        passed = failed = 0
        for number in numbers:
            done, faults = run_one(number)
            passed, failed = passed + (not faults), failed + bool(faults)
            for fault in faults:
                print(f"  {name} {number}: {done}: {fault}", flush=True)
                print(f"    again: tools/faults {self.program} 1 {self.seed} {name}:{number}", flush=True)
        told = f"; {note()}" if note() else ""
        print(f"{name}: {passed} passed, {failed} failed{told}", flush=True)
        self.passed, self.failed = self.passed + passed, self.failed + failed

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0
