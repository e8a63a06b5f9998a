"""Reads files as somebody else's programs do, and tells what does not stand in them as it was written.

usage: read_back.py TABLE FILE…
TABLE is a JSON object: by number, the text that stands between « and » wherever a file has a letter, that number of two digits, and «.
A format that cannot hold a sign has a blank in its place, or nothing."""
import contextlib
import csv
import io
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile
from html.parser import HTMLParser

try:
    import openpyxl
except ImportError:
    openpyxl = None

TURNS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def harmless(text):
    """As terminals, pages and XML get it: no controls, nothing that turns the writing, no ends of lines."""
    out = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in TURNS else c for c in text)
    return out.replace("\ufffe", "").replace("\uffff", "")


def squeezed(text):
    return " ".join(text.replace("\u00a0", " ").split())


def unescaped(text):
    try:
        return json.loads(f'"{text}"')
    except ValueError:
        return text


def columns_of(text):
    """Where each sign begins on a terminal."""
    at = 0
    for sign in text:
        yield at
        if unicodedata.category(sign) in ("Mn", "Me", "Cf", "Zl", "Zp") and sign != "\u00ad":
            continue
        at += 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def crooked(lines):
    """The first row of a table whose second column does not begin where its heading does; rows end with an empty line."""
    begins = None
    for line in lines:
        if not line:
            begins = None
        elif begins is None:
            heading = re.match(r"(need|item|subject)  +(?=[a-z])", line)
            begins = heading.end() if heading else 0
        elif begins and not any(unicodedata.category(sign) == "Mc" for sign in line):
            places = dict(zip(columns_of(line), range(len(line))))
            if begins not in places or line[places[begins] - 2:places[begins]] != "  ":
                return line
    return None


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def of_xml(data, joined=()):
    """Every text and attribute; the texts below an element of the names in `joined` as one."""
    for element in ElementTree.fromstring(data).iter():
        name = element.tag.split("}")[-1]
        if name in joined:
            yield "".join(inner.text or "" for inner in element.iter() if inner.tag.split("}")[-1] == "t")
        yield from (element.text or "", element.tail or "", *element.attrib.values())


# What a page is steered by; blanks are signs of its own there.
NAMES = ("id", "href", "class", "for", "aria-labelledby", "aria-controls")


class Page(HTMLParser):
    """Texts and attributes of a page; what stands in a script apart."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.texts, self.scripts, self.inside = [], [], False

    def handle_starttag(self, tag, attributes):
        self.inside = tag == "script"
        self.texts.extend(value or "" for name, value in attributes if name not in NAMES)

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        (self.scripts if self.inside else self.texts).append(data)


def texts_of(path, data):
    """The texts of a file, and how they may differ from what was written."""
    kind = path.suffix[1:]
    if kind == "pdf":
        subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True)
        return [], str
    if kind == "png":
        if not data.startswith(b"\x89PNG\r\n"):
            raise ValueError("no picture")
        return [], str
    if kind == "db":
        with contextlib.closing(sqlite3.connect(path)) as db:
            return [cell for row in db.execute("SELECT id, title, text FROM node") for cell in row if cell], str
    if kind == "json":
        return list(strings(json.loads(data.decode("utf-8")))), str
    if kind in ("svg", "graphml"):
        return list(of_xml(data)), harmless
    if kind in ("docx", "pptx", "xlsx"):
        texts = []
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                if part.endswith((".xml", ".rels")):
                    texts += of_xml(package.read(part), ("p", "si"))
        if kind == "xlsx" and openpyxl:
            book = openpyxl.load_workbook(io.BytesIO(data))
            texts += [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        return texts, harmless
    text = data.decode("utf-8")
    if kind == "csv":
        return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row], str
    if kind == "tsv":
        return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t") for cell in row], harmless
    if kind == "html":
        page = Page()
        page.feed(text)
        return page.texts, harmless
    if kind == "ttl":
        # Short strings in quotes, the escapes of JSON among them.
        found = re.findall(r'"(?:[^"\\\n]|\\.)*"', text)
        for address in re.findall(r"<([^<>]*)>", re.sub(r'"(?:[^"\\\n]|\\.)*"', "", text)):
            if re.search(r'[\x00-\x20"{}|^`\\]', address):
                raise ValueError(f"no address: {address}")
        return [json.loads(one) for one in found], str
    if kind == "md":
        plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
        for name, sign in (("lt", "<"), ("gt", ">"), ("amp", "&")):
            plain = plain.replace(f"&{name};", sign)
        return plain.split("\n"), harmless
    if kind == "mmd":
        return re.sub(r"#(\d+);", lambda m: chr(int(m[1])), text).split("\n"), harmless
    if kind == "dot":
        return [one.replace('\\"', '"').replace("\\\\", "\\").replace("&amp;", "&") for one in text.split("\n")], harmless
    if row := crooked(text.split("\n")):
        raise ValueError(f"crooked: {row}")
    return text.split("\n"), harmless


def main():
    table = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    for name in sys.argv[2:]:
        path = pathlib.Path(name)
        try:
            texts, may_be = texts_of(path, path.read_bytes())
        except Exception as fault:  # Whatever a reader says.
            print(f"{name}: {type(fault).__name__}: {fault}")
            continue
        seen = 0
        for text in texts:
            for number, between in re.findall(r"[A-Za-z](\d\d)«([^«»]*)»", text):
                if "…" in between:
                    continue
                seen += 1
                wanted = table[str(int(number))]
                # In the order in which they are likely: as it came, in Markdown, in JSON.
                readings = (between, re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", between), unescaped(between))
                if not any(squeezed(may_be(one)) == squeezed(may_be(wanted)) for one in readings) and between != "":
                    print(f"{name}: {ascii(wanted)} stands as {ascii(between)}")
        if seen == 0 and path.suffix not in (".pdf", ".png"):
            print(f"{name}: says nothing")


main()
