// The floor under reading a catalogue: libyaml's event parser over all files of a folder, one after the other, doing nothing with
// the events.
#include <yaml.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "base/files.hpp"
#include "base/text.hpp"

int main(int argc, char** argv) {
  std::size_t files = 0;
  std::size_t events = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      const std::string bytes = lacuna::read_file(entry.path().string());
      yaml_parser_t parser;
      yaml_parser_initialize(&parser);
      yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
      yaml_event_t event;
      for (bool more = true; more;) {
        if (yaml_parser_parse(&parser, &event) == 0) break;
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        ++events;
      }
      yaml_parser_delete(&parser);
      ++files;
    }
  }
  std::printf("%zu files, %zu events\n", files, events);
}
