"""Commands at once on one map. What they leave must be what some order of those that succeeded leaves."""
import itertools
import json
import shlex
import threading

import world

WRITERS = {
    "build-reject": ["build edited -o m.db", '-m m.db link reject "TS 200" R3 --by A --reason "Other words."'],
    "build-accept-tag": ["build edited -o m.db", '-m m.db link accept "TS 200" R3 --by A --rationale "It says so."', "-m m.db tag new"],
    "build-bare-reject": ["build edited -o bare.db", '-m bare.db link reject "TS 200" R3 --by A --reason "Other words."'],
    "import-accept": ["-m m.db import --format relaton etsi", '-m m.db link accept "TS 200" R3 --by A --rationale "It says so."'],
    "import-two-maps": ["-m m.db import --format relaton etsi", "-m bare.db import --format relaton itu-new --as itu"],
    "import-import-anew": ["-m new.db import --format relaton etsi", "-m new.db import --format relaton itu"],
    "build-import-anew": ["build text -o new.db", "-m new.db import --format relaton itu"],
    "review-reject": ["-m m.db link review --in filled.csv --by A", '-m m.db link reject "TS 200" R3 --by B --reason "No."'],
    "suggest-dispute": ["-m m.db link suggest R2 R4 --least 0 --write", '-m m.db link dispute "TS 200" T1 --by B --reason "A note."'],
    "export-export": ["-m m.db export --format map -o export", "-m bare.db export --format map -o export"],
}


class Judge:
    """What is left by commands one after the other, tried once for each order."""

    def __init__(self):
        self.tried = {}

    def alone(self, words):
        if words not in self.tried:
            with world.Place(world.BASE) as place:
                statuses = tuple(place.run(shlex.split(w)).status for w in words)
                self.tried[words] = statuses, place.seen()[0]
        return self.tried[words]

    def orders(self, words):
        """Of commands that all succeed."""
        return [seen for statuses, seen in map(self.alone, itertools.permutations(words)) if not any(statuses)]


