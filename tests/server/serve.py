#!/usr/bin/env python3
"""The server of the shipped map, asked as browsers and as strangers ask. usage: tests/server/serve.py LACUNA SOURCE [KILLS]

Who may ask; that every page is well-formed and every file the command's own bytes; that what is said in the browser does to a map what the same
does on the command line; that two people lose nothing to each other; that a killed server (KILLS times; 5) has lost nothing that it acknowledged; what floods cost."""
import concurrent.futures
import hashlib
import html.parser
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

sys.dont_write_bytecode = True
from served import Server, Workplace

if len(sys.argv) not in (3, 4):
    print(next(line for line in __doc__.splitlines() if "usage:" in line), file=sys.stderr)
    sys.exit(2)
lacuna, source = map(os.path.abspath, sys.argv[1:3])
kills = int(sys.argv[3]) if sys.argv[3:] else 5
place = Workplace(lacuna, "serve")
folder, run, text_form, ENVIRONMENT = place.folder, place.run, place.text_form, place.environment
failures = []


def check(what, found, wanted=True):
    if found != wanted:
        failures.append(f"{what}: {found!r}, not {wanted!r}")


class WellFormed(html.parser.HTMLParser):
    """Every element that is opened is closed, in turn; ids are there once; what a label is for is there."""
    EMPTY = {"meta", "link", "input", "br", "hr", "img", "wbr"}

    def __init__(self, page):
        super().__init__()
        self.open, self.faults, self.ids, self.fors = [], [], [], []
        self.feed(page)
        self.faults += [f"<{tag}> is not closed" for tag in self.open]
        self.faults += sorted({f"id {i} twice" for i in self.ids if self.ids.count(i) > 1})
        self.faults += [f"label for {f}, which is not there" for f in self.fors if f not in self.ids]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "label" and "for" in given:
            self.fors.append(given["for"])
        if tag not in self.EMPTY and not self.get_starttag_text().endswith("/>"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def well_formed(path):
    """By our own reading, and by somebody else's."""
    page = server.text(path)
    check(f"{path} is well-formed", WellFormed(page).faults, [])
    if shutil.which("tidy"):
        tidy = subprocess.run(["tidy", "-e", "-q", "--drop-empty-elements", "no"], input=page, capture_output=True, text=True)
        # It is older than what says which entry of a list is the current one.
        check(f"what tidy says of {path}", [line for line in tidy.stderr.splitlines() if "aria-current" not in line], [])
    return page


run("build", f"{source}/data/ai-ml-security", "-o", "map.db")
server = Server(place)
check("what it says", [server.said[0], server.said[2]],
      ["map.db is served at\n", "to this machine only, as long as this runs; Ctrl-C ends it\n"])

# Who may ask.
check("without the key", server.ask("GET", "/", cookie=False).status, 403)
check("with another key", server.ask("GET", "/?key=" + "0" * 32, cookie=False).status, 403)
led = server.ask("GET", f"/gaps?limit=3&key={server.key}", cookie=False)
check("with the key", [led.status, led.getheader("Location"), led.getheader("Set-Cookie")],
      [303, "/gaps?limit=3", f"lacuna-{server.port}={server.key}; Path=/; HttpOnly; SameSite=Strict"])
for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1", f"127.0.0.1:{server.port + 1}", f"[::1]:{server.port}", ""):
    check(f"host {host!r}", server.ask("GET", "/", headers={"Host": host}).status, 421)
check("host localhost", server.ask("GET", "/add", headers={"Host": f"localhost:{server.port}"}).status, 200)
for why, headers in {"another origin": {"Origin": "http://evil.example"}, "no origin": {"Origin": None}, "the origin null": {"Origin": "null"},
                     "another site": {"Sec-Fetch-Site": "cross-site"}, "the same site": {"Sec-Fetch-Site": "same-site"},
                     "no site": {"Sec-Fetch-Site": "none"}}.items():
    check(f"a change from {why}", server.ask("POST", "/tag", "name=x", headers).status, 403)
check("nothing was changed by any", run("tag"), "Tags\nnone; make one with: lacuna tag NAME\n\n(none)\n")
for method in ("PUT", "DELETE", "OPTIONS", "TRACE"):
    check(method, server.ask(method, "/").status, 405)
listening = subprocess.run(["ss", "-ltnH", f"sport = :{server.port}"], capture_output=True, text=True).stdout if shutil.which("ss") else ""
with open("/proc/net/tcp") as table:
    bound = [line.split()[1] for line in table if line.split()[1].endswith(f":{server.port:04X}") and line.split()[3] == "0A"]
check("listens on the loopback alone", bound, [f"0100007F:{server.port:04X}"])
policy = server.get("/").getheader("Content-Security-Policy")
check("policy", policy, "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; "
      "base-uri 'none'; frame-ancestors 'none'")

# Every page, with a sample of every question: well-formed, and its files are the bytes of the command.
SAMPLES = {
    "search": ({"WORDS": "X.509"}, None), "show": ({"NAME": "RC27"}, ["RC27"]), "coverage": ({"by": "topic"}, ["--by", "topic"]),
    "gaps": ({"scope": "SG17", "limit": "7"}, ["--scope", "SG17", "--limit", "7"]), "suggest": ({"limit": "3"}, ["--limit", "3"]),
    "structure": ({"QUESTION": "critical"}, ["critical"]), "compare": ({"A": "SG17", "B": "SC 42"}, ["SG17", "SC 42"]),
    "check": ({"TITLE": "Security requirements for federated learning"}, ["Security requirements for federated learning"]),
    "diff": ({"from": "2019-01-21"}, ["--from", "2019-01-21"]), "log": ({}, []), "blame": ({"NAME": "RC27"}, ["RC27"]), "conflicts": ({}, []),
    "draft": ({"FORM": "justification"}, ["justification"]), "render": ({"view": "relationship"}, ["--view", "relationship"]), "report": ({}, []),
    "page": ({}, []), "export": ({}, []),
}
own = ["/", "/review", "/record", "/record?need=RC11", "/add", "/link", "/link?name=RC27", "/import", "/edit?name=RC27", "/edit?name=X.1753", "/conflicts"]
bar = re.findall(r'<a href="(/[a-z]*)"', server.text("/").split("</header>")[0])
check("every place of the bar has a sample", sorted(set(bar)), sorted(set(p for p in own if "?" not in p) | {f"/{name}" for name in SAMPLES}))
for path in own:
    well_formed(path)
compared = 0
for name, (values, arguments) in SAMPLES.items():
    if arguments is None:
        continue
    path = f"/{name}?" + urllib.parse.urlencode(values)
    page = well_formed(path)
    well_formed("/" + name)
    for one in sorted(set(re.findall(r'<button name="format" value="([a-z-]+)">|format=([a-z-]+)" download', page))):
        one = one[0] or one[1]
        wanted = run(name, *arguments, *(["--format", one] if name != "page" else []), text=False) 
        got = server.get(path + ("&" if values else "") + "format=" + one)
        compared += 1
        check(f"{path} as {one}: the bytes of the command", [got.status, hashlib.sha256(got.body).hexdigest()], [200, hashlib.sha256(wanted).hexdigest()])
check("files were compared", compared >= 60, True)
command = re.search(r'<p class="command"><code>(.*?)</code>', server.text("/gaps?scope=SG17&limit=7"))[1]
check("the command is told", command, "lacuna gaps --scope SG17 --limit 7")
check("a name leads to its node", '<a href="/show?NAME=RC27">RC27</a>' in server.text("/gaps"))

# Faults are told, with their own status, and nothing on the disk is read for a request.
for path, status, words in [("/show?NAME=nothing", 404, "nothing"), ("/gaps?as-of=yesterday", 400, "is no date"), ("/nowhere", 404, "no such page"),
                            ("/gaps?format=exe", 400, "gives no exe"), ("/show?NAME=%ff", 400, "UTF-8"), ("/job?number=9", 404, "no work of this server"),
                            ("/undo", 405, "nothing to read"), ("/gaps?limit=0", 400, "limit"), ("/gaps?scop=SG17", 400, "nothing that gaps can be told")]:
    got = server.get(path)
    check(f"{path}: status", got.status, status)
    check(f"{path}: says {words!r}", words in got.body.decode("utf-8", "replace"))
with open(f"{folder}/secret.txt", "w") as secret:
    secret.write("Security requirements of the secret place")
for path in ("/check?TITLE=Federated+learning&scope=" + urllib.parse.quote(f"{folder}/secret.txt"), "/check?file=" + urllib.parse.quote(f"{folder}/secret.txt"),
             "/diff?OLD=" + urllib.parse.quote(f"{folder}/map.db"), "/gaps?with=" + urllib.parse.quote(f"{folder}/secret.txt"),
             "/draft?FORM=justification&show=html&template=" + urllib.parse.quote(f"{folder}/secret.txt"), "/gaps?output=" + urllib.parse.quote(f"{folder}/taken")):
    check(f"{path} reads nothing", "secret place" not in server.get(path).body.decode("utf-8", "replace"))
check("nothing was written", os.path.exists(f"{folder}/taken"), False)
hostile = server.get("/show?NAME=" + urllib.parse.quote("<script>alert(1)</script>")).body.decode()
check("what is typed is text", "<script>alert" in hostile, False)

# What is said in the browser does to a map what the same does on the command line.
shutil.copy(f"{folder}/map.db", f"{folder}/terminal.db")
check("an edit", server.post("/edit", name="RC27", **{"was.title": "", "is.title": ""}).status, 303)
title = json.loads(run("show", "RC27", "--format", "json"))["node"]["title"]
got = server.post("/edit", name="RC27", by="Anna", why="clearer", **{"was.title": title, "is.title": "Drift is watched"})
check("the title is told", urllib.parse.unquote(got.getheader("Location")), f"/edit?name=RC27&told=Saved. RC27: title “{title}” → “Drift is watched”")
check("a node", server.post("/add", kind="requirement", name="RC901", title="Models are signed", by="Anna").status, 303)
check("a link", server.post("/link", **{"from": "X.1753", "to": "RC901", "relation": "covers", "degree": "partial", "rationale": "Clause 7 asks for it",
                                        "clause": "7.2", "do": "add", "by": "Anna"}).status, 303)
run("set", "RC27", "title=Drift is watched", "--by", "Anna", "--why", "clearer", store="terminal.db")
run("add", "requirement", "RC901", "title=Models are signed", "--by", "Anna", store="terminal.db")
run("link", "add", "X.1753", "covers", "RC901", "degree=partial", "rationale=Clause 7 asks for it", "clause=7.2", "--by", "Anna", store="terminal.db")
check("the same map as from the terminal", text_form("map.db") == text_form("terminal.db"))
check("the gap is there, then covered in part", "RC901" in server.text("/gaps"))

# What would be done is told while it is typed, and not done.
before = text_form("map.db")
tried = server.post("/edit", name="RC27", by="Anna", dry="yes", **{"was.title": "Drift is watched", "is.title": "Drift"})
check("an edit is tried", [tried.status, tried.body.decode()], [200, "RC27: title “Drift is watched” → “Drift”\n"])
tried = server.post("/link", **{"from": "X.1753", "to": "RC12", "relation": "covers", "do": "add", "by": "Anna", "dry": "yes"})
check("a link without a reason is tried", [tried.status, tried.body.decode().startswith("✕ whoever says")], [200, True])
tried = server.post("/add", kind="requirement", name="RC27", title="Again", by="Anna", dry="yes")
check("a name that is taken is tried", [tried.status, tried.body.decode().startswith("✕ RC27: is on the map already")], [200, True])
check("nothing of it was done", text_form("map.db") == before)

# The blanks of a form are its fields.
page = server.text("/draft?FORM=justification&show=html")
check("a blank is a field", 'name="fill.number"' in page)
got = server.get("/draft?FORM=justification&fill.number=X.sec-ai&format=md").body.decode()
check("it is filled in as by the command", [got == run("draft", "justification", "--fill", "number=X.sec-ai", "--format", "md"), "X.sec-ai" in got], [True, True])
check("a blank that is none", server.get("/draft?FORM=justification&fill.colour=red&format=md").status, 400)

# The review: keys as on the terminal.
waiting = [("ETSI TS 104 223", "RC901"), ("X.1753", "RC11"), ("X.1148", "RC12")]
with open(f"{folder}/suggested.json", "w") as file:
    json.dump({"links": [{"from": a, "relation": "covers", "to": b, "degree": "partial", "status": "suggested", "method": "automation", "by": "somebody else",
                          "rationale": f"Both speak of it ({i})"} for i, (a, b) in enumerate(waiting)]}, file)
for store in ("map.db", "terminal.db"):
    run("apply", "suggested.json", "--by", "Bert", store=store)
page = server.text("/review")
check("the queue", re.search(r"<p>1 of (\d+) · ", page)[1], "3")
keys = re.findall(r'data-key="(.)"', page.replace("&gt;", ">").replace("&lt;", "<"))
check("the keys of the terminal", keys, list("fp=><~xdsu"))


def shown():
    return re.search(r'name="from" value="(.*?)">\s*<input type="hidden" name="to" value="(.*?)"', server.text("/review")).groups()


said = []
for key, reason in (("p", "Clause 6 says how"), ("x", "About another matter")):
    a, b = shown()
    said.append((key, reason))
    got = server.post("/review", **{"from": a, "to": b, "key": key, "reason": reason, "by": "Anna", "at": "0"})
    check(f"{key} on {a}", got.status, 303)
check("without a reason", server.post("/review", **{"from": shown()[0], "to": shown()[1], "key": "p", "reason": " ", "by": "Anna"}).status, 400)
undo = re.search(r'name="change" value="(\d+)"', server.text("/review"))[1]
check("the last is taken back", server.post("/undo", change=undo, by="Anna", back="/review").status, 303)
subprocess.run([lacuna, "-m", "terminal.db", "link", "review", "--by", "Anna"], input="".join(f"{k}\n{r}\n" for k, r in said) + "u\nq\n", text=True,
               capture_output=True, env=ENVIRONMENT, cwd=folder, check=True)
check("the same map as by the keys of the terminal", text_form("map.db") == text_form("terminal.db"))

# Two people change the same from one state: both values are kept, with who and when; either can be taken. Two who change different things disturb nobody.
was = "Drift is watched"
first = server.post("/edit", name="RC27", by="Anna", **{"was.title": was, "is.title": "Drift is measured"})
second = server.post("/edit", name="RC27", by="Bert", **{"was.title": was, "is.title": "Drift is told"})
other = server.post("/edit", name="RC11", by="Bert", **{"was.text": "", "is.text": ""})
check("the first is saved", first.getheader("Location").startswith("/edit?"))
check("the second is told", second.getheader("Location").startswith("/conflicts?"))
check("who changes something else is not", other.getheader("Location").startswith("/edit?"))
page = server.text("/conflicts")
for words in ("Drift is measured", "Drift is told", "Anna", "Bert"):
    check(f"conflicts show {words}", words in page)
check("the other is taken", server.post("/conflicts", node="RC27", member="title", value="Drift is told", by="Anna").status, 303)
check("it stands", "Drift is told" in server.text("/edit?name=RC27"))
check("nothing is left to settle", "No member was said differently" in server.text("/conflicts"))

# Files that come: a what-if, a workbook, a framework; long work as a job.
what_if = json.dumps({"nodes": [], "links": [{"from": "X.1753", "relation": "covers", "to": "RC12", "degree": "full", "by": "Anna", "rationale": "If it did"}]})
got = server.send_file("/gaps", "with", "if.json", what_if.encode())
check("what if", [got.status, "RC12" in got.body.decode()], [200, True])
check("it is tried, and the map stays as it was", "If it did" in "".join(text_form("map.db").values()), False)
table = "kind,id,title\nrequirement,RC902,Logs are kept\n"


def job(got):
    check("a job has begun", got.status, 303)
    for _ in range(200):
        page = server.text(got.getheader("Location"))
        if "At work" not in page:
            return page
        time.sleep(0.05)
    raise RuntimeError("the job does not end")


run("export", "--format", "xlsx", "-o", "book.xlsx")
run("set", "RC27", "title=Meanwhile")
with open(f"{folder}/book.xlsx", "rb") as book:
    page = job(server.send_file("/import", "file", "book.xlsx", book.read(), by="Anna", sync="yes", dry="yes"))
check("a trial of a workbook", "<h1>Done</h1>" in page)
page = job(server.send_file("/apply", "with", "if.json", what_if.encode(), by="Anna"))
check("it is kept", ["<h1>Done</h1>" in page, "If it did" in "".join(text_form("map.db").values())], [True, True])
page = job(server.send_file("/import", "file", "../../needs.csv", table.encode(), by="Anna"))
check("an import", ["<h1>Done</h1>" in page, "RC902" in run("export", "--format", "json"), json.loads(run("log", "--limit", "1", "--format", "json"))["changes"][0]["by"]],
      [True, True, "Anna"])
page = job(server.send_file("/import", "file", "broken.csv", b"kind,id\nnonsense,RC903\n", by="Anna"))
check("a fault is told", ["<h1>Not done</h1>" in page, "broken.csv:1" in page], [True, True])
check("a tag", server.post("/tag", name="before Geneva", about="as it was").status, 303)
check("a tag with an odd name", server.post("/tag", name="a/b").status, 400)
check("the tag is there", "before Geneva" in run("tag"))

# What must not be large.
check("a form that is too large is refused before it comes", server.ask("POST", "/edit", "", {"Content-Length": str((1 << 20) + 1)}).status, 413)
check("an upload that is too large is refused before it comes", server.ask("POST", "/import", "", {"Content-Length": str(17 << 20), "Content-Type": "multipart/form-data; boundary=x"}).status, 413)
check("a body without an end", server.ask("POST", "/edit", None, {"Transfer-Encoding": "chunked"}).status, 411)
before = server.resident()


def flood(kind):
    sent = 0
    with socket.create_connection(("127.0.0.1", server.port), timeout=3) as s:
        try:
            if kind == "line":
                s.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
                for _ in range(64):
                    s.sendall(b"a" * (1 << 20))
                    sent += 1
            elif kind == "many":
                s.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
                for i in range(64):
                    s.sendall((b"X-%d: " % i + b"b" * 1000 + b"\r\n") * 1000)
                    sent += 1
            else:
                s.sendall(b"POST /edit HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in range(64):
                    s.sendall(b"100000\r\n" + b"c" * (1 << 20) + b"\r\n")
                    sent += 1
        except OSError:
            pass
    return sent


# What the kernel takes for a connection that nobody reads is not the server's.
for kind in ("line", "many", "chunk"):
    check(f"the flood {kind} is cut", flood(kind) < 16, True)
check("floods cost little", server.resident() - before < 8 << 10, True)
slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(24)]
for s in slow:
    s.sendall(b"GET / HTTP/1.1\r\nHost: ")
began = time.monotonic()
server.text("/add")
check("beside slow connections a page comes at once", time.monotonic() - began < 1, True)
for s in slow:
    s.close()

# Many at once, and a terminal beside them: everything that was acknowledged is in the map.
def tagged(i):
    return server.post("/add", kind="term", name=f"term-{i}", title=f"Term {i}", by=f"Person {i % 3}").status


with concurrent.futures.ThreadPoolExecutor(4) as pool:
    answers = list(pool.map(tagged, range(12)))
    run("set", "RC11", "title=From the terminal", "--by", "Terminal")
check("all were acknowledged", answers, [303] * 12)
have = run("export", "--format", "json")
check("all are there", [f"term-{i}" in have for i in range(12)], [True] * 12)
check("the terminal's, too", "From the terminal" in have)
check("it ends by an interrupt", server.end(), 0)

# Killed while it takes changes: what was acknowledged is there, and the map is whole.
for round in range(kills):
    server = Server(place)
    acknowledged = []

    def add(i):
        try:
            if server.post("/add", kind="term", name=f"kept-{round}-{i}", title="Kept", by="Anna").status == 303:
                acknowledged.append(f"kept-{round}-{i}")
        except (OSError, http.client.HTTPException):
            pass

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(add, i) for i in range(40)]
        time.sleep(0.15 + 0.12 * (round % 12))
        server.end(signal.SIGKILL)
    run("validate", "map.db")
    have = run("export", "--format", "json")
    check(f"after kill {round}", [name for name in acknowledged if name not in have], [])

