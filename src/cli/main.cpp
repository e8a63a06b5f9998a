#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "base/text.hpp"
#include "cli/command.hpp"

namespace {

/// The one place that prints a failure.
int failed(std::string_view message, int status) {
  // Not fmt::print: it throws when standard error cannot be written, and there is nobody left to tell.
  std::fputs(fmt::format("lacuna: {}\n", message).c_str(), stderr);
  return status;
}

int run(int argc, char** argv) {
  lacuna::Context context;
  CLI::App app;
  lacuna::declare_program(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    const auto parsed = app.get_subcommands();
    const std::string command = parsed.empty() ? std::string() : " " + parsed.front()->get_name();
    return failed(fmt::format("{}; see: lacuna{} --help", error.what(), command), 2);
  }
  return context.exit_status;
}

}  // namespace

int main(int argc, char** argv) {
  // A reader that goes away (head, less) is no failure of ours to be killed for: writing tells.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return run(argc, argv);
  } catch (const lacuna::Error& error) {
    return failed(error.what(), error.code() == lacuna::ErrorCode::usage ? 2 : 1);
  } catch (const std::bad_alloc&) {
    return failed("out of memory; nothing was changed", 1);
  } catch (const std::exception& error) {
    return failed(fmt::format("internal error: {}; please report it", error.what()), 1);
  }
}
