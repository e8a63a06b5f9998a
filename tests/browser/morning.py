#!/usr/bin/env python3
"""A rapporteur's morning in a real browser, against the same on the command line. usage: tests/browser/morning.py LACUNA SOURCE   (77: there is no Chromium here)

Imports a workbook, finds the gap, judges what is near to it and signs, drafts an A.1, checks its references, makes the session's deck, takes a verdict
back; then the map is the one that the same steps on the command line make, byte for byte. Whatever the browser complains of is a failure."""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.parse

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "server"))
from chromium import Chromium
from served import Server, Workplace

if len(sys.argv) != 3:
    print(next(line for line in __doc__.splitlines() if "usage:" in line), file=sys.stderr)
    sys.exit(2)
lacuna, source = map(os.path.abspath, sys.argv[1:3])
if not shutil.which("chromium"):
    print("skipped: no chromium; apt-get install chromium")
    sys.exit(77)
place = Workplace(lacuna, "morning")
folder, run, text_form, ENVIRONMENT = place.folder, place.run, place.text_form, place.environment
failures = []


def complain(kind, value, trace):
    """What was found wrong before something broke."""
    print(*failures, sep="\n")
    sys.__excepthook__(kind, value, trace)


sys.excepthook = complain


def check(what, found, wanted=True):
    if found != wanted:
        failures.append(f"{what}: {found!r}, not {wanted!r}")


run("build", f"{source}/data/ai-ml-security", "-o", "map.db")
run("import", "--format", "relaton", f"{source}/tests/catalogues/itu")
with open(f"{folder}/needs.csv", "w") as table:
    table.write("kind,id,title,text\nrequirement,RC901,Signed models,Whoever runs a model can tell who has trained it\n")
shutil.copy(f"{folder}/map.db", f"{folder}/terminal.db")

server = Server(place)
browser = Chromium()
ask, press = browser.ask, browser.press
browser.size(1280, 900)


def go(path):
    browser.open(f"http://127.0.0.1:{server.port}{path}{'&' if '?' in path else '?'}key={server.key}")


def loaded(do):
    """What leads to another page, until that is there."""
    before = browser.loaded
    do()
    while browser.loaded <= before:
        browser.note(browser.message())
    browser.settle()


def click(selector):
    loaded(lambda: ask(f"document.querySelector({json.dumps(selector)}).click()"))


def fill(selector, value):
    ask(f"(f => {{ f.value = {json.dumps(value)}; f.dispatchEvent(new Event('input', {{bubbles: true}})); }})(document.querySelector({json.dumps(selector)}))")


def body():
    return ask("document.querySelector('main').textContent")


def choose_file(selector, path):
    root = browser.call("DOM.getDocument")["root"]["nodeId"]
    node = browser.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
    browser.call("DOM.setFileInputFiles", files=[path], nodeId=node)


# A workbook comes in.
go("/import")
choose_file("input[type=file]", f"{folder}/needs.csv")
click("form[action='/import'] button")
while "At work" in body():
    time.sleep(0.1)
    go(ask("location.pathname + location.search"))
check("it is done", ask("document.querySelector('h1').textContent"), "Done")
run("import", "./needs.csv", store="terminal.db")

# The gap, and from it to the need.
check("the need is on the map", "RC901" in run("export", "--format", "json"))
go("/gaps?scope=&kind=unknown")
check("the gap is listed", "RC901" in body())
click("a[href='/show?NAME=RC901']")
check("the need is shown", "Signed models" in body())

# The search for it: everything near is judged, by hand, and signed.
click("a[href='/record?need=RC901']")
near = ask("document.querySelectorAll('fieldset').length")
check("there is something to judge", near > 3)
ask("document.querySelectorAll('fieldset').forEach((f, i) => { f.querySelector('input[value=n]').checked = true; f.querySelector('label input:not([type=radio])').value = 'About another matter ' + i; })")
ask("document.querySelector('input[name=sign]').checked = true")
fill("input[name=by]", "Anna")
fill("input[name=not_searched]", "NIST, 3GPP")
click("form[action='/record'][method=post] button")
check("the record is told", "signed by Anna" in body())
run("search-record", "RC901", "--out", "near.csv", store="terminal.db")
with open(f"{folder}/near.csv", newline="", encoding="utf-8-sig") as file:
    rows = list(csv.reader(file))
head = next(i for i, row in enumerate(rows) if "verdict" in row)
for i, row in enumerate(rows[head + 1:]):
    row[rows[head].index("verdict")] = "reject"
    row[rows[head].index("reason")] = f"About another matter {i}"
with open(f"{folder}/near.csv", "w", newline="", encoding="utf-8") as file:
    csv.writer(file).writerows(rows)
run("search-record", "RC901", "--in", "near.csv", "--by", "Anna", "--sign", "--not-searched", "NIST,3GPP", store="terminal.db")
check("the gap is confirmed", json.loads(run("show", "RC901", "--format", "json"))["node"].get("coverage", {}).get("state", "confirmed-gap"), "confirmed-gap")

