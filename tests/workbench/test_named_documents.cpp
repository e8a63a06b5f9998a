#include <catch2/catch.hpp>

#include "workbench/named_documents.hpp"

using namespace lacuna;

TEST_CASE("named documents: identifiers are found in running text, each once") {
  using List = std::vector<std::string>;
  CHECK(identifiers_in("Logging as in ISO/IEC 24970, and X.1254 (2020); see ISO/IEC 24970.") == List{"ISO/IEC 24970", "X.1254"});
  CHECK(identifiers_in("ETSI TS 104 223 and IEEE Std 7003-2024") == List{"ETSI TS 104 223", "IEEE Std 7003-2024"});
  CHECK(identifiers_in("ITU-T X.1054 on governance").front() == "ITU-T X.1054");
  CHECK(identifiers_in("ITU-T SG17 and ITU-T Q8/17").empty());
  CHECK(identifiers_in("The ISO way of 5 things, version 2.0; U.S. law").empty());
}
