#!/usr/bin/env python3
"""The page of the shipped map in a real browser. usage: tests/browser/page.py LACUNA SOURCE [--all]   (77: there is no Chromium here)

Counts of every day are held against the command line for one of five scopes in turn (or for all of them); the page is used by mouse and by keyboard, read without script,
printed, and looked at in light, dark and forced colours. Whatever the browser complains of or asks of a network is a failure."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True
from bad_maps import bad_maps
from chromium import Chromium

if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["--all"]):
    print(next(line for line in __doc__.splitlines() if "usage:" in line), file=sys.stderr)
    sys.exit(2)
lacuna, source = map(os.path.abspath, sys.argv[1:3])
if not shutil.which("chromium"):
    print("skipped: no chromium; apt-get install chromium")
    sys.exit(77)

folder = tempfile.mkdtemp(prefix="lacuna-page-")
DAY = "2026-11-23"
SCOPES = [None, "ITU-T SG17", "ISO/IEC JTC 1/SC 27", "IETF", "ETSI TC SAI"]
VIEWS = ["matrix", "gaps", "ways", "needs", "picture", "groups", "documents", "searches", "near", "about"]
failures = []
began = time.monotonic()


def check(what, found, wanted):
    if found != wanted:
        failures.append(f"{what}: {found!r}, not {wanted!r}")


def run(*arguments):
    environment = dict(os.environ, LACUNA_MAP=f"{folder}/map.db", SOURCE_DATE_EPOCH="1795392000")
    return subprocess.run([lacuna, *arguments], check=True, capture_output=True, text=True, env=environment, cwd=folder).stdout


def read(name):
    with open(f"{folder}/{name}", encoding="utf-8") as file:
        return file.read()


def address(hash="", name="map.html"):
    return f"file://{folder}/{name}{hash}"


run("build", f"{source}/data/ai-ml-security", "-o", "map.db")
run("page", "--as-of", DAY, "-o", "map.html")
page = read("map.html")
data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])
states = [state["name"] for state in data["states"]]

# What the command line says of every day and scope is asked for while the browser is at work.
pool = ThreadPoolExecutor(os.cpu_count())


def counts_by_command(day, group):
    told = json.loads(run("coverage", "--as-of", day, "--format", "json", *(["--scope", group] if group else [])))
    return [told["states"][name] for name in states], told


by_command = {(day, group): pool.submit(counts_by_command, day, group)
              for i, day in enumerate(data["days"]) for s, group in enumerate(SCOPES) if (i + s) % len(SCOPES) == 0 or sys.argv[3:]}

browser = Chromium()
ask, press = browser.ask, browser.press


def count(selector):
    return ask(f"document.querySelectorAll({json.dumps(selector)}).length")


def text(selector):
    return ask(f"document.querySelector({json.dumps(selector)}).textContent")


def go(hash):
    """Another address of the page that is open."""
    ask(f"(location.hash = {json.dumps(hash)}, 1)")
    browser.settle()


def hash_now():
    return ask("location.hash")


def rest(what):
    """What was opened is drawn, and what the browser said meanwhile is heard."""
    browser.settle()
    check(f"{what}: the browser complains", browser.complaints, [])
    browser.complaints.clear()
    if os.environ.get("LACUNA_TIMES"):
        print(f"{time.monotonic() - began:6.1f} s {what}", flush=True)


# ---- Counts of every day and scope ------------------------------------------------------------------------------------------------

browser.size(1400, 900)
browser.open(address("#view=about"))
counted = ask("""(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  window.requestAnimationFrame = act => act();
  const set = (id, value, event) => { const e = document.getElementById(id); e.value = value; e.dispatchEvent(new Event(event)); };
  const view = name => document.querySelector(`nav a[href="#view=${name}"]`).click();
  document.querySelector("main").style.display = "none";
  const results = [];
  for (const group of SCOPES) {
    set("scope", data.scopes.findIndex(s => s.group === group), "change");
    for (let i = 0; i < data.days.length; ++i) {
      set("slider", i, "input");
      const one = {day: data.days[i], group, counts: [...document.querySelectorAll(".counts li b")].map(b => Number(b.textContent))};
      results.push(one);
      if (i % 24 !== 0) continue;
      view("matrix");
      const matrix = document.querySelector('table.matrix[data-rows="objective"]');
      one.matrix = [...matrix.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.querySelector(".vh")?.textContent ?? ""));
      view("needs");
      one.needs = data.states.map(s => document.querySelectorAll(`table.needs > tbody > tr > td.s-${s.name}`).length);
      view("about");
    }
  }
  return results;
})()""".replace("SCOPES", json.dumps(SCOPES)))
check("days by scopes that were counted", len(counted), len(data["days"]) * len(SCOPES))
rest("counts")

# ---- One day, addresses, filter, sort -----------------------------------------------------------------------------------------------

browser.open(address("#day=2019-01-21"))
shown = ask('[...document.querySelectorAll(".counts li:not(.zero)")].map(li => li.querySelector("b").textContent + " " + li.lastChild.data.trim()).join(", ")')
told = run("gaps", "--as-of", "2019-01-21")
check("states on the day of the workshop", "States: " + shown, next(line for line in told.splitlines() if line.startswith("States: ")))
check("its denominator", re.sub(r"\s+", " ", text(".moment")), "As of 2019-01-21 · scope: all groups · 133 needs (on the map, 40 more not there on this day)")

browser.open(address("#need=RC27&day=2019-01-21&scope=SG17"))
check("the need of the address is open", ask('document.querySelector("tr.found").id + document.querySelector("tr.found details").open'), "need=RC27true")
check("its command line", text("#command"), 'lacuna show RC27 --as-of 2019-01-21 --scope "ITU-T SG17"')
browser.settle()
browser.settle()
check("it stands below the bar that stays", ask('document.querySelector("tr.found").getBoundingClientRect().top >= document.querySelector(".bar").getBoundingClientRect().bottom - 1'), True)
rest("addresses, filter")

browser.open(address())
ask('document.getElementById("filter").focus()')
browser.type("drift")
check("hits are counted", int(text('nav a[href="#view=needs"] .hits')) > 0, True)
press("Enter")
browser.settle()
SEEN = '(row => [location.hash, row.id, row.querySelector("details").open, row.querySelector(".why").textContent, document.querySelector(".moment").textContent])(document.querySelector("tr.found"))'
seen = ask(SEEN)
why = next(line for line in run("show", "RC09", "--as-of", DAY).splitlines() if line.startswith("Why: "))[5:]
check("drift, Enter", [seen[0].split("&")[0], *seen[1:4]], ["#need=RC09", "need=RC09", True, why])
browser.open(address(seen[0]))
check("the same after it is opened again", ask(SEEN), seen)
ask('document.querySelector("table.needs thead th:nth-child(2) button").click()')
check("sorted by state", ask("""(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const keys = [...document.querySelectorAll("table.needs > tbody > tr > td:nth-child(2)")].map(c => data.states.findIndex(s => "s-" + s.name === c.className));
  return keys.every((k, i) => i === 0 || keys[i - 1] <= k || k < 0);
})()"""), True)
rest("sort")

browser.open(address(f"#view=needs&day={DAY}&since=2019-01-21"))
found = ask("""Object.fromEntries([...document.querySelectorAll("table.needs > tbody > tr:not([hidden])")].map(
  row => [row.id.slice(5), row.cells[1].querySelector(".k").textContent.replace(/^was (. )?/, "")]))""")
changes = json.loads(run("diff", "--from", "2019-01-21", "--to", DAY, "--format", "json"))["needs"]
check("needs that changed", found, {row["id"]: row["before"] or "not there" for row in changes if row["before"] != row["after"]})
rest("changes")

# The matrix of needs writes only what differs from how the page was made: there and back it is as it was.
MATRIX = """[...document.querySelectorAll('table.matrix[data-rows="need"] > tbody > tr')].map(row => [...row.cells].map(cell => cell.className + " " + cell.textContent.replace(/\\s+/g, " ")).join("|"))"""
browser.script(False)
browser.open(address())
sent = ask(MATRIX)
browser.script(True)
browser.open(address("#day=2019-01-21&scope=SG17"))
earlier = ask(MATRIX)
check("rows of the matrix that differ on another day", len([1 for a, b in zip(sent, earlier) if a != b]) > 50, True)
for n, row in enumerate(earlier):
    need = data["needs"][n]
    runs = need["own"].get(str(next(i for i, scope in enumerate(data["scopes"]) if scope["group"] == "ITU-T SG17")), need["none"])
    state = [r for r in runs if data["days"][r[0]] <= "2019-01-21"][-1][1]
    check(f"{need['id']} in the matrix of another day", row.split("|")[1].split(" ")[-1], "there" if state is None else states[state])
ask('document.querySelector("#controls .row button").click()')
browser.settle()
check("the matrix there and back", [a for a, b in zip(ask(MATRIX), sent) if a != b], [])
rest("matrix there and back")

# ---- Neighbours ------------------------------------------------------------------------------------------------------------------

browser.open(address("#node=RC27"))
for node in ["RC27", "ITU-T SG17", "ITU-T X.1753 (12/2025)", "O3", "topic:detection", "WS"]:
    go("#node=" + node.replace(" ", "_"))
    links = json.loads(run("show", node, "--as-of", DAY, "--format", "json"))["links"]
    found = ask('[...document.querySelectorAll("table.links-of > tbody > tr")].map(row => row.cells[0].textContent + " " + row.cells[1].querySelector("a").textContent)')
    check(f"neighbours of {node}", sorted(found), sorted(f"{link['phrase']} {link['id']}" for link in links))
    check(f"command line of {node}", text("#command").startswith("lacuna show "), True)
go("#node=RC27&day=2019-01-21")
check("a verdict with what it rests on", ask('[...document.querySelectorAll("table.links-of tr")].find(r => r.textContent.includes("ETSI EN 304 223")).cells[4].textContent'),
      "in part; clause 5.2.5-4; Recommends checking that outputs do not let users work out training data that are not public; a recommendation, with no means given.")
check("its document on that day", ask('[...document.querySelectorAll("table.links-of tr")].find(r => r.textContent.includes("ETSI EN 304 223")).cells[3].textContent'), "not there")
for view, row in (("needs", "need=RC27"), ("documents", "document=NIST_IR_8219"), ("groups", "group=IETF")):
    go(f"#view={view}&day={DAY}")
    ask(f'document.getElementById({json.dumps(row)}).querySelector(".to-near").click()')
    check(f"from the {view} to neighbours", hash_now(), "#node=" + row.split("=")[1])
rest("neighbours")

# ---- The picture -----------------------------------------------------------------------------------------------------------------

browser.open(address("#view=picture"))
PLACE = '(t => t ? t.match(/-?[0-9.]+/g).map(Number) : [0, 0, 1])(document.querySelector(".picture svg").style.transform)'
left, top, width, height = ask('(b => [b.left, b.top, b.width, b.height])(document.querySelector(".picture").getBoundingClientRect())')
middle = left + width / 2, top + min(height, 850 - top) / 2
before = ask('document.querySelector(".picture svg").outerHTML.length')
browser.mouse("mouseWheel", *middle, deltaX=0, deltaY=-600)
browser.settle()
x, y, scale = ask(PLACE)
check("the wheel makes it larger", scale > 2, True)
box = ask('(b => [b.left + b.width / 2, b.top + b.height / 2])([...document.querySelectorAll(".picture g[data-id] a")].map(a => a.getBoundingClientRect()).find(b => b.left > 100 && b.right < 1300 && b.top > 250 && b.bottom < 800))')
browser.mouse("mousePressed", *box, button="left", buttons=1, clickCount=1)
for step in range(1, 6):
    browser.mouse("mouseMoved", box[0] + 10 * step, box[1] + 4 * step, button="left", buttons=1)
browser.mouse("mouseReleased", box[0] + 50, box[1] + 20, button="left", clickCount=1)
browser.settle()
moved = ask(PLACE)
check("drawn along by the mouse", [round(moved[0] - x), round(moved[1] - y), moved[2]], [50, 20, scale])
check("who lets go of it over a box has not chosen that", hash_now(), "#view=picture")
box[0], box[1] = box[0] + 50, box[1] + 20
browser.mouse("mousePressed", *box, button="left", buttons=1, clickCount=1)
browser.mouse("mouseReleased", *box, button="left", clickCount=1)
browser.settle()
check("a box leads to what it shows", hash_now().split("=")[0] in ("#objective", "#group", "#topic", "#need"), True)
browser.open(address("#view=picture"))
ask('document.querySelector(".picture").focus()')
steps = {}
for key in ["+", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown", "-", "+", "0"]:
    press(key)
    steps.setdefault(key, ask(PLACE))
check("larger by key", steps["+"][2], 1.5)
check("moved by key", [steps["ArrowLeft"][0] - steps["+"][0], steps["ArrowDown"][1] - steps["ArrowRight"][1]], [60, -60])
check("smaller by key", steps["-"][2], 1)
check("whole by key", steps["0"], [0, 0, 1])
for _ in range(3):
    press("+")
for _ in range(4):
    press("Tab")
browser.settle()
check("the middle of what has the focus is in sight", ask("""((b, f) => b.left + b.right > 2 * f.left && b.left + b.right < 2 * f.right && b.top + b.bottom > 2 * f.top && b.top + b.bottom < 2 * f.bottom)(
    document.activeElement.getBoundingClientRect(), document.querySelector(".picture").getBoundingClientRect())"""), True)
check("moved by transform alone", ask('document.querySelector(".picture svg").outerHTML.replace(/ (style|preserveAspectRatio)="[^"]*"/g, "").length'),
      ask('document.querySelector(".picture svg").outerHTML.length') - ask('[...document.querySelector(".picture svg").outerHTML.matchAll(/ (style|preserveAspectRatio)="[^"]*"/g)].reduce((n, m) => n + m[0].length, 0)'))
browser.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": middle[0] - 50, "y": middle[1]}, {"x": middle[0] + 50, "y": middle[1]}])
pinched = ask(PLACE)[2]
for apart in (60, 75, 100):
    browser.call("Input.dispatchTouchEvent", type="touchMove", touchPoints=[{"x": middle[0] - apart, "y": middle[1]}, {"x": middle[0] + apart, "y": middle[1]}])
browser.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
browser.settle()
check("two fingers make it larger", ask(PLACE)[2] / pinched > 1.5, True)
rest("picture")

# ---- By keyboard alone, for everybody's eyes -------------------------------------------------------------------------------------

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "looks.js"), encoding="utf-8") as file:
    looks = file.read()
browser.open(address())
stops = []
for _ in range(45):
    press("Tab")
    stops.append(ask("""(e => [e.id || e.getAttribute("href") || e.textContent.trim().slice(0, 30), getComputedStyle(e).outlineStyle !== "none" && parseFloat(getComputedStyle(e).outlineWidth) >= 2])(document.activeElement)"""))
names = [name for name, _ in stops]
check("what Tab comes to first", names[0], "#main")
check("controls that Tab does not come to", [name for name in ("slider", "on-day", "scope", "filter", "since", "#view=matrix", "#view=about") if name not in names], [])
check("focus that cannot be seen", [name for name, visible in stops if not visible], [])
ask('document.querySelector("table.matrix tbody a").focus()')
first = ask("document.activeElement.textContent")
press("ArrowDown")
check("arrows walk in the matrix", ask('document.activeElement.closest("tr").rowIndex'), 2)
press("ArrowUp")
check("and back", ask("document.activeElement.textContent"), first)
ask('document.getElementById("slider").focus()')
press("ArrowLeft")
browser.settle()
check("the slider by key", text(".day"), data["days"][data["days"].index(DAY) - 1])

browser.open(address())
for scheme in ({"prefers_color_scheme": "light"}, {"prefers_color_scheme": "dark"}, {"forced_colors": "active"}):
    browser.looks(**scheme)
    for width in (1400, 320) if scheme == {"prefers_color_scheme": "light"} else (1400,):
        browser.size(width, 900)
        for view in VIEWS + ["need=RC27", "node=RC27"]:
            go(f"#{view if '=' in view else 'view=' + view}")
            for fault in ask(f"({looks})({json.dumps('forced_colors' in scheme)})"):
                failures.append(f"{view}, {width} pixels, {scheme}: {fault}")
browser.looks()
browser.size(1400, 900)
rest("keyboard and looks")

# ---- Without script, on paper ----------------------------------------------------------------------------------------------------

browser.script(False)
browser.open(address())
for need, row in zip(data["needs"], ask("""[...document.querySelectorAll("table.needs > tbody > tr")].map(
    row => [row.cells[0].textContent, row.cells[1].textContent, row.querySelector(".why").textContent, row.querySelector(".near").textContent])""")):
    state = [r for r in need["all"] if data["days"][r[0]] <= DAY][-1][1]
    check(f"{need['id']} without script", [row[0].startswith(f"{need['id']} {need['title']}"), states[state] in row[1], row[2] != "", row[3] != ""], [True] * 4)
browser.open(address("#node=RC27"))
check("links without script are in sight", ask('document.getElementById("node=RC27").checkVisibility()'), True)
browser.script(True)

# The view that is shown, behind what stands above it: gaps stay those of the page's own day, and say so.
heads = {"matrix": f"{data['map']} · As of 2019-01-21 · scope: all groups · 133 needs",
         "gaps": f"{data['map']} · As of {DAY} · scope: all groups · {len(data['needs'])} needs"}
for view, head in heads.items():
    browser.open(address(f"#view={view}&day=2019-01-21"))
    browser.paper(f"{folder}/map.pdf")
    paper = subprocess.run(["pdftotext", "-layout", f"{folder}/map.pdf", "-"], check=True, capture_output=True, text=True).stdout
    sheets = [re.sub(r"\s+", " ", sheet) for sheet in paper.split("\f")[:-1]]
    check(f"{view}: there are sheets", len(sheets) > 1, True)
    check(f"{view}: sheets without title, day, scope, denominator or legend",
          [i + 1 for i, sheet in enumerate(sheets) if (heads["matrix"] if i == 0 else head) not in sheet or "◐ partly-covered" not in sheet], [])
browser.open(address("#view=picture"))
ask('document.querySelector(".picture").focus()')
press("+")
browser.paper(f"{folder}/map.pdf")
paper = subprocess.run(["pdftotext", "-layout", f"{folder}/map.pdf", "-"], check=True, capture_output=True, text=True).stdout
check("the picture is whole on paper", [word for word in ("Groups", "Needs by topic", "O1 ·", "O10 ·", "unknown") if word not in paper], [])
rest("without script, on paper")

# ---- Papers ---------------------------------------------------------------------------------------------------------------------

run("report", "--as-of", DAY, "-o", "report.html")
for scheme in ("light", "dark"):
    browser.looks(prefers_color_scheme=scheme)
    browser.size(1400 if scheme == "dark" else 320, 900)
    browser.open(address(name="report.html"))
    for fault in ask(f"({looks})(false)"):
        failures.append(f"report, {scheme}: {fault}")
browser.looks()
browser.size(1400, 900)
rest("papers")

# ---- Maps that nobody would make, an edition for everybody, the bytes ------------------------------------------------------------------

bad_maps(lacuna, folder, DAY, browser, check, rest)

run("page", "--public", "--as-of", DAY, "-o", "open.html")
public = read("open.html")
with open(f"{source}/data/ai-ml-security/searches.json", encoding="utf-8") as file:
    secret = [search["note"][:60] for search in json.load(file)["searches"] if "note" in search]
for word in ["Lacuna editors", "suggested", "view=ways", *secret]:
    check(f"times that {word!r} stands in the edition for everybody", public.count(word), 0)

run("page", "--as-of", DAY, "-o", "again.html")
check("the same bytes again", read("again.html") == page, True)
tidy = subprocess.run(["tidy", "-e", "-q", "--show-warnings", "no", f"{folder}/map.html"], capture_output=True, text=True)
check("what tidy says", [tidy.returncode < 2, tidy.stderr], [True, ""])

check("what was asked of others", [url for url in browser.requests if not url.startswith((f"file://{folder}/", "data:", "about:"))], [])
browser.close()

# ---- What the command line said meanwhile ------------------------------------------------------------------------------------------

for one in counted:
    day, group = one["day"], one["group"]
    if (day, group) not in by_command:
        continue
    wanted, told = by_command[day, group].result()
    check(f"counts on {day} for {group}", one["counts"], wanted)
    if "needs" in one:
        check(f"needs by state on {day} for {group}", one["needs"], wanted)
    if "matrix" in one and group is None:
        columns = [column["label"] for column in told["columns"]]
        labels = [data["scopes"][c]["label"] for c in data["columns"]]
        for row, cells in zip(told["rows"], one["matrix"]):
            for label, cell in zip(labels, cells[3:]):
                numbers = {name: int(n) for n, name in re.findall(r"(\d+) ([a-z-]+)", cell)}
                live = sum(n for name, n in numbers.items() if name in ("covered", "partly-covered", "in-progress"))
                check(f"{row['id']} by {label} on {day}", live, row["groups"].get(label, 0) if label in columns else 0)

print(f"{len(data['days'])} days × {len(SCOPES)} scopes in the browser, {len(by_command)} of them asked of the command line")
shutil.rmtree(folder)
for failure in failures[:40]:
    print(failure)
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
