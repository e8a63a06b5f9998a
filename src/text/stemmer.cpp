#include "text/stemmer.hpp"

#include <libstemmer.h>

#include <new>

namespace lacuna {

Stemmer::Stemmer() : handle_(sb_stemmer_new("english", nullptr)) {
  if (handle_ == nullptr) throw std::bad_alloc();
}

Stemmer::~Stemmer() { sb_stemmer_delete(handle_); }

std::string_view Stemmer::stem(std::string_view word) {
  const sb_symbol* stemmed =
      sb_stemmer_stem(handle_, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (stemmed == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(handle_))};
}

}  // namespace lacuna
