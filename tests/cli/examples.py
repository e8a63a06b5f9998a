"""Runs every example of every manual page, page by page, each on a map of its own, and tells those that fail.

usage: examples.py README FOLDER-OF-TESTS   (in an empty folder; lacuna on the PATH)"""
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys

sys.dont_write_bytecode = True
import workspace

readme = pathlib.Path(sys.argv[1])
tests = pathlib.Path(sys.argv[2])
LEAST = 3  # Examples a page.


def run(command):
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def served(example):
    """Of a server: that it comes up and says where, then is interrupted as from a terminal."""
    with socket.socket() as free:  # The port of the example may be taken where the tests run.
        free.bind(("127.0.0.1", 0))
        example = example.replace("8017", str(free.getsockname()[1]))
    server = subprocess.Popen(shlex.split(example), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
    said = [server.stdout.readline() for _ in range(3)]
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=20)
    up = server.returncode == 0 and re.match(r"http://127\.0\.0\.1:\d+/\?key=[0-9a-f]{32}$", said[1].strip() if len(said) > 1 else "")
    return subprocess.CompletedProcess(example, 0 if up else server.returncode or 1, "".join(said) + out, err)


workspace.prepare(readme, tests)
workspace.prepare_more(tests)
# A reader of manual pages.
pathlib.Path("bin").mkdir()
pathlib.Path("bin/man").write_text("#!/bin/sh\nexec groff -man -Tutf8 -\n")
os.chmod("bin/man", 0o755)
# And a browser, which is handed an address.
pathlib.Path("bin/xdg-open").write_text("#!/bin/sh\n")
os.chmod("bin/xdg-open", 0o755)
os.environ["PATH"] = f"{pathlib.Path('bin').resolve()}:{os.environ['PATH']}"
os.environ["LACUNA_MAP"] = "ai.db"
os.environ["https_proxy"] = "http://127.0.0.1:9"  # Nothing of the internet is asked.
os.environ["LACUNA_CATALOGUES"] = "catalogues.db"
help_text = run("lacuna --help").stdout
commands = re.findall(r"^  ([a-z-]+) ", help_text[help_text.index("Subcommands:"):], re.M)
ran = wrong = 0
for command in commands:
    found = workspace.examples(run(f"lacuna man {command}").stdout)
    if len(found) < LEAST:
        wrong += 1
        print(f"{command}: {len(found)} examples")
    for example in found:
        shutil.copy("first.db", "ai.db")
        if not example.startswith("lacuna tag "):
            run("lacuna tag before-geneva")
        done = served(example) if command == "serve" else run(example)
        ran += 1
        if done.returncode != 0 and not (done.returncode == 3 and "--fail-on" in example):
            wrong += 1
            print(f"$ {example}\n  status {done.returncode}: {done.stderr.strip()[:300]}")
print(f"{wrong} faults" if wrong else f"all examples of {len(commands)} pages run")
sys.exit(1 if wrong else 0)
