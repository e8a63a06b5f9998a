"""Runs every console block of the README, in order, in one folder, and compares what it prints with what the README says.

usage: readme.py README FOLDER-OF-TESTS [TEXT]   (in an empty folder; lacuna on the PATH)
With TEXT, its blocks instead, for which nothing is prepared.
"…" in a line of the README stands for any text, "…" by itself for any lines; what the program prints after the last line is left out."""
import os
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
import workspace

readme = pathlib.Path(sys.argv[1])
tests = pathlib.Path(sys.argv[2])
text = pathlib.Path(sys.argv[3] if sys.argv[3:] else readme).read_text()


def commands(block):
    """(command, the lines that it prints)"""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((re.sub(r"\s{2,}#.*$|\s{2,}# .*$", "", line[2:]).strip(), []))
        else:
            found[-1][1].append(line.rstrip())
    return found


def fits(said, printed):
    """Nothing where the lines hold, else the first that does not."""
    at, skips = 0, False
    for line in said:
        if line == "…":
            skips = True
            continue
        holds = re.compile(".*".join(re.escape(part) for part in line.split("…"))).fullmatch
        while skips and at < len(printed) and not holds(printed[at].rstrip()):
            at += 1
        got = printed[at].rstrip() if at < len(printed) else "(nothing)"
        if not holds(got):
            return f"  says:   {line}\n  prints: {got}"
        at, skips = at + 1, False
    return "  nothing more is printed" if skips and at == len(printed) else None


if sys.argv[3:]:
    os.environ.pop("LACUNA_MAP", None)
    os.environ["LACUNA_CATALOGUES"] = "catalogues.db"
else:
    workspace.prepare(readme, tests)
ran = wrong = compared = 0
for block in workspace.blocks(text, "console"):
    for command, said in commands(block):
        if command.startswith("export PATH"):
            os.environ["LACUNA_MAP"] = "ai.db"
            os.environ["LACUNA_CATALOGUES"] = "catalogues.db"
            continue
        run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        ran += 1
        compared += bool(said)
        fault = None if run.returncode == 0 else f"  status {run.returncode}: {run.stderr.strip()[:300]}"
        fault = fault or fits(said, run.stdout.splitlines())
        if fault:
            wrong += 1
            print(f"$ {command}\n{fault}")
print(f"{'all' if wrong == 0 else ran - wrong} of {ran} commands hold" if wrong else f"all commands hold, {compared} of them with what they print")
sys.exit(1 if wrong else 0)
