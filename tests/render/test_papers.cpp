// Papers as Markdown, HTML and JSON, and what all formats share.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <functional>
#include <set>

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "lacuna/paper.hpp"
#include "render/papers.hpp"
#include "support/process.hpp"
#include "support/sample_paper.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

Passage paragraph(Prose prose) { return {Passage::Kind::paragraph, 1, {}, std::move(prose), {}}; }

std::string markdown_of(const Prose& prose) {
  const std::string text = render_paper_markdown(paper_of({paragraph(prose)}), {});
  return text.substr(5, text.size() - 6);
}

}  // namespace

TEST_CASE("papers: the table of formats names each once, and Word's alone takes a template") {
  std::vector<std::string> names;
  for (const PaperFormat& format : paper_formats()) {
    names.push_back(std::string(format.name));
    CHECK_FALSE(format.help.empty());
    CHECK(format.takes_template == (format.name == "docx"));
  }
  CHECK(names == std::vector<std::string>{"md", "html", "docx", "json"});
}

TEST_CASE("papers: the same paper gives the same bytes in every format, and an empty one is a paper") {
  const Paper paper = sample_paper();
  for (const PaperFormat& format : paper_formats()) {
    CHECK(format.render(paper, {}) == format.render(paper, {}));
    CHECK_FALSE(format.render(Paper{}, {}).empty());
  }
}

TEST_CASE("papers: without the annex nothing is left of it, its comments and what only it cited") {
  Paper paper;
  paper.title = "T";
  Run commented{"date", Run::Kind::plain, {3}};
  commented.comment = "why this date";
  paper.passages = {paragraph({commented}),
                    {Passage::Kind::heading, 1, std::string(annex_key), {{"Annex"}}, {}},
                    paragraph({{"behind", Run::Kind::plain, {2}}}),
                    {Passage::Kind::heading, 2, "more", {{"More"}}, {}},
                    {Passage::Kind::heading, 1, "last", {{"Last"}}, {}},
                    paragraph({{"end", Run::Kind::plain, {1, 3}}})};
  paper.references = {{"A", "A"}, {"B", "B"}, {"C", "C"}};
  const Paper filed = without_annex(paper);
  CHECK(render_paper_markdown(filed, {}) ==
        "# T\n\ndate \\[[1](#reference-1)\\]\n\n## Last\n\nend \\[[2](#reference-2), [1](#reference-1)\\]\n\n## References\n\n"
        "1. <a id=\"reference-1\"></a>C\n2. <a id=\"reference-2\"></a>A\n");
  CHECK(filed.passages[0].text[0].comment.empty());
  CHECK(render_paper_docx(filed, {}).find("comments") == std::string::npos);
}

TEST_CASE("papers: a column is as wide as its longest word in a wide font, and takes the room from others") {
  PaperTable table;
  table.columns = {"State", "Why"};
  table.widths = {0.1, 0.9};
  table.rows = {{"", {{{{{"disinformation"}}}}, {{{{"a short word"}}}}}}};
  const WordSafeShares safe = word_safe_shares(table, 48);
  CHECK(safe.fits);
  // These letters of DejaVu Sans are 7.2 font sizes wide; the cell's borders and padding come on top.
  CHECK(safe.shares[0] * 48 > 7.2 + 1);
  CHECK(safe.shares[0] * 48 < 9.5);
  CHECK(safe.shares[0] + safe.shares[1] == Approx(1));
  // A hyphen breaks a word; what is cited does not begin a line.
  table.rows[0].cells[0].paragraphs = {{{"partly-covered", Run::Kind::plain, {12}}}};
  CHECK(word_safe_shares(table, 48).shares[0] < safe.shares[0] + 0.01);
  table.rows[0].cells[0].paragraphs = {{{std::string(400, 'W')}}};
  CHECK(word_safe_shares(table, 48).shares[0] == Approx(0.45));
  table.columns.assign(12, "Counterparts");
  table.rows.clear();
  CHECK_FALSE(word_safe_shares(table, 48).fits);
}

TEST_CASE("paper as Markdown: a small one, whole") {
  CHECK(render_paper_markdown(small_paper(), {}) ==
        "# A note\n\n"
        "First **strong** and *weak*. \\[[1](#reference-1)\\]\n\n"
        "## One\n\n- a\n  - b\n- c\n\n"
        "### Two\n\n**\\[to be filled in: who\\]**\n\n"
        "## References\n\n"
        "1. <a id=\"reference-1\"></a>[X.1](https://example.org/x.1), *A title*, ITU-T, published, 2019\n");
}

