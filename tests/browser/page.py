#!/usr/bin/env python3
"""The page of the shipped map in a real browser. usage: tests/browser/page.py LACUNA DATA [--all]   (77: there is no Chromium here)

Counts on every day and for five scopes are held against the command line (a part of them, or all), addresses and the filter are used, the page is read without
script and printed; whatever the browser complains of is a failure."""
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["--all"]):
    print(next(line for line in __doc__.splitlines() if "usage:" in line), file=sys.stderr)
    sys.exit(2)
lacuna, data_folder = sys.argv[1:3]
EVERY = 1 if len(sys.argv) == 4 else 12
browser = shutil.which("chromium")
if not browser:
    print("skipped: no chromium; apt-get install chromium")
    sys.exit(77)

folder = tempfile.mkdtemp(prefix="lacuna-page-")
DAY = "2026-11-23"
SCOPES = [None, "ITU-T SG17", "ISO/IEC JTC 1/SC 27", "IETF", "ETSI TC SAI"]
failures = []


def check(what, found, wanted):
    if found != wanted:
        failures.append(f"{what}: {found!r}, not {wanted!r}")


def run(*arguments):
    environment = dict(os.environ, LACUNA_MAP=os.path.join(folder, "map.db"), SOURCE_DATE_EPOCH="1795392000")
    return subprocess.run([lacuna, *arguments], check=True, capture_output=True, text=True, env=environment, cwd=folder).stdout


def chromium(*options):
    """What it prints; what it complains of is a failure."""
    done = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                           "--disable-background-networking", "--disable-component-update", "--enable-logging=stderr",
                           f"--user-data-dir={folder}/profile", "--virtual-time-budget=600000", *options],
                          capture_output=True, text=True, timeout=500)
    for line in done.stderr.splitlines():
        if "CONSOLE" in line:
            failures.append(f"the browser says: {line}")
    return done.stdout


def dump(name, hash=""):
    return chromium("--dump-dom", f"file://{folder}/{name}{hash}")


class Text(html.parser.HTMLParser):
    """The text of a page as somebody reads it without script."""

    def __init__(self, source):
        super().__init__()
        self.pieces, self.left = [], 0
        self.feed(source)
        self.text = re.sub(r"\s+", " ", "".join(self.pieces))

    def handle_starttag(self, tag, attributes):
        self.left += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.left -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.left:
            self.pieces.append(data)


run("build", data_folder, "-o", "map.db")
run("page", "--as-of", DAY, "-o", "map.html")
with open(f"{folder}/map.html", encoding="utf-8") as file:
    page = file.read()
data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])

# As it is sent: the browser has nothing to say against it, and the script is at work.
sent = dump("map.html", "#need=RC27&day=2019-01-21&scope=SG17")
check("the controls", 'id="slider"' in sent, True)
check("the need of the address is open", bool(re.search(r'<tr id="need=RC27"[^>]*class="[^"]*found[^"]*".*?<details open', sent, re.S)), True)
check("its command line", re.search(r'<code id="command">(.*?)</code>', sent)[1].replace("&quot;", '"'),
      'lacuna show RC27 --as-of 2019-01-21 --scope "ITU-T SG17"')

changed = dump("map.html", f"#view=needs&day={DAY}&since=2019-01-21")
rows = re.search(r'<table class="list needs">.*?</table>', changed, re.S)[0].split('<tr id="need=')[1:]
found = {}
for row in rows:
    was = re.search(r'<span class="k">was \S* ?(.*?)</span></td>', row)
    if was:
        found[row.split('"')[0]] = was[1]
    check(f"{row.split(chr(34))[0]} is shown where it changed", "hidden" not in row[:row.index(">")], bool(was))
answer = json.loads(run("diff", "--from", "2019-01-21", "--to", DAY, "--format", "json"))
wanted = {row["id"]: row["before"] or "there" for row in answer["needs"] if row["before"] != row["after"]}
check("needs that changed", found, wanted)

