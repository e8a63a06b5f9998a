// Workbooks and ZIP archives for tests, made from what stands in them.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lacuna::test {

using Files = std::vector<std::pair<std::string, std::string>>;

/// A ZIP archive of these files; with a password, encrypted.
std::string zip_of(const Files& files, const std::string& password = "");

/// The parts of a workbook with one sheet, "nodes", of that XML between <worksheet> and its end; `shared` stands in <sst>,
/// `styles` in <styleSheet>.
Files parts_of(const std::string& sheet, const std::string& shared = "", const std::string& styles = "");
std::string workbook(const std::string& sheet, const std::string& shared = "", const std::string& styles = "");

}  // namespace lacuna::test
