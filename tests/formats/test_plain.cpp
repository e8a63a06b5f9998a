// Text out of mark-up.
#include <catch2/catch.hpp>

#include "formats/plain.hpp"

using namespace lacuna;

namespace {

/// The plain text, with "!" after it where there was mark-up.
std::string plain(std::string_view text) {
  bool marked = false;
  std::string result = plain_text(text, &marked);
  return marked ? result + "!" : result;
}

}  // namespace

TEST_CASE("plain text: what has no mark-up stays as it is") {
  CHECK(plain("") == "");
  CHECK(plain("Invented things, part 2") == "Invented things, part 2");
  CHECK(plain("Caf\u00E9 \u2013 \u4E2D\u6587 \U0001F600") == "Caf\u00E9 \u2013 \u4E2D\u6587 \U0001F600");
}

TEST_CASE("plain text: every run of blanks is one, and none stands at the ends") {
  CHECK(plain("  a \t\r\n  b  ") == "a b");
  CHECK(plain(" \r\n ") == "");
  CHECK(plain("a\u00A0b") == "a b");
  CHECK(plain("a\u200Bb") == "ab");
}

TEST_CASE("plain text: control characters part words and never come out") {
  CHECK(plain("a\x01\x1B[2Jb\x7F") == "a [2Jb");
  CHECK(plain("a\u0085b\u009Fc") == "a b c");
  CHECK(plain(std::string_view("a\0b", 3)) == "a b");
  CHECK(plain("&#27;[2J&#0;") == "&#27;[2J&#0;");
}

TEST_CASE("plain text: tags of blocks part words, tags of phrases do not") {
  CHECK(plain("<p>One.</p><p class=\"x\">Two.</p>") == "One. Two.!");
  CHECK(plain("one<br />two<BR>three") == "one two three!");
  CHECK(plain("<ul><li>a</li><li>b</li></ul>") == "a b!");
  CHECK(plain("H<sub>2</sub>O, m<sup>2</sup>") == "H2O, m2!");
  CHECK(plain("an <em>in</em>vented <i>th</i>ing, <strong>st</strong>rong, <span lang=\"en\">sp</span>an") ==
        "an invented thing, strong, span!");
  CHECK(plain("<B>b</B>old, <a href=\"https://example.org/\">l</a>ink") == "bold, link!");
  CHECK(plain("a<section>b</section>c<p class=\"subtitle\">d</p><img src=\"x\">e") == "a b c d e!");
  CHECK(plain("<!-- NEW! -->It is new.") == "It is new.!");
}

TEST_CASE("plain text: a sign that opens no tag is a sign") {
  CHECK(plain("a < b and c > d") == "a < b and c > d");
  CHECK(plain("f <20 Hz") == "f <20 Hz");
  CHECK(plain("see <https://example.org/>") == "see <https://example.org/>");
  CHECK(plain("left <open") == "left <open");
  CHECK(plain("<") == "<");
  CHECK(plain("a </") == "a </");
}

TEST_CASE("plain text: character references become characters") {
  CHECK(plain("AT&amp;T &lt;x&gt; &quot;q&quot; &apos;a&apos;") == "AT&T <x> \"q\" 'a'!");
  CHECK(plain("a&nbsp;b&#160;c") == "a b c!");
  CHECK(plain("&#8482; &#x2122; &trade;") == "\u2122 \u2122 \u2122!");
  CHECK(plain("it&rsquo;s &ndash; &Omega; &ge; 2 &micro;m") == "it\u2019s \u2013 \u03A9 \u2265 2 \u00B5m!");
  CHECK(plain("&#128512;") == "\U0001F600!");
}

TEST_CASE("plain text: a reference is read once, so that what it stands for is not read again") {
  CHECK(plain("&amp;lt;p&amp;gt;") == "&lt;p&gt;!");
  CHECK(plain("&lt;p&gt;") == "<p>!");
}

TEST_CASE("plain text: numbers of Windows' characters are meant as such") {
  CHECK(plain("&#145;a&#146; &#150; &#x80;") == "\u2018a\u2019 \u2013 \u20AC!");
  CHECK(plain("&#129;") == "&#129;");
}

TEST_CASE("plain text: what is no reference stays") {
  CHECK(plain("R&D; Q & A; &unknown; &2014; &;") == "R&D; Q & A; &unknown; &2014; &;");
  CHECK(plain("&#xD800; &#1114112; &#99999999999; &#x; &#12a;") == "&#xD800; &#1114112; &#99999999999; &#x; &#12a;");
  CHECK(plain("a &amp") == "a &amp");
}

TEST_CASE("plain text: who does not ask for mark-up is not told") { CHECK(plain_text("<b>x</b>&amp;") == "x&"); }