# Documents of the catalogues are offered while their identifier, or words of their titles, are typed.
go("/add")
ask("document.querySelector('input[data-catalogue]').focus()")
browser.type("attribute certificates")
for _ in range(60):
    if ask("document.querySelectorAll('#documents option').length"):
        break
    time.sleep(0.05)
check("a document of the catalogue is offered", "X.9050" in (ask("document.querySelector('#documents option')?.value") or ""))

# A draft of the form for a new work item, with the blanks of its own; the paper beside it, then as a file.
go("/draft")
ask("document.querySelector('select[name=FORM]').value = 'justification'")
fill("input[name=needs]", "RC901")
click("button[name=show]")
check("the paper is shown beside its form", ask("document.querySelector('iframe.shown') !== null && document.querySelector('select[name=FORM]').value"), "justification")
check("the command is told", ask("document.querySelector('.command code').textContent"), "lacuna draft justification --needs RC901 -o draft.html")
paper = server.get("/draft?FORM=justification&needs=RC901&format=docx").body
check("the same bytes as the command's", paper == run("draft", "justification", "--needs", "RC901", "--format", "docx", text=False))
with open(f"{folder}/a1.docx", "wb") as file:
    file.write(paper)

# Its references are checked; a title is, while it is typed.
go("/check")
choose_file("input[name=references]", f"{folder}/a1.docx")
click("button[formmethod=post]")
check("references are listed", ask("document.querySelectorAll('#answer tbody tr').length") > 0)
go("/check")
ask("document.querySelector('input[name=TITLE]').focus()")
browser.type("Guidelines for federated learning")
for _ in range(60):
    if "Verdict" in (ask("document.querySelector('#answer').textContent") or ""):
        break
    time.sleep(0.05)
check("the answer comes while it is typed", "Verdict" in ask("document.querySelector('#answer').textContent"))
check("and the address says what is seen", "TITLE=Guidelines" in ask("location.search"))

# The deck of the session.
deck = server.get("/report?session=2&scope=all&format=pptx").body
check("the deck: the same bytes", deck == run("report", "--session", "2", "--for", "all", "--format", "pptx", text=False))

# The review by keys alone, then one verdict is taken back.
for store in ("map.db", "terminal.db"):
    with open(f"{folder}/suggested.json", "w") as file:
        json.dump({"links": [{"from": a, "relation": "covers", "to": "RC901", "degree": "partial", "status": "suggested", "method": "automation",
                              "by": "somebody else", "rationale": "Both speak of it"} for a in ("X.1753", "X.1148", "ETSI TS 104 223")]}, file)
    run("apply", "suggested.json", "--by", "Bert", store=store)
go("/review")
for key, reason in (("p", "Clause 6 says how"), ("x", "About another matter")):
    press(key)
    browser.type(reason)
    loaded(lambda: press("Enter"))
loaded(lambda: press("u"))
loaded(lambda: press("s"))
check("one is left behind", "2 of 2" in body())
subprocess.run([lacuna, "-m", "terminal.db", "link", "review", "--by", "Anna"], input="p\nClause 6 says how\nx\nAbout another matter\nu\nq\n", text=True,
               capture_output=True, env=ENVIRONMENT, cwd=folder, check=True)

mine, theirs = text_form("map.db"), text_form("terminal.db")
for name in mine:
    if mine[name] != theirs.get(name):
        lines = [(a, b) for a, b in zip(mine[name].splitlines(), theirs.get(name, "").splitlines()) if a != b]
        failures.append(f"{name} differs from the terminal's: {lines[:3]}")

# How it looks, in light, in dark and in forced colours, wide and narrow; and without script.
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "looks.js"), encoding="utf-8") as file:
    looks = file.read()
PLACES = ["/", "/gaps?limit=5", "/coverage", "/show?NAME=RC27", "/suggest?limit=3", "/review", "/record?need=RC11", "/add", "/link", "/import", "/edit?name=RC27", "/conflicts",
          "/draft?FORM=justification&show=html", "/render?view=gaps&show=svg", "/check?TITLE=Federated+learning", "/log"]
for scheme in ({}, {"prefers_color_scheme": "dark"}, {"forced_colors": "active"}):
    browser.looks(**scheme)
    for width in (1280, 320) if not scheme else (1280,):
        browser.size(width, 800)
        for place in PLACES:
            go(place)
            for fault in ask(f"({looks})({json.dumps('forced_colors' in scheme)})"):
                failures.append(f"{place} {width} {scheme}: {fault}")
browser.looks()
browser.size(1280, 900)
browser.script(False)
go("/gaps?limit=3")
check("without script the answer is there", "RC" in server.text("/gaps?limit=3"))
browser.script(True)

browser.close()
wanted = f"http://127.0.0.1:{server.port}/"
check("everything was asked of the server alone", sorted({r for r in browser.requests if not r.startswith((wanted, "about:", "data:"))}), [])
check("the browser does not complain", browser.complaints, [])
check("the server ends", server.end(), 0)
shutil.rmtree(folder, ignore_errors=True)
for failure in failures:
    print(failure)
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