# With a script beside its own, which its policy would not let in.
driver = """<pre id="results"></pre><script>
(async () => {
  const frame = () => new Promise(done => setTimeout(done, 5));
  const data = JSON.parse(document.getElementById("data").textContent);
  const set = (id, value, event) => { const e = document.getElementById(id); e.value = value; e.dispatchEvent(new Event(event)); };
  const counts = () => [...document.querySelectorAll(".counts li b")].map(b => Number(b.textContent));
  const results = {counts: {}, rows: {}, matrix: {}};
  for (const group of SCOPES) {
    set("scope", data.scopes.findIndex(s => s.group === group), "change");
    for (let i = 0; i < data.days.length; ++i) {
      set("slider", i, "input");
      await frame();
      results.counts[group + " " + data.days[i]] = counts();
      if (i % 24 !== 0) continue;
      const matrix = document.querySelector('table.matrix[data-rows="objective"]');
      results.matrix[group + " " + data.days[i]] = [...matrix.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.querySelector(".vh")?.textContent ?? ""));
      document.querySelector('nav a[href="#view=needs"]').click();
      await frame();
      const states = data.states.map(s => document.querySelectorAll(`table.needs > tbody > tr > td.s-${s.name}`).length);
      results.rows[group + " " + data.days[i]] = states;
      document.querySelector('nav a[href="#view=matrix"]').click();
      await frame();
    }
  }
  document.querySelector("#controls button:not(.step)").click();
  await frame();
  set("filter", "drift", "input");
  document.getElementById("filter").dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
  await frame();
  const open = document.querySelector("tr.found");
  results.enter = [location.hash.split("&")[0], open?.id, open?.querySelector("details").open, open?.querySelector(".why").textContent];
  document.querySelector("table.needs thead th:nth-child(2) button").click();
  const keys = [...document.querySelectorAll("table.needs > tbody > tr > td:nth-child(2)")].map(c => data.states.findIndex(s => "s-" + s.name === c.className));
  results.sorted = keys.every((k, i) => i === 0 || keys[i - 1] <= k || k < 0);
  let began = performance.now();
  for (const text of ["d", "dr", "dri", "drif", "drift", ""]) set("filter", text, "input");
  results.filter = (performance.now() - began) / 6;
  document.getElementById("results").textContent = JSON.stringify(results);
})();
</script></body>""".replace("SCOPES", json.dumps(SCOPES))
with open(f"{folder}/driven.html", "w", encoding="utf-8") as file:
    # Time that is only played knows timers and no frames.
    frames = "<script>window.requestAnimationFrame = act => setTimeout(act, 0);</script>"
    file.write(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', frames, page).replace("</body>", driver))
driven = dump("driven.html")
told = html.unescape(re.search(r'<pre id="results">(.*?)</pre>', driven, re.S)[1])
if not told:
    sys.exit("the script did not come to its end\n" + "\n".join(failures))
results = json.loads(told)

states = [state["name"] for state in data["states"]]
check("days by scopes that were counted", len(results["counts"]), len(data["days"]) * len(SCOPES))
asked = 0
for group in SCOPES:
    scope = ["--scope", group] if group else []
    for i, day in enumerate(data["days"]):
        if i % EVERY != 0:
            continue
        asked += 1
        answer = json.loads(run("coverage", "--as-of", day, "--format", "json", *scope))
        key = f"{'null' if group is None else group} {day}"
        check(f"counts on {day} for {group}", results["counts"][key], [answer["states"][name] for name in states])
        if key in results["rows"]:
            check(f"needs by state on {day} for {group}", results["rows"][key], [answer["states"][name] for name in states])
        if group is None and key in results["matrix"]:
            columns = [column["label"] for column in answer["columns"]]
            for row, cells in zip(answer["rows"], results["matrix"][key]):
                labels = [data["scopes"][c]["label"] for c in data["columns"]]
                for label, cell in zip(labels, cells[3:]):
                    numbers = {name: int(n) for n, name in re.findall(r"(\d+) ([a-z-]+)", cell)}
                    live = sum(n for name, n in numbers.items() if name in ("covered", "partly-covered", "in-progress"))
                    check(f"{row['id']} by {label} on {day}", live, row["groups"].get(label, 0) if label in columns else 0)

why = next(line for line in run("show", "RC09", "--as-of", DAY).splitlines() if line.startswith("Why: "))[5:]
check("drift, Enter", results["enter"], ["#need=RC09", "need=RC09", True, why])
check("sorted by state", results["sorted"], True)

# Without script.
text = Text(page).text
for need in data["needs"]:
    runs = need["all"]
    state = [r for r in runs if data["days"][r[0]] <= DAY][-1][1]
    wanted = f"{need['id']} {need['title']}"
    check(f"{need['id']} without script", re.sub(r"\s+", " ", wanted) in text, True)
rows = re.findall(r'<tr id="need=[^"]*".*?<td class="s-([a-z-]+)">.*?<span class="why">(.+?)</span>', page, re.S)
check("needs with state and reason", len(rows), len(data["needs"]))

# On paper, the view that is shown, behind what stands above it: gaps stay those of the page's own day, and say so.
counted = json.loads(run("coverage", "--as-of", "2019-01-21", "--format", "json"))
heads = {"matrix": f"{data['map']} · As of 2019-01-21 · scope: all groups · {counted['needs']} needs",
         "gaps": f"{data['map']} · As of {DAY} · scope: all groups · {len(data['needs'])} needs"}
for view, head in heads.items() if shutil.which("pdftotext") else ():
    chromium("--no-pdf-header-footer", f"--print-to-pdf={folder}/map.pdf", f"file://{folder}/map.html#view={view}&day=2019-01-21")
    paper = subprocess.run(["pdftotext", "-layout", f"{folder}/map.pdf", "-"], check=True, capture_output=True, text=True).stdout
    sheets = [re.sub(r"\s+", " ", sheet) for sheet in paper.split("\f")[:-1]]
    check(f"{view}: there are sheets", len(sheets) > 1, True)
    check(f"{view}: sheets without title, day, scope, denominator or legend",
          [i + 1 for i, sheet in enumerate(sheets) if (heads["matrix"] if i == 0 else head) not in sheet or "◐ partly-covered" not in sheet], [])

# For everybody.
run("page", "--public", "--as-of", DAY, "-o", "open.html")
with open(f"{folder}/open.html", encoding="utf-8") as file:
    public = file.read()
with open(f"{data_folder}/searches.json", encoding="utf-8") as file:
    secret = [search["note"][:60] for search in json.load(file)["searches"] if "note" in search]
for word in ["Lacuna editors", "suggested", "view=ways", *secret]:
    check(f"times that {word!r} stands in the edition for everybody", public.count(word), 0)

print(f"{len(data['days'])} days × {len(SCOPES)} scopes in the browser, {asked} of them asked of the command line")
print(f"a key in the filter: {results['filter']:.0f} ms" if os.environ.get("LACUNA_TIMES") else "filter, sort, address, print: done")
shutil.rmtree(folder)
for failure in failures[:20]:
    print(failure)
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