TEST_CASE("paper as Markdown: mark-up in texts stays text") {
  CHECK(markdown_of({{"<b>x</b> & \"y\" | *z* _u_ [l](http://e) `c` #1 $m$ ~~s~~ a\\b"}}) ==
        "&lt;b&gt;x&lt;/b&gt; &amp; \"y\" \\| \\*z\\* \\_u\\_ \\[l\\](http://e) \\`c\\` \\#1 \\$m\\$ \\~\\~s\\~\\~ a\\\\b");
  CHECK(markdown_of({{"12. not a list"}}) == "12\\. not a list");
  CHECK(markdown_of({{"1) nor this"}}) == "1\\) nor this");
  CHECK(markdown_of({{"- nor this"}}) == "\\- nor this");
  CHECK(markdown_of({{"    no code"}}) == "no code");
  CHECK(markdown_of({{":smile: 10:30: a:b"}}) == "\\:smile: 10\\:30: a:b");
  CHECK(markdown_of({{"a\nb\x1B[2J"}}) == "a b \\[2J");
  CHECK(markdown_of({{"\u4EBA\u5DE5 \u0623\u0645\u0646 \u05D0\u05D1 \U0001F600"}}) ==
        "\u4EBA\u5DE5 \u0623\u0645\u0646 \u05D0\u05D1 \U0001F600");
}

TEST_CASE("paper as Markdown: marks stand at words, and two that meet are one") {
  CHECK(markdown_of({{"a"}, {" b ", Run::Kind::strong}, {"c"}}) == "a **b** c");
  CHECK(markdown_of({{"a", Run::Kind::strong}, {"b", Run::Kind::strong}}) == "**ab**");
  CHECK(markdown_of({{"see"}, {"x", Run::Kind::plain, {}, "https://e.org/(a) b"}}) == "see[x](https://e.org/%28a%29%20b)");
  CHECK(markdown_of({{"x", Run::Kind::plain, {}, "javascript:alert(1)"}}) == "x");
  CHECK(markdown_of({{"x", Run::Kind::plain, {7}}}) == "x \\[7\\]");
}

TEST_CASE("paper as Markdown: a form of short answers is a table, one of long answers labels and paragraphs") {
  PaperTable form;
  form.rows = {{"a", {{{{{"Question"}}}}, {{{{"10/17"}}}}}}, {"b", {{{{{"Scope | part"}}}}, {{{{"One."}}}}}}};
  CHECK(render_paper_markdown(paper_of({{Passage::Kind::table, 1, {}, {}, form}}), {}) ==
        "# T\n\n|  |  |\n| --- | --- |\n| **Question** | 10/17 |\n| **Scope \\| part** | One. |\n");
  form.rows[1].cells[1].paragraphs.push_back({{"Two."}});
  CHECK(render_paper_markdown(paper_of({{Passage::Kind::table, 1, {}, {}, form}}), {}) ==
        "# T\n\n**Question:** 10/17\n\n**Scope \\| part:**\n\nOne.\n\nTwo.\n");
}

TEST_CASE("paper as Markdown: items are never nested deeper than below the one before") {
  const auto item = [](int level, const char* text) { return Passage{Passage::Kind::item, level, {}, {{text}}, {}}; };
  CHECK(render_paper_markdown(paper_of({item(3, "a"), item(3, "b"), item(1, "c"), paragraph({{"p"}}), item(2, "d")}), {}) ==
        "# T\n\n- a\n  - b\n- c\n\np\n\n- d\n");
}

TEST_CASE("paper as HTML: a small one, its body whole") {
  const std::string page = render_paper_html(small_paper(), {});
  CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"));
  CHECK(page.substr(page.find("<body>")) ==
        "<body>\n<header>\n<h1 dir=\"auto\">A note</h1>\n</header>\n<main>\n"
        "<p dir=\"auto\">First <strong>strong</strong> and <em>weak</em>. <span class=\"cite\">[<a id=\"cite-1-1\" "
        "href=\"#reference-1\">1</a>]</span></p>\n"
        "<h2 dir=\"auto\">One</h2>\n\n<ul>\n<li dir=\"auto\">a\n<ul>\n<li dir=\"auto\">b</li>\n</ul>\n</li>\n<li "
        "dir=\"auto\">c</li>\n</ul>\n"
        "<h3 dir=\"auto\">Two</h3>\n<p dir=\"auto\"><mark>[to be filled in: who]</mark></p>\n"
        "<section aria-labelledby=\"references\">\n<h2 id=\"references\">References</h2>\n<ol class=\"references\">\n"
        "<li id=\"reference-1\" dir=\"auto\"><a href=\"https://example.org/x.1\">X.1</a>, <cite>A title</cite>, ITU-T, "
        "published, 2019 "
        "<a class=\"back\" href=\"#cite-1-1\" aria-label=\"back to citation 1 of reference 1\">\u21A9</a></li>\n"
        "</ol>\n</section>\n</main>\n</body>\n</html>\n");
}

