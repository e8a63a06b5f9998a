// serve: the map in the browser, live; see src/server.
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/served_commands.hpp"
#include "server/guard.hpp"
#include "server/site.hpp"
#include "server/spawn_attributes.hpp"
#include "server/syncing.hpp"

extern char** environ;

namespace lacuna {
namespace {

struct ServeArguments {
  std::size_t port = 0;
  bool no_open = false;
  bool read_only = false;
};

/// Hands an address to the user's browser; what comes of it is not waited for.
void open_browser(const std::string& address) {
  std::string program = "xdg-open";
  std::string argument = address;
  char* const arguments[] = {program.data(), argument.data(), nullptr};
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  static_cast<void>(::posix_spawnp(&child, program.c_str(), &files, SpawnAttributes().get(), arguments, environ));
  ::posix_spawn_file_actions_destroy(&files);
}

void run_serve(const ServeArguments& arguments, Context& context) {
  // Signals are waited for here, and by no other thread.
  sigset_t ending;
  ::sigemptyset(&ending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&ending, signal);
  ::pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  static_cast<void>(Store(context.map_path, catalogues_file()).graph(Store::Texts::skip));  // What is wrong with it is told now.
  std::optional<Syncing> syncing;
  if (!arguments.read_only) syncing.emplace(context.map_path);
  Site site({context.map_path, &context.profile(), served_commands(context), arguments.read_only, syncing ? &*syncing : nullptr});
  Guard guard;
  const HttpServer server(static_cast<std::uint16_t>(arguments.port),
                          {[&](const Request& request) { return guard.refuse(request); },
                           [&](Request&& request) { return site.answer(std::move(request)); }});
  guard.listens_on(server.port());
  deliver(fmt::format("{} is served at\n{}\nto this machine only, as long as this runs; Ctrl-C ends it\n", context.map_path,
                      guard.address()),
          "");
  if (!arguments.no_open) open_browser(guard.address());
  const timespec second{1, 0};
  do {
    if (syncing) syncing->tick();
  } while (::sigtimedwait(&ending, nullptr, &second) < 0);
}

void declare_serve(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ServeArguments>();
  line.add("--port", &arguments.port, "The port to listen on; default: any that is free")
      .check(WholeNumber{0, 65'535})
      .called("N");
  line.add("--no-open", &arguments.no_open, "Only print the address, and open no browser");
  line.add("--read-only", &arguments.read_only, "Nothing can be changed from the browser");
  line.runs([&context, &arguments] { run_serve(arguments, context); });
}

constexpr Example serve_examples[] = {
    {"lacuna serve", "Opens the browser on the map: to look, to review, to edit, to draft."},
    {"lacuna serve --port 8017 --no-open", "Always at the same place; the address with its key is printed."},
    {"lacuna serve --read-only", "For a projector: nothing can be changed by mistake."},
};

}  // namespace

extern const Command cmd_serve{
    "serve",
    "the map in the browser of this machine: to look, review, edit and draft",
    "Serves the map to browsers of this machine, and to nobody else, until it is interrupted. What is shown is what the commands "
    "answer, made from the same rows; each page shows the command that asks the same, and offers the same files. Every page is "
    "made from the map as it stands at that moment: a terminal, an import and a second server may work on it at once, and what "
    "was acknowledged is in the file.\n\n"
    "It listens on 127.0.0.1 only. The address that is printed holds a key, which the browser keeps in a cookie; without it "
    "nothing is answered. Requests that come by another host name or from pages of others are refused. Of networks, nothing is "
    "asked but the place of a shared map (lacuna share), which is kept in step: every ten seconds, and soon after each change; "
    "what two people said differently waits under Conflicts. There is no option that opens the port to others.",
    serve_examples,
    "Status 1 when the port cannot be listened on.",
    declare_serve};

}  // namespace lacuna
