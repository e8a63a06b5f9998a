#!/usr/bin/env python3
"""Runs the first example of every manual page and tells those that ask for a socket of the internet; only a server may.

usage: offline.py LACUNA SOURCE"""
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import workspace

MAY = {"serve"}  # On the loopback interface.


program, source = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
if shutil.which("strace") is None or subprocess.run(["strace", "-f", "--seccomp-bpf", "true"], capture_output=True).returncode != 0:
    print("strace is not installed, or may not trace here")
    sys.exit(77)
folder = tempfile.TemporaryDirectory()
os.chdir(folder.name)
os.environ["PATH"] = f"{program.parent}:{os.environ['PATH']}"
workspace.prepare(source / "README.md", source / "tests")
workspace.prepare_more(source / "tests")
log = pathlib.Path("sockets.txt").resolve()
pathlib.Path("bin").mkdir()
pathlib.Path("bin/lacuna").write_text(
    f'#!/bin/sh\nexec strace -f --seccomp-bpf -qq -A -e trace=socket,execve -o {shlex.quote(str(log))} {shlex.quote(str(program))} "$@"\n')
for reader, does in {"man": "exec cat", "xdg-open": "exit 0"}.items():
    pathlib.Path("bin", reader).write_text(f"#!/bin/sh\n{does}\n")
for script in pathlib.Path("bin").iterdir():
    script.chmod(0o755)
traced = {**os.environ, "PATH": f"{pathlib.Path('bin').resolve()}:{os.environ['PATH']}", "LACUNA_MAP": "ai.db",
          "LACUNA_CATALOGUES": "catalogues.db", "ASAN_OPTIONS": "detect_leaks=0"}  # Leaks are not sought in what is traced.

help_text = subprocess.run([program, "--help"], capture_output=True, text=True).stdout
commands = re.findall(r"^  ([a-z-]+) ", help_text[help_text.index("Subcommands:"):], re.M)
wrong = 0
for command in commands:
    page = subprocess.run([program, "man", command], capture_output=True, text=True).stdout
    for example in workspace.examples(page)[:1]:
        shutil.copy("first.db", "ai.db")
        log.unlink(missing_ok=True)
        child = subprocess.Popen(["bash", "-c", example], env=traced, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL, start_new_session=True)
        if command in MAY:  # Up, then interrupted as from a terminal.
            for _ in range(2):
                child.stdout.readline()
            os.killpg(child.pid, signal.SIGINT)
        child.communicate(timeout=60)
        asked = log.read_text() if log.exists() else ""
        internet = re.findall(r"socket\((?:AF_INET|AF_INET6),.*", asked)
        if "execve(" not in asked:
            wrong += 1
            print(f"$ {example}\n  was not traced")
        elif bool(internet) != (command in MAY):
            wrong += 1
            print(f"$ {example}\n  {internet[0] if internet else 'should have asked for a socket'}")
print(f"{wrong} faults" if wrong else f"{len(commands)} commands: {len(commands) - len(MAY)} ask for no socket of the internet")
sys.exit(1 if wrong else 0)
