// Who is at work, and where: what change sets are signed and numbered with.
#pragma once

#include <string>

#include "change/change_set.hpp"

namespace lacuna {

/// The next number of this user's device. Name and counter stand in $XDG_CONFIG_HOME/lacuna/device.json (else in ~/.config),
/// never in a map: maps are copied, mailed and restored. $LACUNA_DEVICE names another device, whose numbers follow the clock of
/// the map. Where nothing can be kept, every change comes from a device of its own.
ChangeId next_change_id(std::int64_t clock);

/// A name for a device that no other has.
std::string new_device();
/// The device of this user, without taking a number.
std::string this_device();
/// From now on, this user's device has another name: another copy counts under the one that it had.
void renew_device();

/// Where what is this user's own stands: $XDG_CONFIG_HOME/lacuna, else ~/.config/lacuna; empty where there is no home.
std::string configuration_folder();

/// Who signs where nobody is named: $LACUNA_BY, else the user's name as the system knows it.
std::string user_name();

}  // namespace lacuna
