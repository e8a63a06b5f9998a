// Where uploads stand while they are read.
#pragma once

#include <string>

namespace lacuna {

/// Makes a folder of its own, readable by the user alone; whoever asks for it removes it. Throws Error(io).
std::string upload_folder();

}  // namespace lacuna