TEST_CASE("paper as HTML: nothing of a text becomes mark-up, nothing is fetched, every anchor has its place") {
  const std::string page = render_paper_html(sample_paper(), {});
  CHECK(holds(page, "<p dir=\"auto\">&lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot; | *z* _u_ [l](http://e) `c` #1 $m$ :smile:</p>"));
  CHECK_FALSE(holds(page, "<script"));
  CHECK_FALSE(holds(page, "javascript:"));
  CHECK_FALSE(holds(page, " src="));
  CHECK_FALSE(holds(page, "<link"));
  CHECK(holds(page, "<th scope=\"row\" dir=\"auto\">Question(s)</th><td dir=\"auto\">10/17 and 15/17</td>"));
  CHECK(holds(page, "<th scope=\"col\" dir=\"auto\">Need</th>"));
  CHECK(holds(page, "<td dir=\"auto\" class=\"tint-1F5130\">"));
  CHECK(holds(page, ".tint-1F5130,.tint-1F5130 a{background:#1F5130;color:#ffffff}\n"));
  CHECK_FALSE(holds(page, " style=\""));
  // Its policy lets in its own style and nothing else.
  const std::size_t style = page.find("<style>") + 7;
  CHECK(
      holds(page, fmt::format("content=\"default-src 'none'; style-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action "
                              "'none'\">",
                              base64(sha256(page.substr(style, page.find("</style>") - style))))));
  CHECK(holds(page, "href=\"https://example.org/a%20b\""));
  std::set<std::string> ids;
  for (std::size_t at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1)) {
    const std::string id = page.substr(at + 5, page.find('"', at + 5) - at - 5);
    CHECK(ids.insert(id).second);
  }
  for (std::size_t at = page.find("href=\"#"); at != std::string::npos; at = page.find("href=\"#", at + 1)) {
    CHECK(ids.contains(page.substr(at + 7, page.find('"', at + 7) - at - 7)));
  }
}

TEST_CASE("paper as JSON: a small one, whole") {
  CHECK(render_paper_json(small_paper(), {}) == R"({
  "schema": "lacuna:schema/paper-1.json",
  "form": "note",
  "title": "A note",
  "about": "",
  "fields": {},
  "content": [
    {
      "kind": "paragraph",
      "text": "First strong and weak.",
      "runs": [
        {"text": "First "},
        {"text": "strong", "kind": "strong"},
        {"text": " and "},
        {"text": "weak", "kind": "emphasis"},
        {"text": ".", "cites": [1]}
      ]
    }
  ],
  "sections": [
    {
      "key": "one",
      "level": 1,
      "heading": {"text": "One"},
      "content": [
        {"kind": "item", "level": 1, "text": "a"},
        {"kind": "item", "level": 2, "text": "b"},
        {"kind": "item", "level": 1, "text": "c"}
      ],
      "sections": [
        {
          "key": "two",
          "level": 2,
          "heading": {"text": "Two"},
          "content": [
            {"kind": "paragraph", "text": "[to be filled in: who]", "runs": [{"text": "who", "kind": "blank"}]}
          ],
          "sections": []
        }
      ]
    }
  ],
  "references": [
    {
      "number": 1,
      "node": "D1",
      "identifier": "X.1",
      "title": "A title",
      "body": "ITU-T",
      "state": "published, 2019",
      "address": "https://example.org/x.1"
    }
  ]
}
)");
}

TEST_CASE("paper as JSON: the schema holds for it") {
  const Scratch folder;
  (void)folder.file("a.json", render_paper_json(sample_paper(), {}));
  (void)folder.file("b.json", render_paper_json(small_paper(), {}));
  const Finished done =
      run_script("for f in a b; do /usr/bin/python3 -m jsonschema -i $f.json \"$DATA/schema/paper-1.json\" && echo valid; done",
                 folder.path());
  CHECK(done.out == "valid\nvalid\n");
  CHECK(done.err.empty());
}

