"""Runs every listing on terminals of 80, 100 and 160 columns, and tells lines that are wider and columns that answer the question
and are not there.

usage: narrow.py README FOLDER-OF-TESTS   (in an empty folder; lacuna on the PATH)"""
import fcntl
import os
import pathlib
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
import unicodedata

sys.dont_write_bytecode = True
import workspace

# What each listing must show, however narrow the terminal: words of its headings, and of what it says.
LISTINGS = {
    "show": [
        ("show RC27", ["relation", "node", "title", "state", "note", "Score:"]),
        ("show SG17", ["need", "by its texts", "by all groups", "liaison", "Texts:", "relation"]),
        ("show X.1753", ["relation", "node", "Life:", "Covers"]),
        ("show O4", ["Coverage: score", "node", "state"]),
    ],
    "coverage": [
        ("coverage", ["objective", "title", "needs", "covered", "progress", "unknown", "score"]),
        ("coverage --by need", ["need", "title", "state", "score"]),
        ("coverage --by topic --scope SG17", ["topic", "needs", "elsewhere", "score"]),
    ],
    "gaps": [
        ("gaps", ["rank", "kind", "subject", "title", "state", "way forward", "why"]),
        ("gaps --scope SG17 --limit 5", ["rank", "kind", "subject", "title", "state", "way forward", "why"]),
        ("gaps --unjudged --limit 3", ["not judged", "need", "title", "state", "nearest"]),
        ("gaps --sensitivity", ["weight", "ranks changed", "farthest move"]),
        ("gaps --kind uncovered --limit 1 --explain", ["rank", "severity"]),
        ("gaps --with new-work-item.json", ["change", "need", "before", "after"]),
    ],
    "suggest": [
        ("suggest --limit 9", ["#", "score", "way forward", "about", "needs", "liaise"]),
        ("suggest --why 1", ["#", "score", "way forward", "about", "needs", "proposal:"]),
    ],
    "structure": [
        ("structure bridges", ["groups", "needs"]),
        ("structure critical --limit 9", ["title", "state", "lose all", "why"]),
        ("structure hanging", ["need", "title"]),
        ("structure chains --objective O8", ["title", "state"]),
        ("structure fewest --scope SG17", ["title", "closes", "needs", "why"]),
    ],
    "compare": [
        ("compare SG17 'SC 42'", ["item", "title", "class", "cost", "best counterpart", "path", "texts of A", "texts of B"]),
        ("compare --all --by body", ["from", "to", "items", "strong", "none"]),
    ],
    "search": [
        ("search security guidelines", ["document", "state", "title", "where"]),
    ],
    "search-record": [("search-record RC11", ["near", "need", "document", "title"])],
    "check": [("check 'Security guidelines for federated learning'", ["Verdict:", "document"])],
    "link": [
        ("link suggest RC53 --least 0", ["probability", "need", "by"]),
        ("link evaluate", ["probability", "pairs", "right", "precision"]),
    ],
    "diff": [("diff --from 2019-01-21 --to 2026-11-23", ["change", "need", "title", "before", "after", "kind", "subject"])],
    "backtest": [("backtest --from 2019-01-21 --to 2024-01-21", ["ranked by", "AUC"])],
    "log": [("log", ["change", "when", "who", "what for"])],
    "blame": [("blame RC27", ["member", "says", "who", "when"]), ("blame X.1753 UC02", ["member", "says", "who", "when"])],
    "conflicts": [("conflicts", ["node", "member", "the map says", "also said", "by"])],
    "tag": [("tag", ["tag", "made", "about"])],
    "profile": [("profile show", ["weight", "value", "default", "meaning"])],
}
# These say in a line what they did, or write a file.
NO_LISTING = ["init", "update", "build", "validate", "import", "rank", "draft", "render", "report", "export", "man", "completion", "add", "set", "remove", "rename", "undo", "apply",
              "merge", "page", "serve", "share", "sync"]


def cells(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def on_terminal(width, command):
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
        os.execvp("bash", ["bash", "-c", f"exec lacuna {command} < /dev/null 2> said"])
    said = b""
    while True:
        try:
            some = os.read(terminal, 65536)
        except OSError:
            break
        if not some:
            break
        said += some
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode().replace("\r\n", "\n")


workspace.prepare(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
workspace.prepare_more(pathlib.Path(sys.argv[2]))
shutil.copy("first.db", "ai.db")
os.environ["LACUNA_MAP"] = "ai.db"
os.environ["LACUNA_CATALOGUES"] = "catalogues.db"
pathlib.Path("stale.json").write_text('{"schema": "lacuna:schema/change-1.json", "by": "B. Beta", "made": "2026-11-01T10:00:00Z", "nodes": '
                                      '[{"id": "RC27", "title": "Another title for it", "before": {"title": "What it was"}}]}')
for words in (["set", "RC27", "priority=1", "--why", "asked for by the rapporteurs of three Questions at the interim meeting"],
              ["apply", "--partly", "stale.json"]):
    subprocess.run(["lacuna", *words], capture_output=True)
subprocess.run(["lacuna", "tag", "before-geneva", "--about", "as shown to the plenary"], check=True, capture_output=True)
help_text = subprocess.run(["lacuna", "--help"], capture_output=True, text=True).stdout
commands = re.findall(r"^  ([a-z-]+) ", help_text[help_text.index("Subcommands:"):], re.M)
faults = [f"{command}: not among the listings of this test" for command in commands if command not in LISTINGS and command not in NO_LISTING]
for width in (80, 100, 160):
    for command in sum(LISTINGS.values(), []):
        status, said = on_terminal(width, command[0])
        if status != 0:
            faults.append(f"{width}: {command[0]}: status {status}: {pathlib.Path('said').read_text().strip()[:200]}")
        wide = [line for line in said.splitlines() if cells(line) > width]
        if wide:
            faults.append(f"{width}: {command[0]}: {len(wide)} lines are wider: {wide[0]}")
        flat = re.sub(r"\s+", " ", said)
        # Headings break over lines: each of their words must be there.
        missing = [w for w in command[1] if not all(part in flat for part in re.split(r"[ -]", w))]
        if missing:
            faults.append(f"{width}: {command[0]}: no {', '.join(missing)}")
print("\n".join(faults) if faults else f"{sum(map(len, LISTINGS.values()))} listings fit")
sys.exit(1 if faults else 0)
