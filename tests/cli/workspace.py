"""What the examples of the README and of the manual pages name, and a reader has: catalogues, templates, a change, a work programme."""
import os
import pathlib
import re
import shutil
import subprocess


def blocks(text, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.M | re.S)


def examples(page):
    """Of a manual page."""
    section = re.search(r"^\.SH EXAMPLES\n(.*?)^\.SH", page, re.M | re.S)
    lines = re.findall(r"^\.B (.*)$", section.group(1), re.M) if section else []
    return [line.replace("\\-", "-").replace("\\(dq", '"').replace("\\(aq", "'").replace("\\(rs", "\\").replace("\\&", "") for line in lines]


def lacuna(*words):
    subprocess.run(["lacuna", *words], check=True, capture_output=True)


def prepare(readme, tests):
    """For the README, in an empty folder."""
    for body in ("itu", "iso", "etsi"):
        shutil.copytree(tests / "catalogues" / body, body)
    # An edition that replaces one of the map.
    recommendation = (tests / "catalogues/itu/itu-t-x-9001-06-2024.yaml").read_text()
    for month, day in (("11/2018", "2018-11-13"), ("03/2026", "2026-03-13")):
        text = recommendation.replace("X9001", "X1147").replace("X.9001", "X.1147").replace("06/2024", month).replace("2024-06-13", day)
        pathlib.Path(f"itu/itu-t-x-1147-{month[-4:]}.yaml").write_text(text)
    for body in ("itu", "iso", "etsi"):
        subprocess.run(["tar", "-cf", f"relaton-{body}.tar.zst", body], check=True)  # Not packed, whatever the name says: zstd may be missing.
    change = next(b for b in blocks(readme.read_text(), "json") if '"nodes"' in b)
    pathlib.Path("new-work-item.json").write_text(change)
    pathlib.Path("work-programme.csv").write_text("id,title,scope\n1,Drift monitoring of learned detectors,\n")
    shutil.copytree(tests / "maps/small", "my-map")
    os.symlink(readme.parent / "data", "data")
    lacuna("build", "data/ai-ml-security", "-o", "first.db")
    lacuna("-m", "first.db", "draft", "justification", "-o", "A1.docx")


def prepare_more(tests):
    """For the manual pages, after `prepare`."""
    shutil.copytree(tests / "catalogues/ieee", "relaton-data-ieee/data")
    shutil.copytree(tests / "import/oscal/valid/mapping-with-its-catalogues", "catalogues-and-mappings")
    pathlib.Path("atlas.json").write_text((tests / "import/stix/valid/orchard.json").read_text().replace("ORCHARD", "ATLAS"))
    pathlib.Path("asvs.csv").write_text("req_id,req_description\nV1.1.1,Verify that input is decoded once.\n")
    shutil.copy(tests / "import/rfc-index/valid/small.xml", "rfc-index.xml")
    for seed in ("candidates", "links", "queries"):
        for name in {"candidates": ["requirements", "controls"], "links": ["known"], "queries": ["new-standard"]}[seed]:
            shutil.copy(tests / f"fuzz/seeds/rank/{seed}.jsonl", f"{name}.jsonl")
    pathlib.Path("programme.md").write_text("# AI in health\n\n## Objectives\n\n1. Say which evidence counts\n\n## Session 1: Evidence\n")
    pathlib.Path("scope.txt").write_text("How learned detectors are tested, watched and withdrawn.\n")
    shutil.copy("A1.docx", "house.dotx")
    lacuna("-m", "first.db", "render", "--view", "gaps", "-o", "house.pptx")
    os.rename("house.pptx", "house.potx")
    lacuna("-m", "first.db", "import", "relaton-itu.tar.zst", "relaton-iso.tar.zst", "relaton-etsi.tar.zst", "--date", "2026-01-01")
    lacuna("-m", "first.db", "import", "--format", "stix", "atlas.json")
    lacuna("-m", "first.db", "export", "--format", "xlsx", "-o", "map.xlsx")
    # A log, and what two people made of one map.
    lacuna("-m", "first.db", "add", "requirement", "RC90", "title=Watermarks survive fine-tuning")
    pathlib.Path("change.json").write_text('{"nodes": [{"id": "RC27", "priority": 1}]}')
    for name, title in (("monday", ""), ("mine", "Mine"), ("yours", "Yours")):
        shutil.copy("first.db", f"{name}.db")
        if title:
            lacuna("-m", f"{name}.db", "set", "RC27" if title == "Mine" else "RC09", f"title={title}")
        lacuna("-m", f"{name}.db", "export", "--format", "map", "-o", "base" if name == "monday" else name)
    shutil.copy("first.db", "last-year.db")
    shutil.copy("first.db", "this-year.db")
    lacuna("profile", "show", "--format", "json", "-o", "mine.json")