# To read alone.
server = Server(place, "map.db", "--read-only")
check("nothing to change is offered", [words in server.text("/show?NAME=RC27") for words in (">Edit<", ">Link<", ">Search for it<")], [False] * 3)
check("and nothing is taken", [server.post("/edit", name="RC27").status, server.post("/tag", name="x").status], [403, 403])
check("what needs a file is answered", server.send_file("/gaps", "with", "if.json", what_if.encode()).status, 200)
check("a second server of the same map", Server(place).end(), 0)
taken = subprocess.run([lacuna, "-m", "map.db", "serve", "--no-open", "--port", str(server.port)], capture_output=True, text=True, env=ENVIRONMENT, cwd=folder)
check("a port that is taken", [taken.returncode, taken.stderr],
      [1, f"lacuna: 127.0.0.1:{server.port}: cannot be listened on: Address already in use; name another port with --port, or 0 for any\n"])
server.end()

# A shared map is kept in step: what is done here goes soon, what others do comes, and what was said differently is settled here.
other = Workplace(lacuna, "other")
other.environment["LACUNA_BY"] = "Olga"
run("link", "add", "X.1753", "covers", "RC13", "degree=partial", "rationale=Clause 7", "--by", "Anna")
subprocess.run([lacuna, "-m", "map.db", "share", f"{folder}/drive"], env=ENVIRONMENT, cwd=folder, check=True, stdout=subprocess.DEVNULL)
other.run("share", f"{folder}/drive")
server = Server(place)


