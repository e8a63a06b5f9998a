#!/usr/bin/env bash
# Makes the Debian package of the program twice, and uses what it unpacks as somebody who installed it. usage: package.sh BUILD-FOLDER
set -euo pipefail
build=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
faults=0
fault() { echo "$*"; faults=$((faults + 1)); }

cd "$build"
for time in first second; do
  cpack -D CPACK_COMPONENTS_ALL=program -B "$scratch/$time" > "$scratch/said" 2>&1 || { cat "$scratch/said"; exit 1; }
  grep -i "warning" "$scratch/said" && fault "cpack warns"
  [ $time = second ] || sleep 1  # Another time of the clock.
done
deb=("$scratch"/first/lacuna_*.deb)
cmp "${deb[0]}" "$scratch/second/$(basename "${deb[0]}")" || fault "not the same bytes twice"
cd "$scratch"
[ "$(dpkg-deb -f "${deb[0]}" Package)" = lacuna ] || fault "another name"
for needed in libc6 libsqlite3-0 libgvc6 fonts-dejavu-core; do
  dpkg-deb -f "${deb[0]}" Depends | grep -q "$needed" || fault "does not depend on $needed"
done
dpkg-deb -f "${deb[0]}" Recommends | grep -q libmicrohttpd12 || fault "does not recommend what serve loads"
dpkg-deb -f "${deb[0]}" Recommends | grep -q libpq5 || fault "does not recommend what a shared database is reached by"
dpkg-deb -x "${deb[0]}" root
export PATH="$scratch/root/usr/bin:$PATH" LACUNA_CATALOGUES="$scratch/none.db" HOME="$scratch"
unset LACUNA_MAP
mkdir empty && cd empty

# Every command has its page, and every page is one.
for command in "" $(lacuna --help | sed -n '/^Subcommands:/,$ s/^  \([a-z-]*\) .*/-\1/p'); do
  page=$scratch/root/usr/share/man/man1/lacuna$command.1.gz
  { zcat "$page" | grep -q "^.SH NAME" && [ "$(zcat "$page" | groff -k -man -Tutf8 -ww 2>&1 > /dev/null)" = "" ]; } || fault "no manual page lacuna$command"
done

# Without a map of one's own, questions are asked of the one that came along, and nothing changes it.
lacuna gaps --limit 3 > gaps 2> told || fault "gaps: status $?"
grep -q "^rank  severity" gaps || fault "gaps is not asked of the map that came along"
[ "$(cat told)" = "there is no map here: this is asked of the one that came along; one of your own: lacuna init" ] || fault "it is not told: $(cat told)"
cmp "$scratch/root/usr/share/lacuna/ai-ml-security.db" <(SOURCE_DATE_EPOCH=1795392000 lacuna build "$scratch/root/usr/share/lacuna/ai-ml-security" -o again.db > /dev/null; cat again.db) || fault "the map is not what its text gives"
rm again.db
lacuna -m lacuna.db gaps > /dev/null 2> told && fault "a map that is named is another"
[ "$(cat told)" = "lacuna: lacuna.db: there is no such map; make one with: lacuna init, or lacuna build FOLDER" ] || fault "named: $(cat told)"
lacuna set RC27 title=Else > /dev/null 2> told && fault "the map that came along was changed"
[ "$(cat told)" = "lacuna: lacuna.db: there is no such map; make one with: lacuna init, or lacuna build FOLDER" ] || fault "changing: $(cat told)"
[ "$(ls)" = "$(printf 'gaps\ntold')" ] || fault "something was left: $(ls)"

# Alone, the program says what to do next; a new map, and again.
lacuna > said
[ "$(sed -n 1p said)" = "There is no map here yet (lacuna.db)." ] || fault "alone: $(cat said)"
grep -q "lacuna gaps .*asks the map that came along" said || fault "alone: the map that came along is not named"
lacuna init --title "Of mine" --workbook needs.xlsx > said
[ "$(cat said)" = "$(printf 'lacuna.db: a new map, “Of mine”: 0 nodes, 0 links, 0 searches\nnext: fill in needs.xlsx, then: lacuna import needs.xlsx')" ] || fault "init: $(cat said)"
lacuna init 2> told && fault "init twice"
[ "$(cat told)" = "lacuna: lacuna.db: is there already, and stays as it is; name a new map with -m NEW.db" ] || fault "init twice: $(cat told)"
lacuna > said
[ "$(sed -n 1p said)" = "lacuna.db: Of mine: 0 nodes, 0 links, 0 searches" ] || fault "with a map: $(cat said)"
[ "$(awk 'length > 80' said)" = "" ] || fault "lines of over 80 columns"

# Completion, in the shells that are here.
share=$scratch/root/usr/share
complete_bash='source "$0"; COMP_LINE="lacuna ga" COMP_POINT=9; _lacuna; echo "${COMPREPLY[@]}"'
[ "$(bash -c "$complete_bash" "$share/bash-completion/completions/lacuna")" = gaps ] || fault "completion of bash"
if command -v fish > /dev/null; then
  [ "$(fish -c "source $share/fish/vendor_completions.d/lacuna.fish; complete -C 'lacuna ga'")" = gaps ] || fault "completion of fish"
fi
if command -v zsh > /dev/null; then
  [ "$(zsh -fc "compadd() { shift 3; echo \"\$@\"; }; LBUFFER='lacuna ga'; source $share/zsh/vendor-completions/_lacuna")" = gaps ] || fault "completion of zsh"
fi
if command -v lintian > /dev/null; then
  lintian --allow-root "${deb[0]}" > "$scratch/lintian" 2>&1
  [ ! -s "$scratch/lintian" ] || fault "lintian: $(cat "$scratch/lintian")"
fi
echo "$faults faults"
[ $faults -eq 0 ]
