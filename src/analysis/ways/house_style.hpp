// How a group calls its documents, learned from the titles of those that it has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// A document of the group.
struct OwnTitle {
  std::string identifier;
  std::string title;
};

/// The words before the subject of a title: "Security requirements for".
struct Opening {
  std::string words;
  std::vector<OwnTitle>
      seen;  ///< The titles that begin so, in natural order; empty where none was found and a plain word stands in.
};

class HouseStyle {
 public:
  /// Linear in the titles.
  explicit HouseStyle(const std::vector<OwnTitle>& titles);

  /// The opening that suits a document mostly about needs of that kind: its head is "requirements", "framework", … in the order
  /// in which the kind asks for them; of several with that head the commonest, those that end in "for" or "on" before others; a
  /// plain word where no title has any of the heads.
  /// A protective subject, "protection against fraud", is no asset that has threats: only openings that end in "for" or "on" go
  /// before it, and none that calls the document one on threats.
  [[nodiscard]] Opening opening(Kind lead, bool protective = false) const;
  /// "Information technology — Artificial intelligence — ": what at least half of the titles begin with, or nothing.
  [[nodiscard]] const std::string& introduction() const { return introduction_; }
  /// " — " or " – ": what stands between the elements of titles.
  [[nodiscard]] const std::string& dash() const { return dash_; }
  [[nodiscard]] std::size_t titles() const { return titles_; }

 private:
  struct Seen {
    std::string words;  ///< As the first of them spells it.
    std::vector<OwnTitle> titles;
  };
  std::vector<std::pair<std::string, Seen>> openings_;  ///< By the words in lower case; commonest first.
  std::string introduction_;
  std::string dash_ = " – ";
  std::size_t titles_ = 0;
};

/// A phrase as it reads inside a title: the first letter small, unless the word is an abbreviation ("AI agents") .
std::string inside_title(std::string phrase);
/// The same as what a work item is about: what is done ("prevention of recovery of training data"), not what is not to be ("No
/// recovery of training data").
std::string subject_title(std::string phrase);

}  // namespace lacuna
