#include <catch2/catch.hpp>

#include "workbench/named_documents.hpp"

using namespace lacuna;

TEST_CASE("named documents: a text names each document once, as its body writes it") {
  using List = std::vector<std::string>;
  const auto names = [](std::string_view text) {
    List list;
    for (const Citation& c : documents_in(text)) list.push_back(c.identifier.text);
    return list;
  };
  CHECK(names("Logging as in ISO/IEC 24970, and X.1254 (2020); see ISO/IEC 24970.") ==
        List{"ISO/IEC 24970", "ITU-T X.1254 (2020)"});
  CHECK(names("ETSI TS 104 223 and IEEE Std 7003-2024") == List{"ETSI TS 104 223", "IEEE Std 7003-2024"});
  CHECK(names("UIT-T X.1054 on governance, RFCs 5246 and 8446") == List{"ITU-T X.1054", "RFC 5246", "RFC 8446"});
  CHECK(names("ITU-T SG17 and ITU-T Q8/17").empty());
  CHECK(names("The ISO way of 5 things, version 2.0; U.S. law").empty());
}
