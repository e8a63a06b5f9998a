#!/usr/bin/python3
"""Makes the workbooks in valid/ and invalid/ anew. Run where a sample is to change; their bytes differ from run to run."""
import datetime
import os
import zipfile

import openpyxl
from openpyxl.comments import Comment

os.chdir(os.path.dirname(os.path.abspath(__file__)))

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
HEADER = ["id", "kind", "title"]


def save(name, sheets, edit=None):
    """With openpyxl: sheets is {name: rows}."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    if edit:
        edit(book)
    book.save(name)


def pack(name, sheets, shared=None, styles=None, date1904=False, extra=()):
    """By hand: sheets is {name: XML inside <worksheet>}."""
    parts = {"_rels/.rels": RELATIONS % f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'}
    listed, relations = "", ""
    for i, (title, xml) in enumerate(sheets.items(), 1):
        listed += f'<sheet name="{title}" sheetId="{i}" r:id="s{i}"/>'
        relations += f'<Relationship Id="s{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        parts[f"xl/worksheets/sheet{i}.xml"] = f"<worksheet {MAIN}>{xml}</worksheet>"
    if shared is not None:
        relations += f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{shared}</sst>"
    if styles is not None:
        relations += f'<Relationship Id="f" Type="{OFFICE}/styles" Target="styles.xml"/>'
        parts["xl/styles.xml"] = f"<styleSheet {MAIN}>{styles}</styleSheet>"
    parts["xl/_rels/workbook.xml.rels"] = RELATIONS % relations
    properties = f'<workbookPr date1904="{int(date1904)}"/>'
    parts["xl/workbook.xml"] = f'<workbook {MAIN} xmlns:r="{OFFICE}">{properties}<sheets>{listed}</sheets></workbook>'
    parts.update(extra)
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, xml in parts.items():
            archive.writestr(part, xml)


def inline(*rows):
    out = ""
    for row in rows:
        out += "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
    return f"<sheetData>{out}</sheetData>"


# ---- valid --------------------------------------------------------------------------------------------------------------------

def with_notes(book):
    book["nodes"]["A1"].comment = Comment("The identifier.", "A")
    book["nodes"].freeze_panes = "A2"


save("valid/nodes-and-links.xlsx", {
    "nodes": [
        ["ID", "Kind", "Title", "Description", "Aliases", "Priority", "State", "Published", "Source", "Seen", "part of", "Clause count"],
        ["O1", "objective", "Trust", None, None, None, None, None, None, None, None, None],
        ["R1", "Requirement", "Drift monitoring", "Watch it.\nAlways.", "drift; R.1", 4, None, None, "Report",
         datetime.date(2026, 4, 2), None, None],
        [],
        ["X.1", "deliverable", "Monitoring", None, None, None, "published", datetime.date(2019, 6, 22), None, None, None, 12],
        ["SG17", "group", "Security", None, None, None, None, None, None, None, None, 2.5],
    ],
    "Sheet2": [],
    "links": [
        ["From", "Relation", "To", "Degree", "Strength", "Rationale", "On"],
        ["R1", "serves", "O1", None, None, None, None],
        ["SG17", "develops", "X.1", None, None, None, None],
        ["X.1", "covers", "R1", "partial", 7.0, "Clause 7 asks for monitoring.", datetime.date(2026, 4, 2)],
    ],
}, with_notes)

# Inline texts, no places in cells, rich text with its pronunciation.
pack("valid/inline-texts.xlsx", {"Tabelle1": inline(HEADER, ["R1", "requirement", "Überwachung &amp; Austausch"])
                                 .replace("<t>R1</t>", "<r><t>R</t></r><r><t>1</t></r><rPh sb='0' eb='1'><t>ER</t></rPh>")})
pack("valid/rich-shared-texts.xlsx", {"nodes": "<sheetData><row r='2'>" + "".join(
    f"<c r='{c}2' t='s'><v>{i}</v></c>" for i, c in enumerate("ABC")) + "</row><row r='4' hidden='1'>" + "".join(
        f"<c r='{c}4' t='s'><v>{i + 3}</v></c>" for i, c in enumerate("ABC")) + "</row></sheetData>"},
     "".join(f"<si><t>{t}</t></si>" for t in HEADER) + "<si><t> R1 </t></si><si><t>requirement</t></si>"
     "<si><r><rPr><b/></rPr><t>Drift </t></r><r><t>monitoring</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>")

# Dates: built-in and own formats, both epochs, texts and ISO 8601 cells.
FORMATS = ('<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy"/><numFmt numFmtId="165" formatCode="[$-409]mmm\\ yyyy;@"/>'
           '<numFmt numFmtId="166" formatCode="&quot;day&quot; 0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
           + "".join(f'<xf numFmtId="{n}"/>' for n in (0, 14, 164, 165, 17, 166)) + "</cellXfs>")


def dates(first):
    rows = "<row>" + "".join(f'<c t="str"><v>{t}</v></c>' for t in HEADER + ["published", "state"]) + "</row>"
    for i, cell in enumerate([f'<c s="1"><v>{first}</v></c>', f'<c s="1"><v>{first}.75</v></c>', f'<c s="2"><v>{first}</v></c>',
                              f'<c s="3"><v>{first}</v></c>', f'<c s="4"><v>{first}</v></c>', '<c s="5"><v>2019</v></c>',
                              '<c><v>2019</v></c>', '<c t="d"><v>2019-06-22T12:00:00</v></c>', '<c t="str"><v>2019-06</v></c>']):
        rows += "<row>" + "".join(f'<c t="str"><v>{t}</v></c>' for t in [f"D{i}", "deliverable", "t"]) + cell + '<c t="str"><v>published</v></c></row>'
    return {"nodes": f"<sheetData>{rows}</sheetData>"}


pack("valid/dates.xlsx", dates(43638), styles=FORMATS)
pack("valid/dates-since-1904.xlsx", dates(43638 - 1462), styles=FORMATS, date1904=True)


def merge(book):
    sheet = book["links"]
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")


save("valid/merged-cells.xlsx", {
    "nodes": [HEADER, ["R1", "requirement", "t"], ["R2", "requirement", "t"], ["R3", "requirement", "t"], ["T1", "threat", "t"]],
    "links": [["from", "relation", "to"], ["R1", "counters", "T1"], [None, None, "T2"]],
}, lambda book: (merge(book), book["nodes"].append(["T2", "threat", "t"])))

# Stored values of formulas; TRUE and FALSE.
pack("valid/formulas-and-truth.xlsx", {"nodes": "<sheetData><row>" + "".join(f'<c t="str"><v>{t}</v></c>' for t in HEADER + ["priority", "checked"]) +
     '</row><row><c t="str"><f>"R"&amp;1</f><v>R1</v></c><c t="str"><v>requirement</v></c><c t="str"><f>A2</f><v>R1</v></c>'
     '<c><f>2+2</f><v>4.0</v></c><c t="b"><v>1</v></c></row></sheetData>'})

# ---- invalid ------------------------------------------------------------------------------------------------------------------

save("invalid/faults-in-rows.xlsx", {
    "nodes": [HEADER + ["priority", "published"], ["R1", "requirment", "t", 4, None], ["R2", "requirement", "#N/A", 9, None],
              [], ["R3", "requirement", None, None, None], ["D1", "deliverable", "t", None, "06/2019"], ["r1", "requirement", "t", None, None]],
    "links": [["from", "relation", "to", "degree"], ["R1", "serves", "R2", None], ["D9", "covers", "R9", "half"], ["D9", "part-of", "R9", None]],
})
save("invalid/sheets-left-aside.xlsx", {
    "meetings": [["From", "To", "Place"], ["2019-01-21", "2019-01-22", "Geneva"]],
    "nodes": [HEADER, ["R1", "requirement", "t"]],
    "how to": [["Write one node a row."]],
    "log": [["Our list of needs"], [], HEADER],
})
save("invalid/no-table.xlsx", {"Sheet1": [["Name", "Telephone"], ["A", 1]], "Sheet2": []})
save("invalid/no-kind.xlsx", {"nodes": [["id", "title"], ["R1", "t"]]})
save("invalid/no-rows-at-all.xlsx", {"Sheet1": []})
save("invalid/column-without-a-name.xlsx", {"nodes": [HEADER, ["R1", "requirement", "t", "x"], ["R2", "requirement", "t", "y", "z"]]})
save("invalid/formula-without-a-value.xlsx", {"nodes": [HEADER, ["R1", "requirement", "=A2"], ["R2", "requirement", "=A3"]]})
pack("invalid/points-to-no-text.xlsx", {"nodes": '<sheetData><row r="3"><c r="A3" t="s"><v>1</v></c></row></sheetData>'}, "<si><t>id</t></si>")
pack("invalid/cell-of-another-row.xlsx", {"nodes": '<sheetData><row r="3"><c r="A4"><v>1</v></c></row></sheetData>'})
pack("invalid/rows-out-of-order.xlsx", {"nodes": '<sheetData><row r="3"><c r="A3"><v>1</v></c></row><row r="2"/></sheetData>'})
pack("invalid/declares-a-document-type.xlsx", {"nodes": inline(HEADER)}, extra=[(
    "xl/worksheets/sheet1.xml", f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet {MAIN}>&x;</worksheet>')])
pack("invalid/part-missing.xlsx", {"nodes": inline(HEADER)}, extra=[(
    "xl/_rels/workbook.xml.rels", RELATIONS % f'<Relationship Id="s1" Type="{OFFICE}/worksheet" Target="worksheets/sheet9.xml"/>')])
pack("invalid/not-well-formed.xlsx", {"nodes": "<sheetData>\n<row></sheetData>"})
with zipfile.ZipFile("invalid/opendocument.xlsx", "w") as archive:
    archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
with zipfile.ZipFile("invalid/zip-of-something-else.xlsx", "w") as archive:
    archive.writestr("word.txt", "no workbook")
with zipfile.ZipFile("invalid/binary-workbook.xlsx", "w") as archive:
    archive.writestr("_rels/.rels", RELATIONS % f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/>')
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
files = {
    "old-workbook": COMPOUND + "Workbook".encode("utf-16-le"),
    "encrypted": COMPOUND + "EncryptedPackage".encode("utf-16-le"),
    "csv-under-a-wrong-name": b"id,kind,title\n",
    "empty-file": b"",
    "cut-in-the-middle": open("valid/nodes-and-links.xlsx", "rb").read()[:2000],
}
for name, data in files.items():
    with open(f"invalid/{name}.xlsx", "wb") as out:
        out.write(data)
