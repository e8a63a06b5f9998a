#include "cli/served_commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/places.hpp"
#include "lacuna/render.hpp"
#include "server/upload_folder.hpp"

namespace lacuna {
namespace {

/// Keeps what a command answers.
class KeptAnswers : public Answers {
 public:
  explicit KeptAnswers(bool rows) : rows_(rows) {}

  void rows(const Result& result, const ListingArguments& arguments) override {
    if (rows_) {
      answered.rows = result;
      return;
    }
    for (const Listing& listing : listings()) {
      if (listing.name == arguments.format) answered.bytes = listing.render(result, {});
    }
  }
  void bytes(std::string_view bytes, const std::string& /*path*/) override { answered.bytes = std::string(bytes); }
  void note(std::string_view line) override { answered.notes.emplace_back(line); }
  void blanks(const std::vector<std::string>& blanks) override { answered.blanks = blanks; }
  void expect_binary(std::string_view /*format*/, const std::string& /*path*/) override {}

  Answered answered;

 private:
  bool rows_;
};

/// A command line of one command.
struct OneCommand {
  Context context;
  CommandLine program{"lacuna", ""};
  CommandLine* line = nullptr;

  OneCommand(const Context& surroundings, const Command& command) : context(surroundings) {
    line = &program.add_inner(command.name, command.help);
    command.declare(*line, context);
  }
};

bool reads(const Option& option) { return is_one_of(option.type(), input_types()); }
bool writes(const Option& option) { return is_one_of(option.type(), output_types()); }
/// May be typed where it is a text or the name of a state; a path is an upload.
bool reads_or_text(const Option& option) { return reads(option) && option.type() != "FILE" && option.type() != "FOLDER"; }

/// The first of its names that is a word.
std::string field_name(const Option& option) {
  const auto word = std::ranges::find_if(option.names(), [](const std::string& name) { return name.starts_with("--"); });
  const std::string& name = word == option.names().end() ? option.names().front() : *word;
  return name.substr(std::min(name.find_first_not_of('-'), name.size()));
}

/// Where the option stands in for something of the server's own.
bool is_served(const Option& option) {
  const std::string name = field_name(option);
  return name != "help" && name != "format" && name != "fail-on" && !writes(option);
}

Field field_of(const Option& option) {
  Field field{field_name(option), option.help(), option.is_argument()};
  field.many = option.takes_many();
  field.required = option.is_required();
  if (!option.takes_value())
    field.kind = Field::Kind::flag;
  else if (const auto* one = std::get_if<OneOf>(&option.check()))
    field.kind = Field::Kind::choice, field.choices = one->names;
  else if (std::holds_alternative<WholeNumber>(option.check()))
    field.kind = Field::Kind::number;
  else if (reads(option) && !reads_or_text(option))
    field.kind = Field::Kind::file;
  else if (option.type() == "DATE")
    field.kind = Field::Kind::date;
  if (const auto* names = std::get_if<NamesOnMap>(&option.offer())) field.names_of = names->kind;
  if (option.type() == "GROUP" || option.type() == "GROUP,…") field.names_of = "group";
  if (option.type() == "NEED" || option.type() == "NEED,…" || option.type() == "NEED…") field.names_of = "need";
  field.initial = option.initial();
  return field;
}

/// The formats that the option --format of the command names; nothing where it has none.
std::vector<FileFormat> formats_of(const CommandLine& line) {
  std::vector<FileFormat> formats;
  for (const Option& option : line.options()) {
    if (field_name(option) != "format") continue;
    const auto* one = std::get_if<OneOf>(&option.check());
    for (const std::string& name : one == nullptr ? std::vector<std::string>() : one->names) {
      if (name != "table" && name != "map" && name != "db") formats.push_back({name, ""});
    }
  }
  return formats;
}

/// Uploads, and texts that would else be taken for the names of files, as files of their own, for as long as it lives.
class Borrowed {
 public:
  Borrowed() = default;
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  ~Borrowed() {
    std::error_code problem;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, problem);
  }

  std::string file(std::string_view name, std::string_view bytes) {
    if (folder_.empty()) folder_ = upload_folder();
    const std::string ending = lower(std::filesystem::path(name).extension().string());
    const bool plain =
        ending.size() < 8 && std::ranges::all_of(ending, [](char c) { return c == '.' || is_letter(c) || is_digit(c); });
    const std::string path = (folder_ / fmt::format("{}{}", ++files_, plain ? ending : std::string())).string();
    write_file(path, bytes);
    return path;
  }

