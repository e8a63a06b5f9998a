"""Maps that nobody would make on purpose: their page opens, does nothing of its own and asks nothing of anybody, or the command says what to do."""
import json
import os
import subprocess

OUT = '</script><script>window.acted = 1</script>--><img src=x onerror="window.acted = 1"><a href="javascript:window.acted = 1">\u202e'
ADDRESSES = ["javascript:window.acted = 1", " JavaScript:window.acted = 1", "java\tscript:window.acted = 1", "javascript:window.acted = 1//https://example.org/",
             "data:text/html,<script>window.acted = 1</script>", "file:///etc/passwd", "file://host/share/x", "\\\\host\\share\\x", "//host/share/x", "vbscript:msgbox(1)",
             "blob:https://example.org/1", "about:blank", "ms-word:ofe|u|https://example.org/x", 'https://example.org/"onclick="window.acted=1', "https://example.org/\u202egpj.exe"]
WORDS = "word " * 200_000  # Nearly as long as a text may be.


def need(i, **more):
    return {"id": f"R{i}", "kind": "requirement", "title": f"Need {i}", **more}


def document(i, **more):
    return {"id": f"D{i}", "kind": "deliverable", "title": f"Text {i}", "state": "published", "dates": {"published": "2020-01-01"}, **more}


def group(i, **more):
    return {"id": f"G{i}", "kind": "group", "title": f"Group {i}", **more}


def objective(i, **more):
    return {"id": f"O{i}", "kind": "objective", "title": f"Objective {i}", **more}


def develops(g, d):
    return {"from": f"G{g}", "relation": "develops", "to": f"D{d}"}


def covers(d, r, rationale="Says so.", **more):
    return {"from": f"D{d}", "relation": "covers", "to": f"R{r}", "degree": "full", "rationale": rationale, **more}


def hostile():
    """Titles, texts, reasons and addresses that want to act."""
    return {"map": {"title": "Map " + OUT, "about": OUT},
            "nodes": [group(0, title=OUT), objective(0, title=OUT), {"id": "R <1>", "kind": "requirement", "title": OUT, "text": OUT},
                      need(0, title="\u202ededoc \u2066hidden\u2069\u200f", source={"name": "Who \u202eknows", "address": ADDRESSES[0]}),
                      *[document(i, title=OUT, address=address) for i, address in enumerate(ADDRESSES)]],
            "links": [develops(0, 0), {"from": "R <1>", "relation": "serves", "to": "O0"},
                      *[covers(i, "0", OUT, clause=OUT[:80], source={"name": OUT, "address": address}) for i, address in enumerate(ADDRESSES)],
                      {"from": "D0", "relation": "covers", "to": "R <1>", "degree": "full", "rationale": OUT}]}


MAPS = {
    "a map with nothing in it": {"nodes": []},
    "one objective": {"nodes": [objective(0)]},
    "one need": {"nodes": [need(0)]},
    "a group and a document without needs": {"nodes": [group(0), document(0)], "links": [develops(0, 0)]},
    "ten million letters": {"map": {"title": "x" * 50_000}, "nodes": [
        objective(0, title=WORDS), need(0, title=WORDS, text="y" * 1_000_000), group(0, title="z" * 1_000_000), *[document(i, title=WORDS) for i in range(3)]],
        "links": [develops(0, 0), *[covers(i, 0, WORDS) for i in range(3)], {"from": "R0", "relation": "serves", "to": "O0"}]},
    "5,000 groups": {"nodes": [*[need(i) for i in range(250)], *[group(i) for i in range(5000)], *[document(i) for i in range(500)]],
                     "links": [*[develops(i, i) for i in range(500)], *[covers(i, i % 250) for i in range(500)]]},
    "100,000 links that say who wrote what": {"nodes": [need(0), *[document(i) for i in range(1000)], *[group(i) for i in range(100)]],
                                              "links": [develops(g, d) for d in range(1000) for g in range(100)]},
}
REFUSED = {
    "100,000 verdicts": (
        {"nodes": [*[need(i) for i in range(1000)], *[document(i) for i in range(100)]], "links": [covers(d, r) for d in range(100) for r in range(1000)]},
        "lacuna: a page of 1,000 needs with 100,000 verdicts and mentions would be too large for a browser, which opens 30,000 with ease; make one page for each "
        "objective or topic: --objective O, --topic T\n"),
    "thirty million letters": (
        {"nodes": [need(0), *[document(i, title=WORDS) for i in range(16)]], "links": [covers(i, 0, WORDS) for i in range(16)]},
        "lacuna: a page of 76 MiB would be too large for a browser, which opens 64 with ease; make one page for each objective or topic: --objective O, --topic T\n"),
}


