#include "support/workbook.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>

namespace lacuna::test {
namespace {

la_ssize_t append(archive* /*a*/, void* user, const void* bytes, std::size_t length) {
  static_cast<std::string*>(user)->append(static_cast<const char*>(bytes), length);
  return static_cast<la_ssize_t>(length);
}

}  // namespace

std::string zip_of(const Files& files, const std::string& password) {
  std::string bytes;
  archive* zip = archive_write_new();
  archive_write_set_format_zip(zip);
  archive_write_set_bytes_per_block(zip, 0);
  if (!password.empty()) {
    archive_write_set_options(zip, "zip:encryption=traditional");
    archive_write_set_passphrase(zip, password.c_str());
  }
  if (archive_write_open(zip, &bytes, nullptr, append, nullptr) != ARCHIVE_OK) throw std::runtime_error("no archive");
  archive_entry* entry = archive_entry_new();
  for (const auto& [name, content] : files) {
    archive_entry_clear(entry);
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    if (archive_write_header(zip, entry) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(zip));
    archive_write_data(zip, content.data(), content.size());
  }
  archive_entry_free(entry);
  archive_write_free(zip);
  return bytes;
}

Files parts_of(const std::string& sheet, const std::string& shared, const std::string& styles) {
  const std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string relationships = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  const auto relationship = [&](const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + office + "/" + type + "\" Target=\"" + target + "\"/>";
  };
  return {
      {"_rels/.rels", relationships + relationship("a", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
      {"xl/workbook.xml", "<workbook" + main + " xmlns:r=\"" + office +
                              "\"><sheets><sheet name=\"nodes\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", relationships + relationship("s", "worksheet", "worksheets/sheet1.xml") +
                                         relationship("t", "sharedStrings", "sharedStrings.xml") +
                                         relationship("f", "styles", "styles.xml") + "</Relationships>"},
      {"xl/worksheets/sheet1.xml", "<worksheet" + main + ">" + sheet + "</worksheet>"},
      {"xl/sharedStrings.xml", "<sst" + main + ">" + shared + "</sst>"},
      {"xl/styles.xml", "<styleSheet" + main + ">" + styles + "</styleSheet>"},
  };
}

std::string workbook(const std::string& sheet, const std::string& shared, const std::string& styles) {
  return zip_of(parts_of(sheet, shared, styles));
}

}  // namespace lacuna::test
