// Completion for the shell, made from the table of commands: commands, options, and the values that they take.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "cli/command.hpp"

namespace lacuna {
namespace {

/// What is offered for an option or argument, as the script reads it: "words a b", "files .docx", "names group"; empty: nothing.
std::string offer_of(const Option& option) {
  std::string offer;
  if (const auto* closed = std::get_if<OneOf>(&option.check()))
    offer = "words " + join(closed->names, " ");
  else if (const auto* files = std::get_if<Files>(&option.offer()))
    offer = "files " + join(files->endings, " ");
  else if (const auto* names = std::get_if<NamesOnMap>(&option.offer()))
    offer = "names " + names->kind;
  else if (option.type().starts_with("GROUP"))
    offer = "names group";
  else if (option.type().starts_with("NEED"))
    offer = "names need";
  else if (is_one_of(option.type(), std::to_array<std::string_view>({"FILE", "FILE…", "PATH", "FOLDER", "MAP"})))
    offer = "files ";
  if (!offer.empty() && option.takes_commas()) offer = "commas " + offer;
  return offer;
}

/// The rows of one command or action: its options, which of them take a value, and what is offered where.
struct Rows {
  std::map<std::string, std::vector<std::string>> places;  ///< By offer: "gaps --kind", "show +".
  std::map<std::string, std::set<std::string>> options;    ///< By command: long names, and the names of its actions.
  std::set<std::string> valued;                            ///< Options that take a value, anywhere.

