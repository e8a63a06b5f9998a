// Words without their endings: Porter 2 for English, by Snowball.
#pragma once

#include <string_view>

struct sb_stemmer;

namespace lacuna {

/// Not for several threads at once.
class Stemmer {
 public:
  Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;
  ~Stemmer();
  /// The stem of a word in lower case; good until the next one is asked for. Linear.
  std::string_view stem(std::string_view word);

 private:
  sb_stemmer* handle_;
};

}  // namespace lacuna