def until(what, true):
    for _ in range(400):
        if true():
            return
        time.sleep(0.05)
    check(what, False)


until("in step", lambda: "in step at" in json.loads(server.text("/shared"))["text"])
check("it is told where", f'>Shared as “map”, in step at ' in server.text("/"))
before = json.loads(server.text("/shared"))["map"]
server.post("/edit", name="RC27", by="Anna", **{"was.title": "Meanwhile", "is.title": "Said by Anna"})
server.post("/link", **{"from": "X.1753", "to": "RC13", "relation": "covers", "do": "set", "rationale": "Clause 8", "by": "Anna"})
other.run("set", "RC27", "title=Said by Olga")
other.run("link", "set", "X.1753", "RC13", "rationale=Clause 9", "--relation", "covers", "--of", "Anna")


def step():
    return subprocess.run([lacuna, "-m", "map.db", "sync"], env=other.environment, cwd=other.folder, capture_output=True, text=True)


until("what was done here goes", lambda: "Anna: " in step().stdout)
step()
until("what others did comes", lambda: "Conflicts (2)" in server.text("/"))
check("a page can tell that the map has changed", json.loads(server.text("/shared"))["map"] != before)
page = server.text("/conflicts")
for words in ("Said by Anna", "Said by Olga", "Clause 8", "Clause 9", "covers RC13 (Anna): rationale"):
    check(f"conflicts of a shared map show {words}", words in page)