def at_once(place, commands):
    children = [place.start(shlex.split(c)) for c in commands]
    runs = [None] * len(children)

    def wait(i):
        runs[i] = world.finished(children[i])

    threads = [threading.Thread(target=wait, args=(i,)) for i in range(len(children))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return runs


def common(place, commands, runs):
    """Crashes, losers that are not told, and parts that are left."""
    faults = []
    for command, run in zip(commands, runs):
        if run.status not in (0, 1) or "internal error" in run.err or (run.status == 1 and not run.err.strip()):
            faults.append(f"{command}: status {run.status}: {world.last_line(run.err)}")
        if world.NAMES_A_PART.search(run.err):
            faults.append(f"{command}: names a part: {world.last_line(run.err)}")
    left = [name for name in place.seen()[1] if "lock" not in name]
    if left:
        faults.append(f"left over: {', '.join(left)}")
    return faults


def tidy(place):
    """Locks may lie about until the next run, but no longer."""
    for command in ("-m m.db tag --remove old", "-m bare.db tag last", "-m new.db tag last",
                    "-m m.db export --format map -o export", "-m bare.db export -o out.svg"):
        place.run(shlex.split(command))
    left = place.seen()[1]
    return [f"still there after the next run: {', '.join(left)}"] if left else []


def writers(judge, commands):
    def one(number, told):
        with world.Place(world.BASE) as place:
            order = commands[:]
            told.chance.shuffle(order)
            runs = at_once(place, order)
            faults = common(place, order, runs)
            now, _ = place.seen()
            won = tuple(c for c, r in zip(order, runs) if r.status == 0)
            told.add("in", len(won))
            told.add("told to wait", len(order) - len(won))
            if not won:
                faults.append("nobody got in")
            elif now not in judge.orders(won):
                faults.append(f"no order of those with status 0 leaves this: {'; '.join(won)}")
            return "statuses " + ", ".join(f"{c}: {r.status}" for c, r in zip(order, runs)), faults + tidy(place)
    return one


def many_tags(number, told):
    commands = [f"-m m.db tag t{i}" for i in range(50)]
    with world.Place(world.BASE) as place:
        runs = at_once(place, commands)
        faults = common(place, commands, runs)
        listed = json.loads(place.run(["-m", "m.db", "tag", "--format", "json"]).out)
        there = {row["name"] for row in listed["tags"]}
        won = {f"t{i}" for i, r in enumerate(runs) if r.status == 0} | {"old"}
        told.add("in", len(won) - 1)
        told.add("told to wait", len(commands) - len(won) + 1)
        if there != won:
            faults.append(f"lost: {sorted(won - there)}, there though refused: {sorted(there - won)}")
        return "50 tags", faults + tidy(place)


def many_rejects(number, told):
    """Verdicts by many people on one pair: one link a person."""
    commands = [f'-m bare.db link reject "TS 200" R3 --by P{i} --reason "Other words."' for i in range(20)]
    with world.Place(world.BASE) as place:
        runs = at_once(place, commands)
        faults = common(place, commands, runs)
        place.run(shlex.split("-m bare.db export --format map -o look"))
        links = json.loads((place.folder / "look/links.json").read_text())["links"]
        there = {l.get("by") for l in links if l["from"] == "TS 200" and l["to"] == "R3" and l.get("status") == "rejected"}
        won = {f"P{i}" for i, r in enumerate(runs) if r.status == 0}
        told.add("in", len(won))
        told.add("told to wait", len(commands) - len(won))
        if there != won:
            faults.append(f"lost: {sorted(won - there)}, there though refused: {sorted(there - won)}")
        return "20 verdicts", faults + tidy(place)


def many_builds(number, told):
    commands = ["build text -o new.db", "build edited -o new.db"] * 15
    with world.Place(world.BASE) as place:
        runs = at_once(place, commands)
        faults = common(place, commands, runs)
        outcomes = {}
        for folder in ("text", "edited"):
            place.run(["build", folder, "-o", f"{folder}.db"])
            outcomes[folder] = place.seen()[0][f"{folder}.db"]
        won = {c.split()[1] for c, r in zip(commands, runs) if r.status == 0}
        told.add("in", sum(r.status == 0 for r in runs))
        if place.seen()[0].get("new.db") not in {outcomes[f] for f in won}:
            faults.append("the map is none of those that were built")
        return "30 builds", faults + tidy(place)


def one_picture(number, told):
    commands = ["-m m.db render --view relationship -o out.svg"] * 10
    with world.Place(world.BASE) as place:
        runs = at_once(place, commands)
        faults = common(place, commands, runs)
        whole = place.seen()[0]["out.svg"]
        place.run(shlex.split(commands[0]))
        if whole != place.seen()[0]["out.svg"] or any(r.status for r in runs):
            faults.append(f"not whole, or refused: {[r.status for r in runs]}")
        return "10 pictures", faults + tidy(place)


def readers(number, told):
    """Writers who put two maps in turn; whoever reads meanwhile sees one of them."""
    with world.Place(world.BASE) as place:
        allowed = {}
        for folder in ("text", "edited"):
            place.run(["build", folder, "-o", "bare.db"])
            allowed[place.run(["-m", "bare.db", "export"]).out] = folder
        commands = []
        for i in range(8):
            commands += ["-m bare.db export", f"build {('text', 'edited')[i % 2]} -o bare.db", "-m bare.db export"]
        runs = at_once(place, commands)
        faults = common(place, commands, runs)
        for command, run in zip(commands, runs):
            if "export" not in command:
                continue
            told.add("read", 1)
            if run.status != 0 or run.out not in allowed:
                faults.append(f"a reader sees neither map: status {run.status}: {world.last_line(run.err)}")
        return "16 readers, 8 writers", faults + tidy(place)


def text_readers(number, told):
    """Two maps are exported into one folder in turn; whoever builds from it meanwhile gets one of them."""
    with world.Place(world.BASE) as place:
        place.run(["build", "edited", "-o", "m.db"])
        place.run(shlex.split("-m bare.db export --format map -o export"))
        outcomes = []
        for name in ("m", "bare"):
            place.run(["-m", f"{name}.db", "export", "--format", "map", "-o", f"alone-{name}"])
            place.run(["build", f"alone-{name}", "-o", f"alone-{name}.db"])
            outcomes.append(place.seen()[0][f"alone-{name}.db"])
        commands = []
        for i in range(6):
            commands += [f"-m {('m', 'bare')[i % 2]}.db export --format map -o export", f"build export -o read{i}.db"]
        runs = at_once(place, commands)
        faults = common(place, commands, runs)
        now, _ = place.seen()
        for i, run in enumerate(runs[1::2]):
            told.add("read", 1)
            if run.status != 0 or now.get(f"read{i}.db") not in outcomes:
                faults.append(f"build from the folder gets neither map: status {run.status}: {world.last_line(run.err)}")
        if now["export"] not in outcomes:
            faults.append(f"the folder holds neither map: {now['export']}")
        return "6 exports, 6 builds from them", faults + tidy(place)


class Told:
    """Figures beside a kind, and its chance."""

    def __init__(self):
        self.figures, self.chance = {}, None

    def add(self, what, n):
        self.figures[what] = self.figures.get(what, 0) + n


def main(count, seed, chosen):
    tally, judge = world.Tally("races", seed), Judge()
    kinds = {name: writers(judge, commands) for name, commands in WRITERS.items()}
    kinds |= {"tags": many_tags, "rejects": many_rejects, "builds": many_builds, "picture": one_picture, "readers": readers,
              "text-readers": text_readers}
    for name, race in kinds.items():
        told = Told()

        def one(number):
            told.chance = world.chance(seed, name, number)
            return race(number, told)

        tally.kind(name, chosen(name, count), one, lambda: ", ".join(f"{n} {w}" for w, n in told.figures.items()))
    return tally.end()
