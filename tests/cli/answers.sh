#!/usr/bin/env bash
# Answers are made of values and never taken apart again: outside the folders that read and write bytes, nothing reads a member of
# a row, or looks into a sentence, of an answer. usage: tests/cli/answers.sh SOURCE
set -euo pipefail
[ $# -eq 1 ] || { sed -n 's/.*usage: /usage: /p' "$0" | head -1 >&2; exit 2; }
cd "$1"
bytes='^src/(render|formats|import|store|base|model|change|fetch)/'
members='\bif_(bool|integer|real|text|array|object)\(\)|\bis_null\(\)|\["[a-z_]+"\]'
sentences='\b(basis|why|says|rationale|caption|summary)(\[[^]]*\]|\.front\(\)|\.back\(\))?(\.|->)(find|starts_with|ends_with|contains|substr)\('
# What is read and is no answer: FILE, then a piece of the line.
allowed=(
  'src/workbench/device.cpp value["device"]'                  # The counter of the user's device, in a file of its own.
  'src/workbench/device.cpp value["number"]'
  'src/workbench/sharing.cpp shares.if_object()'              # Where the user's maps are shared, in another.
  'src/workbench/sharing.cpp place["address"]'
  'src/workbench/sharing.cpp place["name"]'
  'src/workbench/sources.cpp row['                            # Where catalogues can be had, in a file of ours and one of the user's.
  'src/workbench/sources.cpp host.if_text()'
  'src/workbench/sources.cpp all["sources"]'
  'src/workbench/update.cpp all_.if_object()'                 # What is remembered of the last time.
  'src/workbench/update.cpp all_[source][member]'
  'src/analysis/attribute_text.cpp value.if_text()'           # Attributes of any node, in words.
  'src/analysis/attribute_text.cpp value.if_integer()'
  'src/analysis/linking/link_listings.cpp rationale.starts_with(word)'  # Where a suggested link keeps its probability.
)
mapfile -t found < <(grep -rnE "$members|$sentences" src --include='*.[ch]pp' | grep -vE "$bytes")
status=0
for entry in "${allowed[@]}"; do
  met=
  for i in "${!found[@]}"; do
    if [[ ${found[$i]} == "${entry%% *}:"*"${entry#* }"* ]]; then met=1; unset "found[$i]"; fi
  done
  [ -n "$met" ] || { echo "allowed and not there any more: $entry"; status=1; }
done
[ ${#found[@]} -eq 0 ] || { printf 'reads an answer back: %s\n' "${found[@]}"; status=1; }
exit $status
