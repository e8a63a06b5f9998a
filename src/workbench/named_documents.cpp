#include "workbench/named_documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/explain.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::array<std::string_view, 11> bodies{"ISO",  "IEC",   "IEEE", "ITU-T", "ITU-R", "ETSI",
                                                  "NIST", "OASIS", "RFC",  "CISPR", "ITU"};
constexpr std::size_t most_words_between = 3;  ///< Between the body and the number: "ISO/IEC DIS TR 24028", "ETSI TS 104 223".

bool has_digit(std::string_view word) { return std::ranges::any_of(word, is_digit); }
bool is_upper(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) { return (c >= 'A' && c <= 'Z') || c == '/' || c == '-'; });
}

/// "ISO", "ISO/IEC", "ISO/IEC/IEEE".
bool names_body(std::string_view word) {
  while (!word.empty()) {
    const std::size_t slash = word.find('/');
    if (std::ranges::find(bodies, word.substr(0, slash)) == bodies.end()) return false;
    if (slash == std::string_view::npos) return true;
    word.remove_prefix(slash + 1);
  }
  return false;
}

/// "SG17", "Q8/17", "FG-AI4H": groups of ITU.
bool names_group(std::string_view word) {
  return word.starts_with("SG") || word.starts_with("FG") || (word.size() > 1 && word[0] == 'Q' && has_digit(word.substr(1, 1)));
}

/// "X.1254".
bool is_recommendation(std::string_view word) {
  return word.size() > 3 && word[0] >= 'A' && word[0] <= 'Z' && word[1] == '.' && is_digit(word[2]);
}

std::vector<std::string> words_between_blanks(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto keep = [&] {
    while (!word.empty() && std::string_view(".,;:)").find(word.back()) != std::string_view::npos) word.pop_back();
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '(' || c == ',' || c == ';')
      keep();
    else
      word += c;
  }
  keep();
  return words;
}

}  // namespace

std::vector<std::string> identifiers_in(std::string_view text) {
  const std::vector<std::string> words = words_between_blanks(text);
  std::vector<std::string> found;
  const auto take = [&](const std::string& identifier) {
    if (std::ranges::find(found, identifier) == found.end()) found.push_back(identifier);
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (names_body(words[i])) {
      std::string identifier = words[i];
      for (std::size_t j = i + 1; j < words.size() && j <= i + 1 + most_words_between; ++j) {
        if (names_group(words[j])) break;
        identifier += " " + words[j];
        if (has_digit(words[j])) {
          // ETSI's numbers have a blank: "TS 104 223".
          const bool again = words[i] == "ETSI" && words[j].size() == 3 && j + 1 < words.size() && has_digit(words[j + 1]);
          if (again) identifier += " " + words[++j];
          if (parse_identifier(identifier).space != NumberSpace::other) take(identifier);
          i = j;
          break;
        }
        if (!is_upper(words[j]) && words[j] != "Std" && words[j] != "Rec" && words[j] != "Guide") break;
      }
    } else if (is_recommendation(words[i])) {
      take(words[i]);
    }
  }
  return found;
}

std::vector<NamedDocument> named_documents(const Store& store, const Graph& graph, const std::vector<CatalogueInfo>& catalogues,
                                           const Writing& writing) {
  std::vector<NamedDocument> list;
  for (const std::string& name : identifiers_in(writing.title + "\n" + writing.text)) {
    NamedDocument document;
    document.identifier = name;
    const Identifier identifier = parse_identifier(name);
    for (WorkRecords& work : store.works(name)) {
      if (work.records.empty() || document.record) continue;
      document.record = work.records.front();
      for (RecordRow& record : work.records) {
        if (record.facts.identifier.document() == identifier.document()) document.record = std::move(record);
      }
    }
    document.on_map = std::ranges::any_of(graph.named(name), [&](NodeId id) { return graph.node(id).kind == Kind::deliverable; });
    std::vector<std::string> of_body;
    const std::string body = is_recommendation(name) ? "itu" : lower(name.substr(0, name.find_first_of(" /-")));
    for (const CatalogueInfo& c : catalogues) {
      if (lower(c.name).find(body) == std::string::npos) continue;
      of_body.push_back(dated_source(c.name, c.date));
    }
    document.catalogues = join(of_body, ", ");
    list.push_back(std::move(document));
  }
  return list;
}

}  // namespace lacuna