check("a link is settled", server.post("/conflicts", node="ITU-T X.1753 (12/2025)", member="covers RC13 (Anna): rationale", value="Clause 8", by="Anna").status, 303)
check("a node is settled", server.post("/conflicts", node="RC27", member="title", value="Said by Olga", by="Anna").status, 303)
check("the link says so", "Clause 8" in server.text("/show?NAME=X.1753"))
check("nothing is left to settle of the shared map", "No member was said differently" in server.text("/conflicts"))
until("the others have it", lambda: "settled" in step().stdout + other.run("log", "--limit", "2"))
step()
until("settled there, too", lambda: step().returncode == 0 and "No member was said differently" in other.run("conflicts"))
check("both copies are one map", other.text_form("map.db"), text_form("map.db"))
shutil.rmtree(f"{folder}/drive")
server.post("/add", kind="term", name="alone", title="The drive is gone", by="Anna")
until("a drive that is gone is told", lambda: "is the drive connected?" in json.loads(server.text("/shared"))["text"])
check("and work goes on", server.post("/add", kind="term", name="alone-2", title="The drive is gone", by="Anna").status, 303)
check("a map that is kept in step ends by an interrupt", server.end(), 0)
shutil.rmtree(other.folder, ignore_errors=True)

shutil.rmtree(folder, ignore_errors=True)
for failure in failures:
    print(failure)
print(f"{compared} files compared; {len(failures)} failures")
sys.exit(1 if failures else 0)
