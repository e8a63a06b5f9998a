#!/usr/bin/env python3
"""Tells types of one name in one namespace that stand in two files: the linker keeps the functions of one of them for both.

usage: names.py SOURCE"""
import collections
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])


def types_in(text):
    """(namespace, name) of what is defined outside of unnamed namespaces and of other types."""
    spaces = []
    for line in text.splitlines():
        if opened := re.match(r"namespace ([\w:]*) ?\{$", line):
            spaces.append(opened[1])
        elif line.startswith("}  // namespace"):
            spaces.pop()
        elif (found := re.match(r"(?:struct|class|enum class) (\w+)(?: final)?(?: : [^;(]*)? \{", line)) and "" not in spaces:
            yield "::".join(spaces), found[1]


seen = collections.defaultdict(list)
for file in sorted([*root.glob("src/**/*.[ch]pp"), *root.glob("include/**/*.hpp")]):
    for name in types_in(file.read_text()):
        seen[name].append(str(file.relative_to(root)))
twice = {name: files for name, files in seen.items() if len(set(files)) > 1}
assert list(types_in("namespace a {\nstruct B {\nclass E::F : public G {\n}  // namespace a\nnamespace {\nclass C : D {\n}  // namespace\n")) == [("a", "B")]
for (space, name), files in sorted(twice.items()):
    print(f"{space}::{name} stands in {' and '.join(files)}")
print(f"{len(seen)} types, {len(twice)} of them twice")
sys.exit(1 if twice or len(seen) < 300 else 0)