TEST_CASE("paper as JSON: whatever changes in a paper changes it") {
  const std::string before = render_paper_json(sample_paper(), {});
  std::set<std::string> seen{before};
  const std::function<void(Paper&)> changes[] = {
      [](Paper& p) { p.form = "b"; },
      [](Paper& p) { p.title += "!"; },
      [](Paper& p) { p.about += "!"; },
      [](Paper& p) { p.head[0].second = "x"; },
      [](Paper& p) { p.passages[0].table.caption = "x"; },
      [](Paper& p) {
        p.passages[0].table.widths = {1, 2};
      },
      [](Paper& p) { p.passages[0].table.rows[0].key = "x"; },
      [](Paper& p) { p.passages[0].table.rows[0].key = ""; },
      [](Paper& p) { p.passages[0].table.rows[1].key = "question"; },
      [](Paper& p) { p.passages[0].table.rows[0].cells[0].tint = "FFFFFF"; },
      [](Paper& p) { p.passages[0].table.rows[0].cells[1].tint = "FFFFFF"; },
      [](Paper& p) { p.passages[0].table.rows[0].cells.push_back({}); },
      [](Paper& p) { p.passages[0].table.rows[0].cells.pop_back(); },
      [](Paper& p) { p.passages[0].table.rows[0].cells.clear(); },
      [](Paper& p) { p.passages[0].table.rows[0].cells[0].paragraphs[0][0].kind = Run::Kind::strong; },
      [](Paper& p) { std::swap(p.passages[0].table.rows[0], p.passages[0].table.rows[1]); },
      [](Paper& p) { p.passages[1].level = 2; },
      [](Paper& p) { p.passages[1].key = "x"; },
      [](Paper& p) { p.passages[1].key = ""; },
      [](Paper& p) { p.passages[1].text[0].kind = Run::Kind::emphasis; },
      [](Paper& p) { p.passages[2].kind = Passage::Kind::item; },
      [](Paper& p) { p.passages[2].text[0].cites = {2}; },
      [](Paper& p) { p.passages[2].text[0].text += "!"; },
      [](Paper& p) { p.passages[2].text[0].address = "x"; },
      [](Paper& p) { p.passages[3].level = 3; },
      [](Paper& p) { std::swap(p.passages[3], p.passages[6]); },
      [](Paper& p) { p.passages[8].table.columns[0] = "x"; },
      [](Paper& p) { p.passages[8].table.rows[0].key = "x"; },
      [](Paper& p) { p.passages[8].table.rows[0].cells[1].tint = "ABCDEF"; },
      [](Paper& p) { p.references[0].node = "x"; },
      [](Paper& p) { p.references[0].identifier = "x"; },
      [](Paper& p) { p.references[0].title = "x"; },
      [](Paper& p) { p.references[0].body = "x"; },
      [](Paper& p) { p.references[0].state = "x"; },
      [](Paper& p) { p.references[0].address = "x"; },
      [](Paper& p) { std::swap(p.references[0], p.references[1]); }};
  std::size_t n = 0;
  for (const auto& change : changes) {
    Paper paper = sample_paper();
    change(paper);
    INFO("change " << n++);
    const std::string after = render_paper_json(paper, {});
    CHECK(seen.insert(after).second);
    std::vector<Diagnostic> diagnostics;
    CHECK(json::read(after, "a", diagnostics));
  }
}

TEST_CASE("directions: stretches take signs and blanks between letters of one direction along") {
  const auto told = [](std::string_view text, bool right_to_left) {
    std::string out;
    for (const Stretch& s : stretches_of(text, right_to_left)) out += fmt::format("{}({})", s.right_to_left ? "R" : "L", s.text);
    return out;
  };
  CHECK(told("", false).empty());
  CHECK(told("abc 1, 2", false) == "L(abc 1, 2)");
  CHECK(told("\u05D0 \u05D1, x", true) == "R(\u05D0 \u05D1, )L(x)");
  CHECK(told("\u05D0 \u05D1, x", false) == "R(\u05D0 \u05D1)L(, x)");
  CHECK(told("x (\u05D0) y", false) == "L(x ()R(\u05D0)L() y)");
  CHECK(told("1 \u4EBA", true) == "R(1 )L(\u4EBA)");
  CHECK(reads_right_to_left(std::string_view("12 (\u0623)")));
  CHECK_FALSE(reads_right_to_left(std::string_view("12 x \u0623")));
  CHECK_FALSE(reads_right_to_left(std::string_view("12 \U0001F600")));
}

TEST_CASE("addresses: only what a reader may follow is a link") {
  CHECK(followable("https://e.org/a?b=c#d") == "https://e.org/a?b=c#d");
  CHECK(followable("HTTP://e.org/\u00E9 \"<>") == "HTTP://e.org/%C3%A9%20%22%3C%3E");
  CHECK(followable("http://[::1]/[a]") == "http://[::1]/%5Ba%5D");
  CHECK(followable("mailto:a@e.org") == "mailto:a@e.org");
  for (const char* address :
       {"", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//e.org", "e.org", " https://e.org"})
    CHECK_FALSE(followable(address));
}
