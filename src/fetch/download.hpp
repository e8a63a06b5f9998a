// Files of others' servers, taken over HTTP: only what is new, from where it may come, and no more than was allowed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lacuna {

/// By what a server tells one state of a file from another; empty where it does not say.
struct Validators {
  std::string etag;
  std::string modified;  ///< Last-Modified, as it was sent.
  [[nodiscard]] bool empty() const { return etag.empty() && modified.empty(); }
};

/// What may be taken, and from where.
struct Remote {
  std::string address;
  std::vector<std::string> hosts;  ///< To which it may lead on, beside its own.
  bool insecure = false;           ///< http may be asked, too.
  std::uint64_t most = 0;          ///< Bytes.
};

struct Downloaded {
  bool changed = false;   ///< Otherwise it is what was taken last.
  Validators validators;  ///< Of what is there now.
};

/// Told while bytes come: how many are there, and how many there will be, 0 where the server does not say.
using DownloadWatcher = std::function<void(std::uint64_t, std::uint64_t)>;

/// Takes a file to `to`, unless it is still what `last` tells. What an earlier run that broke off has left at `to` is gone on
/// with, where the server can and the file is still the same. Throws Error(io), naming the address: what comes before that stays
/// for the next run, unless it is of no use.
Downloaded download(const Remote& remote, const Validators& last, const std::string& to, const DownloadWatcher& watch);
/// Only asks whether there is something else than `last` tells; takes no body.
Downloaded ask_whether_changed(const Remote& remote, const Validators& last);

}  // namespace lacuna