  void add(const std::string& path, const CommandLine& line) {
    std::size_t place = 0;
    for (const Option& option : line.options()) {
      if (option.is_argument()) {
        const std::string at = option.takes_many() ? "+" : fmt::format("{}", ++place);
        if (const std::string offer = offer_of(option); !offer.empty()) places[offer].push_back(fmt::format("{} {}", path, at));
        continue;
      }
      for (const std::string& name : option.names()) {
        if (name.starts_with("--")) options[path].insert(name);
        if (!option.takes_value()) continue;
        valued.insert(name);
        if (const std::string offer = offer_of(option); !offer.empty()) places[offer].push_back(fmt::format("{} {}", path, name));
      }
    }
    for (const CommandLine& inner : line.inner()) {
      options[path].insert(inner.name());
      add(path + "/" + inner.name(), inner);
    }
  }
};

/// What does the work, whatever the commands are. Takes the line apart as the shell will (quotes, backslashes), for names hold
/// blanks, brackets and colons; asks the program for the names on the map.
constexpr std::string_view machinery = R"bash(
_lacuna_word() {  # Offers a word when it begins with what was typed, as it must be typed.
  local value=$1
  [[ ${value,,} == "${typed,,}"* ]] || return
  [[ -n $quote$LACUNA_PLAIN ]] || printf -v value %q "$value"
  value=$before$value
  # Of an unquoted word the shell replaces what stands behind the last of these.
  if [[ -z $quote$LACUNA_PLAIN ]]; then
    local keep=${raw##*[:=]}
    value=${value:$((${#raw} - ${#keep}))}
  fi
  COMPREPLY+=("$value")
}
_lacuna_offers() {
  local offer=$1 word ending
  typed=$cur before=
  if [[ $offer == commas\ * ]]; then
    offer=${offer#commas }
    typed=${cur##*,}
    [[ -n $quote ]] && before=${cur%"$typed"} || before=${raw%"${raw##*,}"}
  fi
  case $offer in
    words\ *) for word in ${offer#words }; do _lacuna_word "$word"; done ;;
    names\ *)
      while IFS= read -r word; do _lacuna_word "$word"; done \
        < <("${words[0]}" ${map:+-m "$map"} completion --names "${offer#names }" 2> /dev/null) ;;
    files\ *)
      compopt -o filenames 2> /dev/null
      while IFS= read -r word; do
        if [[ -d $word || $offer == 'files ' ]]; then COMPREPLY+=("$word"); fi
        for ending in ${offer#files }; do
          if [[ ! -d $word && $word == *"$ending" ]]; then COMPREPLY+=("$word"); fi
        done
      done < <(compgen -f -- "$typed" | sort) ;;
  esac
}
_lacuna() {
  local line=${COMP_LINE:0:COMP_POINT} i c quote= raw= cur= started= words=()
  for ((i = 0; i < ${#line}; i++)); do
    c=${line:i:1}
    if [[ $c == \\ && $quote != \' ]]; then
      ((++i))
      cur+=${line:i:1} raw+=\\${line:i:1} started=1
    elif [[ -n $quote ]]; then
      if [[ $c == "$quote" ]]; then quote=; else cur+=$c; fi
      raw+=$c
    elif [[ $c == [\'\"] ]]; then
      quote=$c raw+=$c started=1
    elif [[ $c == [[:blank:]] ]]; then
      [[ -n $started ]] && words+=("$cur")
      cur= raw= started=
    else
      cur+=$c raw+=$c started=1
    fi
  done
  local path= map= place=0 option= typed before word options
  for word in "${words[@]:1}"; do
    if [[ -n $option ]]; then
      [[ $option == -m || $option == --map ]] && map=$word
      option=
    elif [[ $word == -* ]]; then
      [[ $word == --map=* ]] && map=${word#--map=}
      if [[ $word != *=* ]] && _lacuna_takes_value "$word"; then option=$word; fi
    elif [[ -z $path ]]; then
      path=$word
    elif [[ -n $(_lacuna_options "$path/$word") ]]; then
      path+=/$word
    else
      ((++place))
    fi
  done
  if [[ -z $option && $cur == --*=* ]]; then
    option=${cur%%=*} cur=${cur#*=}
    raw=${raw#*=}
  fi
  COMPREPLY=()
  if [[ -n $option ]]; then
    _lacuna_offers "$(_lacuna_offer "$path" "$option")"
  elif [[ $cur == -* || -z $path ]]; then
    options=$(_lacuna_options "$path")
    _lacuna_offers "words $options"
  else
    _lacuna_offers "$(_lacuna_offer "$path" "$((place + 1))")"
    ((${#COMPREPLY[@]})) || _lacuna_offers "$(_lacuna_offer "$path" +)"
    # Actions of a command are among its options.
    if ((${#COMPREPLY[@]} == 0 && place == 0)); then
      for word in $(_lacuna_options "$path"); do [[ $word == -* ]] || _lacuna_offers "words $word"; done
    fi
    [[ -z $cur && ${#COMPREPLY[@]} -eq 0 ]] && _lacuna_offers "words $(_lacuna_options "$path")"
  fi
}
complete -o default -F _lacuna lacuna
)bash";

std::string script_for(const CommandLine& program) {
  Rows rows;
  rows.add("", program);
  // The program's own options stand before and behind the commands.
  std::string out = "_lacuna_takes_value() {\n  case $1 in\n";
  out += fmt::format("    {}) ;;\n    *) return 1 ;;\n  esac\n}}\n",
                     join(std::vector<std::string>(rows.valued.begin(), rows.valued.end()), "|"));
  out += "_lacuna_options() {\n  case $1 in\n";
  for (const auto& [path, names] : rows.options)
    out += fmt::format("    '{}') echo \"{}\" ;;\n", path.empty() ? "" : path.substr(1),
                       join(std::vector<std::string>(names.begin(), names.end()), " "));
  out += "  esac\n}\n_lacuna_offer() {\n  case \"$1 $2\" in\n";
  for (const auto& [offer, places] : rows.places) {
    std::vector<std::string> patterns;
    for (const std::string& place : places) {
      const std::string own = place.starts_with('/') ? place.substr(1) : place;
      patterns.push_back(own.starts_with(' ') ? fmt::format("*'{}'", own) : fmt::format("'{}'", own));
    }
    out += fmt::format("    {}) echo '{}' ;;\n", join(patterns, "|"), offer);
  }
  out += "  esac\n}";
  return out + std::string(machinery);
}

/// Names of nodes of a kind, or tags, one a line: identifiers, then aliases.
std::string names_on_map(const std::string& map, const std::string& kind) {
  const Store store(map);
  std::string out;
  if (kind == "tag") {
    for (const Tag& tag : store.tags()) out += tag.name + "\n";
    return out;
  }
  const Graph graph = store.graph(Store::Texts::skip);
  std::string aliases;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const Node& node = graph.node(static_cast<NodeId>(i));
    if (kind != "node" && !(kind == "need" && is_need(node.kind)) && kind != name_of(node.kind)) continue;
    out += harmless(node.id) + "\n";
    for (const std::string& alias : node.aliases) aliases += harmless(alias) + "\n";
  }
  return out + aliases;
}

/// Other shells ask what bash knows: one machinery, which quotes nothing for them.
constexpr std::string_view zsh_script = R"zsh(#compdef lacuna
local -a found
found=("${(@f)$(COMP_LINE=$LBUFFER COMP_POINT=${#LBUFFER} LACUNA_PLAIN=yes bash -c \
  'source <(lacuna completion bash); _lacuna; for word in "${COMPREPLY[@]}"; do printf "%s\n" "$word"; done' 2> /dev/null)}")
if [[ -n $found ]]; then
  compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -- $found
else
  _files
fi
)zsh";
constexpr std::string_view fish_script = R"fish(function __lacuna_complete
  set -lx COMP_LINE (commandline -cp)
  set -lx COMP_POINT (string length -- $COMP_LINE)
  set -lx LACUNA_PLAIN yes
  bash -c 'source <(lacuna completion bash); _lacuna; for word in "${COMPREPLY[@]}"; do printf "%s\n" "$word"; done' 2> /dev/null
end
complete -c lacuna -f -a '(__lacuna_complete)'
)fish";

struct CompletionArguments {
  std::string shell = "bash";
  std::string names;
};

void declare_completion(CommandLine& line, Context& context) {
  auto& arguments = line.hold<CompletionArguments>();
  line.add("SHELL", &arguments.shell, "The shell").check(OneOf{{"bash", "fish", "zsh"}}).shows_default();
  std::vector<std::string> kinds = names_in(words<Kind>());
  for (const char* more : {"need", "node", "tag"}) kinds.emplace_back(more);
  line.add("--names", &arguments.names,
           "Instead of the script, what it asks for: the names of that kind on the map, one a line (need, node: needs of all "
           "kinds, all nodes)")
      .check(OneOf{kinds})
      .called("KIND");
  line.runs([&line, &context, &arguments] {
    if (!arguments.names.empty()) return deliver(names_on_map(context.map_path, arguments.names), "");
    if (arguments.shell == "zsh") return deliver(zsh_script, "");
    deliver(arguments.shell == "fish" ? std::string(fish_script) : script_for(line.root()), "");
  });
}

constexpr Example completion_examples[] = {
    {"eval \"$(lacuna completion)\"", "Completes commands, options and their values in this shell."},
    {"lacuna completion bash > lacuna-completion.sh", "The script as a file, for ~/.bashrc to source."},
    {"lacuna completion fish > lacuna.fish",
     "For fish, in ~/.config/fish/completions; zsh takes its own as _lacuna along $fpath."},
    {"lacuna completion --names group", "The groups of the map by every name, as --scope takes them."},
};

}  // namespace

extern const Command cmd_completion{
    "completion",
    "completion for the shell",
    "Prints a script that completes commands, options and values: formats, views and other words of closed lists; groups, needs, "
    "objectives, topics and other names of the map that -m or LACUNA_MAP names, in any letter case; files by their endings. The "
    "scripts for fish and zsh ask that for bash, which must be there.",
    completion_examples,
    "",
    declare_completion};

}  // namespace lacuna
