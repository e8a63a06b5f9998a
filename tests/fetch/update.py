#!/usr/bin/python3
"""lacuna update against a server of ours on the loopback: what is taken, what is not, and what stays. usage: update.py LACUNA SOURCE"""
import http.server
import io
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

import jsonschema

program, source = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
folder = tempfile.TemporaryDirectory(prefix="lacuna-update-")
place = pathlib.Path(folder.name)
failures = []


def check(what, found, wanted=True):
    if found != wanted:
        failures.append(f"{what}: {found!r:.500}, not {wanted!r:.500}")


def record(number, title, stage=6060):
    return json.dumps({"id": number, "deliverableType": "IS", "reference": f"ISO {number}:2020", "title": {"en": title}, "publicationDate": "2020-01-01",
                       "currentStage": stage, "ownerCommittee": "ISO/TC 999"}) + "\n"


first = "".join(record(99000 + n, f"Garden tools, part {n}") for n in range(3000)).encode()
second = first + record(98000, "Rust").encode()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


class Answers(http.server.BaseHTTPRequestHandler):
    """Of each path what `files` says: body, and how it is answered."""
    protocol_version = "HTTP/1.1"
    files, asked, sent = {}, [], [0]

    def log_message(self, *arguments):
        pass

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def answer(self, whole):
        Answers.asked.append((self.command, self.path, dict(self.headers)))
        how = Answers.files.get(self.path)
        if how is None:
            return self.head(404, {"Content-Length": "0"})
        if "to" in how:
            return self.head(302, {"Location": how["to"], "Content-Length": "0"})
        body, headers, status = how["body"], dict(how.get("headers", {})), how.get("status", 200)
        tags = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        if any(headers.get(is_) and headers[is_] == self.headers.get(asks) for is_, asks in tags.items()):
            return self.head(304, headers)
        if "Range" in self.headers and how.get("ranges") and self.headers.get("If-Range") in (headers.get("ETag"), headers.get("Last-Modified")):
            at = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
            rest = body[at : at + how.get("rest_is", len(body))]
            status, headers["Content-Range"] = 206, f"bytes {at}-{at + len(rest) - 1}/{len(body)}"
            body = rest
        length = how.get("length", len(body))
        self.head(status, headers | ({"Content-Length": str(length)} if length is not None else {"Connection": "close"}))
        if not whole:
            return
        cut = how.pop("cut", None)
        try:
            part = body if cut is None else body[:cut]
            for i in range(0, len(part), 65536):
                self.wfile.write(part[i : i + 65536])
                Answers.sent[0] += len(part[i : i + 65536])
                time.sleep(how.get("rest", 0))
            if how.get("endless"):
                while True:
                    self.wfile.write(b" " * 65536)
        except OSError:
            pass
        if cut is not None or length != len(body):
            self.close_connection = True
            self.wfile.flush()
            self.connection.close()

    def head(self, status, headers):
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


server = Server(("127.0.0.1", 0), Answers)
other = Server(("127.0.0.1", 0), Answers)
for one in (server, other):
    threading.Thread(target=one.serve_forever, daemon=True).start()
here, there = (f"http://127.0.0.1:{one.server_address[1]}" for one in (server, other))
environment = dict(os.environ, XDG_CONFIG_HOME=f"{place}/config", XDG_CACHE_HOME=f"{place}/cache", LACUNA_CATALOGUES=f"{place}/c.db", LACUNA_MAP="m.db",
                   LACUNA_BY="A. Rapporteur", http_proxy="", https_proxy="", no_proxy="127.0.0.1")