 private:
  std::filesystem::path folder_;
  std::size_t files_ = 0;
};

/// What is typed on the command line for the values of a served.
struct Typed {
  std::vector<std::string> options;
  std::vector<std::string> arguments;
};

/// `file` makes a path of an upload's name and bytes.
Typed typed_for(const CommandLine& line, const NamedTexts& values, const std::vector<Upload>& uploads,
                const std::function<std::string(std::string_view name, std::string_view bytes)>& file) {
  Typed typed;
  for (const Option& option : line.options()) {
    if (!is_served(option)) continue;
    const std::string name = field_name(option);
    const auto add = [&](const std::string& value) {
      if (option.is_argument())
        typed.arguments.push_back(value);
      else
        typed.options.push_back(fmt::format("--{}={}", name, value));
    };
    for (const auto& [n, value] : values) {
      if (n != name || value.empty()) continue;
      if (!option.takes_value())
        typed.options.push_back("--" + name);
      else if (!reads(option))
        add(value);
      else if (option.type() == "TEXT|FILE")
        add(file("text.txt", value));
      else if (reads_or_text(option))
        add("tag:" + value);
    }
    for (const Upload& upload : uploads) {
      if (upload.field == name && reads(option) && !upload.name.empty()) add(file(upload.name, upload.bytes));
    }
  }
  return typed;
}

std::string quoted(const std::string& word) {
  const bool plain = !word.empty() && std::ranges::all_of(word, [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("-_./:,=+@%").find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

Answered asked(const Context& surroundings, const Command& command, const NamedTexts& values, const std::vector<Upload>& uploads,
               const std::string& format) {
  OneCommand one(surroundings, command);
  Borrowed borrowed;
  const Typed typed = typed_for(*one.line, values, uploads,
                                [&](std::string_view name, std::string_view bytes) { return borrowed.file(name, bytes); });
  std::vector<std::string> words{"lacuna", std::string(command.name)};
  words.insert(words.end(), typed.options.begin(), typed.options.end());
  const bool has_formats = !formats_of(*one.line).empty();
  if (!format.empty() && has_formats) words.push_back("--format=" + format);
  words.emplace_back("--");
  words.insert(words.end(), typed.arguments.begin(), typed.arguments.end());
  std::vector<const char*> pointers;
  for (const std::string& word : words) pointers.push_back(word.c_str());
  const Parsed parsed = parse(one.program, static_cast<int>(pointers.size()), pointers.data());
  if (parsed.outcome != Parsed::Outcome::runs) throw Error(ErrorCode::usage, "", parsed.text);
  KeptAnswers answers(format.empty());
  one.context.answers = &answers;
  one.program.run();
  return std::move(answers.answered);
}

std::string command_text(const Context& surroundings, const Command& command, const NamedTexts& values,
                         const std::vector<Upload>& uploads, const std::string& format) {
  OneCommand one(surroundings, command);
  // A file goes by the name that the user knows it by, a text as itself.
  const Typed typed = typed_for(*one.line, values, uploads, [](std::string_view name, std::string_view bytes) {
    return std::string(name == "text.txt" ? bytes : name);
  });
  std::string text = fmt::format("lacuna {}", command.name);
  for (const std::string& word : typed.arguments) text += " " + quoted(word.starts_with("tag:") ? word.substr(4) : word);
  for (const std::string& option : typed.options) {
    const std::size_t equals = option.find('=');
    text += " " + option.substr(0, equals);
    if (equals != std::string::npos) text += " " + quoted(option.substr(equals + 1));
  }
  if (!format.empty() && command.makes == Command::Makes::rows) text += " --format " + format;
  if (!format.empty()) text += fmt::format(" -o {}.{}", command.name, format);
  return text;
}

}  // namespace

std::vector<ServedCommand> served_commands(const Context& context) {
  std::vector<ServedCommand> list;
  for (const Command& command : commands()) {
    if (command.makes != Command::Makes::rows && command.makes != Command::Makes::file) continue;
    const OneCommand one(context, command);
    ServedCommand served{std::string(command.name), std::string(command.help)};
    served.makes_file = command.makes == Command::Makes::file;
    for (const Option& option : one.line->options()) {
      if (is_served(option)) served.fields.push_back(field_of(option));
    }
    served.formats = formats_of(*one.line);
    if (served.formats.empty()) served.formats.push_back({"html", ""});
    served.ask = [&context, &command](const NamedTexts& values, const std::vector<Upload>& uploads, const std::string& format) {
      return asked(context, command, values, uploads, format);
    };
    served.command = [&context, &command](const NamedTexts& values, const std::vector<Upload>& uploads,
                                          const std::string& format) {
      return command_text(context, command, values, uploads, format);
    };
    list.push_back(std::move(served));
  }
  return list;
}

}  // namespace lacuna
