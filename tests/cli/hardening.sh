#!/usr/bin/env bash
# The protections that CMakeLists.txt asks for are in the program that users run. usage: tests/cli/hardening.sh PROGRAM BUILD-TYPE
set -euo pipefail
[ $# -eq 2 ] || { sed -n 's/.*usage: /usage: /p' "$0" | head -1 >&2; exit 2; }
program=$1
[ "$2" = Release ] || { echo "skipped: a build of type \"$2\" is not what users run"; exit 77; }
failed=0
# check WHAT PATTERN COMMAND…: the command prints the pattern.
check() {
  local what=$1 pattern=$2
  shift 2
  # Not in a pipe: grep -q goes away early, and a program that writes on would fail it.
  if grep -Eq "$pattern" <<< "$("$@")"; then echo "ok: $what"; else echo "MISSING: $what"; failed=1; fi
}
check "position-independent" 'Type: +DYN' readelf -hW "$program"
check "no executable stack" 'GNU_STACK .* RW +0x' readelf -lW "$program"
check "read-only after relocation" 'GNU_RELRO' readelf -lW "$program"
check "all relocations at the start" 'BIND_NOW|FLAGS_1.*NOW' readelf -dW "$program"
check "stack protector" '__stack_chk_fail' readelf --dyn-syms -W "$program"
check "checked functions of the C library" '__[a-z]+_chk(@|$)' readelf --dyn-syms -W "$program"
check "assertions of the C++ library" '__glibcxx_assert_fail' readelf --dyn-syms -W "$program"
if [ "$(uname -m)" = x86_64 ]; then
  # Not the note of the whole file: the linker leaves it out where the C library's own start-up code (Debian 12) has none.
  check "branch targets are marked" 'endbr64' objdump -d --disassemble=main "$program"
fi
if grep -Eq '(RPATH|RUNPATH)' <<< "$(readelf -dW "$program")"; then echo "PRESENT: a path of libraries of its own"; failed=1; fi
exit $failed