def bad_maps(lacuna, folder, day, browser, check, rest):
    """Holds for each of them what the first line of this file says."""

    def page_of(name, content):
        with open(f"{folder}/bad.json", "w", encoding="utf-8") as file:
            json.dump({"map": {"title": name}, "links": [], **content}, file)
        environment = dict(os.environ, LACUNA_MAP=f"{folder}/bad.db", SOURCE_DATE_EPOCH="1795392000")
        subprocess.run([lacuna, "build", "bad.json", "-o", "bad.db"], check=True, capture_output=True, env=environment, cwd=folder)
        return subprocess.run([lacuna, "page", "--as-of", day, "-o", "bad.html"], capture_output=True, text=True, env=environment, cwd=folder)

    def address(hash=""):
        return f"file://{folder}/bad.html{hash}"

    ask = browser.ask
    check("hostile: the command", page_of("hostile", hostile()).stderr, "")
    for hash in ["", "#need=R_<1>", "#node=R_<1>", *[f"#node=D{i}" for i in range(len(ADDRESSES))], "#view=picture", "#view=about",
                 "#view=needs&filter=<img src=x onerror=window.acted=1>&day=<b>&scope=<i>&since=javascript:1&of=<u>"]:
        browser.open(address(hash)) if not hash.startswith("#node=D") else ask(f"(location.hash = {json.dumps(hash)}, 1)")
        browser.settle()
        check(f"a text acted at {hash}", ask("window.acted ?? 0"), 0)
        check(f"scripts at {hash}", ask('["script", "img", "iframe, object, embed, form, base, meta[http-equiv=refresh]"].map(what => document.querySelectorAll(what).length)'), [2, 0, 0])
        check(f"where links lead at {hash}", ask(r"""[...new Set([...document.querySelectorAll("[href], [src]")].map(e => e.getAttribute("href") ?? e.getAttribute("src")))].filter(
            href => !/^(#|data:,$|https:\/\/example\.org\/((%22|")onclick=(%22|")window\.acted=1|.*gpj\.exe)$)/.test(href))"""), [])
        check(f"letters that turn a line around at {hash}", ask(r"document.body.innerText.match(/[\u202a-\u202e\u2066-\u2069]/g)"), None)
    check("it shows as text", ask('document.querySelector("h1").textContent').startswith("Map </script><script>window.acted = 1</script>-->"), True)
    rest("hostile texts")

    for name, content in MAPS.items():
        made = page_of(name, content)
        check(f"{name}: the command", [made.returncode, made.stderr], [0, ""])
        browser.open(address())
        nodes = len(content["nodes"])
        data = ask('(d => [d.needs, d.documents, d.groups, d.objectives, d.others].reduce((n, list) => n + list.length, 0))(JSON.parse(document.getElementById("data").textContent))')
        check(f"{name}: nodes in the page", data, nodes)
        for view in ask('[...document.querySelectorAll("nav a")].map(a => a.hash)'):
            ask(f"document.querySelector('nav a[href=\"{view}\"]').click()")
            check(f"{name}: the view that {view} shows", ask('[...document.querySelectorAll("main > section:not([hidden])")].map(s => "#" + s.id).join()'), view)
            check(f"{name}: pixels that {view} is wide", ask("document.documentElement.scrollWidth"), 1400)
        ask('((e, v) => { e.value = v; e.dispatchEvent(new Event("input")); })(document.getElementById("slider"), 0)')
        ask('((e, v) => { e.value = v; e.dispatchEvent(new Event("input")); })(document.getElementById("filter"), "text 1")')
        browser.settle()
        check(f"{name}: needs by state are all needs", *ask("""[[...document.querySelectorAll(".counts b")].reduce((n, b) => n + Number(b.textContent), 0),
            parseInt(document.querySelector(".moment .total").textContent)]"""))
        rest(name)

    with open(f"{folder}/bad.html", "rb") as file:
        before = file.read()
    for name, (content, message) in REFUSED.items():
        made = page_of(name, content)
        check(f"{name}: the command", [made.returncode, made.stderr], [2, message])
        with open(f"{folder}/bad.html", "rb") as file:
            check(f"{name}: the page from before is as it was", file.read() == before, True)
    rest("maps too large for a page")
