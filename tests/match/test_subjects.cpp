#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "lacuna/match.hpp"

using namespace lacuna;

namespace {

/// Words that many titles have, by their stems; of all others no text has one.
Comparison comparison_of(const std::vector<std::string>& titles = {}) {
  static const std::map<std::string, double> common = {
      {"secur", 3.0},    {"guidelin", 3.1}, {"framework", 3.2}, {"requir", 1.2},   {"general", 2.2}, {"part", 0.9},
      {"system", 1.5},   {"machin", 3.3},   {"learn", 5.0},     {"digit", 2.3},    {"network", 1.9}, {"twin", 6.3},
      {"proof", 5.8},    {"concept", 4.0},  {"ident", 4.0},     {"recoveri", 5.4}, {"inform", 2.0},  {"technolog", 2.0},
      {"techniqu", 3.0}, {"servic", 2.0},   {"ieee", 2.5},      {"approv", 3.0},   {"draft", 2.0},   {"standard", 1.5}};
  return {[](const std::string& stem) {
            const auto found = common.find(stem);
            return found == common.end() ? 10.0 : found->second;
          },
          titles_with_part(titles),
          {{"ai", "artificial intelligence"}, {"iot", "internet things"}}};
}

Closeness closeness(Comparison& c, const Writing& proposal, const Writing& document) {
  const Overlap overlap = c.overlap(c.prepare(proposal), c.prepare(document));
  return c.closeness(c.subject(proposal), c.subject(document), overlap, {0.6, 0.75, 0.35});
}

std::string near(const std::string& proposal, const std::string& document, const std::vector<std::string>& titles = {}) {
  Comparison c = comparison_of(titles);
  const Closeness found = closeness(c, {proposal, ""}, {document, ""});
  return std::string(name_of(found.nearness)) + (found.why.empty() ? "" : ": " + found.why);
}

}  // namespace

TEST_CASE("subjects: what acts on what tells two titles of the same words apart") {
  CHECK(near("Security of digital twins", "Security guidelines for digital twins") == "same-subject");
  CHECK(near("Digital twins for security", "Security guidelines for digital twins") ==
        "neighbouring: the same words in other roles: there security for digital, here digital for security");
  CHECK(near("Security using digital twins", "Security of digital twins") ==
        "neighbouring: the same words in other roles: there security for digital, here digital for security");
  CHECK(near("Twin-based security", "Security of twins") ==
        "neighbouring: the same words in other roles: there security for twin, here twin for security");
}

TEST_CASE("subjects: names of series count for little, and what sets their parts apart for all") {
  const std::vector<std::string> titles(40, "Information technology - Security techniques - Other");
  CHECK(near("Entity authentication assurance framework",
             "Information technology - Security techniques - Entity authentication assurance framework",
             titles) == "same-subject");
  CHECK(near("Entity authentication assurance - Part 1: Model", "Entity authentication assurance - Part 2: Zebras") ==
        "neighbouring: another part of “Entity authentication assurance”");
  CHECK(near("Entity authentication assurance - Part 1: Model", "Entity authentication assurance; Model") == "same-subject");
  CHECK(near("Guidelines for incident reporting", "Zebra fields; Incident reporting; Part 1: Common container",
             std::vector<std::string>(40, "Zebra fields; Other")) == "same-subject: a part of a series that has the subject");
}

TEST_CASE("subjects: a number, an aspect, a kind of document or a word in the place of another makes another subject") {
  CHECK(near("Symbology specification of Code 39", "Symbology specification of Code 128") == "neighbouring: on 128, not 39");
  CHECK(near("Security requirements for zebra crossings", "Functional requirements for zebra crossings") != "same-subject");
  CHECK(near("Security requirements for zebra crossings", "Requirements for zebra crossings") ==
        "neighbouring: on the same object, without security");
  CHECK(near("Requirements for zebra crossings", "Performance of zebra crossings") != "same-subject");
  CHECK(near("Framework of zebra crossings", "Requirements for zebra crossings") ==
        "neighbouring: on the same object: requirements, not framework");
  CHECK(near("Zebra crossings of distribution lines over rivers", "Zebra crossings of transmission lines over rivers") ==
        "neighbouring: on transmission, not distribution");
}

TEST_CASE("subjects: a neighbour shares a phrase or a word that few texts have, in the same form") {
  CHECK(near("Deepfakes in identity proofing", "Identity proofing of customers") == "neighbouring: shares “identity proofing”");
  CHECK(near("Identity proofing", "Proofs of concept") == "similar-words");
  CHECK(near("Ransomware recovery", "Energy recovery") == "similar-words");
  CHECK(near("Detection of deepfakes", "Deepfakes and zebras") == "neighbouring: shares “deepfake”, which few texts have");
  // A word of many texts says nothing by itself, and nor does a phrase of two such words.
  CHECK(near("Machine learning of zebras", "Machine learning for systems") == "similar-words");
}

TEST_CASE("subjects: short forms, dashes without blanks and words on the standing of a document do not set titles apart") {
  CHECK(near("Security of AI", "Security of artificial intelligence") == "same-subject");
  CHECK(near("Zebra crossings", "IEEE Approved Draft Standard for Zebra Crossings") == "same-subject");
  CHECK(near("Zebra crossings", "Unlike things--Zebra crossings", std::vector<std::string>(9, "Unlike things--x")) ==
        "same-subject");
}

TEST_CASE("subjects: a title without a word has none") {
  Comparison c = comparison_of();
  CHECK(c.subject({"", ""}).parts.empty());
  CHECK(c.subject({"Part 3:", ""}).parts.empty());
  CHECK(closeness(c, {"Part 3:", ""}, {"Zebras", ""}).nearness == Nearness::similar_words);
}
