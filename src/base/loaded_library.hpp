// A shared library that is loaded by whoever needs it: linked, what it brings along would make every command start later.
#pragma once

#include <dlfcn.h>

#include "lacuna/error.hpp"

namespace lacuna {

/// Stays loaded to the end of the program. Its functions are asked for by the names and types that its header declares:
/// `decltype(&crc32) checksum = library["crc32"];`
class LoadedLibrary {
 public:
  /// A file as the loader finds it, "libz.so.1", and the Debian package that brings it.
  LoadedLibrary(const char* file, const char* package)
      : file_(file), package_(package), handle_(::dlopen(file, RTLD_NOW | RTLD_LOCAL)) {}

  class Found {
   public:
    explicit Found(void* address) : address_(address) {}
    template <class Function>
    operator Function*() const {  // NOLINT(google-explicit-constructor): the type is asked for by what it is given to.
      return reinterpret_cast<Function*>(address_);
    }

   private:
    void* address_;
  };
  /// Throws Error(io), naming the package, where the library or the function is missing.
  Found operator[](const char* name) const {
    void* address = handle_ == nullptr ? nullptr : ::dlsym(handle_, name);
    if (address == nullptr) throw Error(ErrorCode::io, file_, std::string("cannot be loaded; install the package ") + package_);
    return Found(address);
  }

 private:
  const char* file_;
  const char* package_;
  void* handle_;
};

}  // namespace lacuna