def run(*arguments, status=0):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, env=environment, cwd=place)
    if status is not None and done.returncode != status:
        failures.append(f"lacuna {' '.join(arguments)}: status {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout, done.stderr


def sources(*rows):
    (place / "config/lacuna").mkdir(parents=True, exist_ok=True)
    (place / "config/lacuna/sources.json").write_text(json.dumps({"sources": list(rows)}))


def row(path, **more):
    return {"name": "tools", "address": here + path, "format": "iso-open-data", "insecure": True} | more


def records():
    return run("search", "garden tools", "--limit", "1", "--format", "json")[0], run("validate")[0]


def update(*arguments, status=0):
    """What is said, what went wrong, the bytes that were sent."""
    before = Answers.sent[0]
    said, wrong = run("update", *arguments, status=status)
    return said, wrong, Answers.sent[0] - before


schema = json.loads((source / "data/schema/sources-1.json").read_text())
shipped = json.loads((source / "data/sources.json").read_text())
jsonschema.validate(shipped, schema)
check("shipped sources ask by https alone", [s["address"] for s in shipped["sources"] if not s["address"].startswith("https://") or s.get("insecure")], [])
shutil.copytree(source / "tests/maps/small", place / "small")
run("build", "small", "-o", "m.db")
Answers.files["/t.jsonl"] = tools = {"body": first, "headers": {"ETag": '"one"', "Last-Modified": "Fri, 13 Mar 2026 10:00:00 GMT"}, "ranges": True}
sources(row("/t.jsonl"))

# Taken, then not again; asked for without being taken.
said, wrong, sent = update("tools")
check("taken", [said.splitlines()[0], wrong, sent], ["tools: 3000 records read, 3000 new", "", len(first)])
check("its day", sqlite3.connect(place / "c.db").execute("SELECT date FROM catalogue WHERE name = 'tools'").fetchall(), [("2026-03-13",)])
said, wrong, sent = update()
check("again", [said.startswith("tools: unchanged since 20"), wrong, sent], [True, "", 0])
check("both are asked", [Answers.asked[-1][2].get("If-None-Match"), Answers.asked[-1][2].get("If-Modified-Since")], ['"one"', "Fri, 13 Mar 2026 10:00:00 GMT"])
tools |= {"body": second, "headers": {"ETag": '"two"', "Last-Modified": "Sat, 14 Mar 2026 10:00:00 GMT"}}
said, wrong, sent = update("--check")
check("asked", [said, Answers.asked[-1][0], sent], ["tools: there is something newer; take it with: lacuna update tools\n", "HEAD", 0])
check("asking takes nothing", "ISO 98000" in run("search", "Rust")[0], False)
said, wrong, sent = update()
check("what is new", said.splitlines()[0], "tools: 3001 records read, 1 new, 3000 unchanged")
check("and now", update("--check")[0].startswith("tools: unchanged since 20"))
# Only the time tells.
tools["headers"] = {"Last-Modified": "Sun, 15 Mar 2026 10:00:00 GMT"}
update()
check("by the time alone", update()[2], 0)
# Taken again where the catalogue is gone, whatever is remembered.
shutil.copy(place / "c.db", place / "kept.db")
(place / "c.db").unlink()
check("the catalogue is gone", update("tools")[2], len(second))

# Broken off: gone on with where the server can, begun anew where it cannot or the file is another.
tools |= {"body": first + second, "headers": {"ETag": '"three"'}, "cut": 200_000}
before = records()
said, wrong, sent = update(status=1)
check("broken off", [said, "broke off; the next update goes on from there, where the server can" in wrong, sent], ["", True, 200_000])
check("the old one is whole", records(), before)
said, wrong, sent = update()
check("gone on with", [said.split(",")[0], sent], ["tools: 6001 records read", len(first + second) - 200_000])
check("by what is asked", [Answers.asked[-1][2].get("Range"), Answers.asked[-1][2].get("If-Range")], ["bytes=200000-", '"three"'])
tools |= {"body": first, "headers": {"ETag": '"four"'}, "cut": 100_000}
update(status=1)
tools |= {"body": second, "headers": {"ETag": '"five"'}}
said, wrong, sent = update()
check("another file meanwhile", [said.split(",")[0], sent], ["tools: 3001 records read", len(second)])
tools |= {"body": first, "headers": {"ETag": '"six"'}, "ranges": False, "cut": 100_000}
update(status=1)
check("a server without ranges", update()[2], len(first))

# What was left at a cut is not all of the file, whatever a server says next.
good = records()
for k, (what, says, words) in enumerate((
        ("an empty answer", {"body": b"", "headers": {"ETag": '"other"'}}, "sends nothing; nothing was taken"),
        ("an empty rest", {"rest_is": 0}, "sends nothing; nothing was taken"),
        ("less than the rest", {"rest_is": 1000}, "sends less than the rest; the next update goes on from there"))):
    whole = {"body": second, "headers": {"ETag": f'"r{k}"'}, "ranges": True}
    at = first.index(b"\n", 100_000) + 1
    Answers.files["/t.jsonl"] = whole | {"cut": at}
    update(status=1)
    Answers.files["/t.jsonl"] = whole | says
    said, wrong, sent = update(status=1)
    check(f"{what}: told", [said, words in wrong], ["", True])
    check(f"{what}: what was there stays", records(), good)
    Answers.files["/t.jsonl"] = whole
    check(f"{what}: and then", update()[0].split(",")[0], "tools: 3001 records read")
    Answers.files["/t.jsonl"] = {"body": first, "headers": {"ETag": f'"s{k}"'}}
    update()
tools = Answers.files["/t.jsonl"]

# What is not taken: each is told, and what was there stays.
good = records()


def refused(what, path, words, how, **more):
    Answers.files[path] = how
    sources(row(path, **more))
    shutil.rmtree(place / "cache", ignore_errors=True)
    said, wrong, sent = update("tools", status=1)
    check(f"{what}: told", [said, words in wrong], ["", True])
    if words not in wrong:
        failures.append(f"{what}: {wrong}")
    check(f"{what}: what was there stays", records(), good)
    return sent


check("10 GB", refused("10 GB", "/huge.jsonl", "is said to hold 10,000,000,000 bytes, more than the 2,000,000,000 that its row allows; nothing was taken",
                       {"body": first, "length": 10_000_000_000}) < 10_000_000)
check("endless", refused("endless", "/endless.jsonl", "goes on after the 1,000,000 bytes that its row allows; nothing was taken",
                         {"body": b" ", "length": None, "endless": True}, most_megabytes=1) < 3_000_000)
check("a refusal without end", refused("a refusal without end", "/fault.jsonl", "answers with status 503 and a page without end; nothing was taken",
                                       {"status": 503, "body": b" ", "length": None, "endless": True}) < 9_000_000)
refused("wrong length", "/long.jsonl", "broke off", {"body": first, "length": len(first) + 10})
refused("elsewhere", "/away.jsonl", f"leads to another host, {there.removeprefix('http://')}, which its row does not name; nothing was taken", {"to": there + "/t.jsonl"})
refused("in a circle", "/round.jsonl", "leads from one place to another without end; nothing was taken", {"to": here + "/round.jsonl"})
refused("not encrypted", "/t2.jsonl", 'which is not encrypted; only a row of your own may allow that ("insecure": true); nothing was taken', {"body": first}, insecure=False)
refused("not there", "/nowhere.jsonl", "answers with status 404, not found: has it moved? A row of your own can say where to; nothing was taken", None)
refused("a page instead", "/page.jsonl", "nothing was changed", {"body": b"<html>Sorry</html>"})
refused("nothing", "/empty.jsonl", "sends nothing; nothing was taken", {"body": b""})
packed = io.BytesIO()
with zipfile.ZipFile(packed, "w") as archive:
    archive.writestr("data/a.yaml", (source / "tests/catalogues/itu/itu-t-x-9001-06-2024.yaml").read_text() * 1)
    archive.writestr("data/b.txt", "x" * 5000)
refused("a damaged archive", "/d.zip", "", {"body": packed.getvalue()[: len(packed.getvalue()) // 2]}, format="relaton")
sources(row("/away.jsonl", hosts=[there.removeprefix("http://")]))
tools |= {"headers": {"ETag": '"seven"'}}
check("elsewhere, where its row names it", update("tools")[0].split(",")[0], "tools: 3000 records read")
Answers.files["/whole.zip"] = {"body": packed.getvalue()}
sources(row("/whole.zip", name="itu", format="relaton"), row("/nowhere.jsonl", name="gone"))
said, wrong, sent = update("gone", "itu", status=1)
check("one that fails does not keep the others back", [said.splitlines()[0], "404" in wrong], ["itu: 1 record read, 1 new", True])
check("no such source", run("update", "rfc-idnex", status=2)[1], 'lacuna: rfc-idnex: is no source; did you mean "rfc-index"?; see: lacuna update --list\n')
check("the list", "rfc-index: RFC Editor\n  https://www.rfc-editor.org/rfc-index.xml, rfc-index\n" in run("update", "--list")[0])

# Killed while it takes and while it imports: what was there stays, or all of what is new is there.
Answers.files["/slow.jsonl"] = slow = {"body": first * 3 + record(97000, "Killed").encode(), "rest": 0.01, "headers": {"ETag": '"k"'}}
sources(row("/slow.jsonl"))
states = set()
for k in range(12):
    slow["headers"] = {"ETag": f'"k{k}"'}
    child = subprocess.Popen([program, "update", "tools"], env=environment, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.06 + 0.05 * k)
    child.send_signal(signal.SIGKILL)
    child.wait()
    run("validate")
    states.add("ISO 97000" in run("search", "Killed")[0])
check("some were killed before the end", False in states)
update("tools")
check("after the kills", "ISO 97000" in run("search", "Killed")[0])
check("nothing is left behind", sorted(p.name for p in (place / "cache/lacuna").iterdir()), [])

for failure in failures:
    print(failure)
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
