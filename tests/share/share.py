#!/usr/bin/env python3
# The same story on every carrier: a map is shared, taken up, changed apart, brought together, and all copies are alike.
# usage: share.py LACUNA SOURCE
import json
import shutil
import sys
import threading

sys.dont_write_bytecode = True
from people import PLACE, SOURCE, Cluster, Person, alike, end, expect


def same_tables(what, cluster, person):
    """What other programs read in the database is what the program answers."""
    expect(f"{what}: it stands at all changes", cluster.sql("SELECT s.changes = (SELECT count(*) FROM lacuna_change c WHERE c.map = s.map) FROM lacuna_stand s WHERE map = 'sg17'"), "t")
    gaps = json.loads(person.run("gaps", "--format", "json"))
    expect(f"{what}: day", cluster.sql("SELECT day FROM lacuna_stand WHERE map = 'sg17'"), gaps["as_of"])
    # Of what rests on one body, the table names it.
    told = sorted((g["kind"], g["subject"], g["other"] or "") for g in gaps["gaps"])
    read = [tuple(line.split("|")) for line in cluster.sql("SELECT kind, subject, CASE kind WHEN 'single-body' THEN '' ELSE other END FROM lacuna_gap WHERE map = 'sg17'", "rita").splitlines()]
    expect(f"{what}: gaps", sorted(read), told)
    needs = json.loads(person.run("coverage", "--by", "need", "--format", "json"))
    told = sorted((n["id"], n["state"]) for n in needs["rows"])
    read = [tuple(line.split("|")) for line in cluster.sql("SELECT need, state FROM lacuna_coverage WHERE map = 'sg17'", "rita").splitlines()]
    expect(f"{what}: states of needs", sorted(read), told)
    text = person.text_form()
    nodes = json.loads((text / "nodes.json").read_text())["nodes"]
    expect(f"{what}: titles", sorted(cluster.sql("SELECT id || ' ' || title FROM lacuna_node WHERE map = 'sg17'").splitlines()), sorted(f"{n['id']} {n['title']}" for n in nodes))
    links = json.loads((text / "links.json").read_text())["links"]
    read = cluster.sql("SELECT concat_ws('|', from_node, relation, to_node, said_by, degree, status) FROM lacuna_link WHERE map = 'sg17'").splitlines()
    expect(f"{what}: links", sorted(read), sorted("|".join(x for x in (l["from"], l["relation"], l["to"], l.get("by", ""), l.get("degree"), l.get("status", "asserted")) if x is not None) for l in links))


def story(carrier, address_of):
    """address_of: what somebody calls the place."""
    people = [Person(name, f"{carrier}-{name.lower()}.db", address_of(name)) for name in ("anna", "ben", "cleo")]
    anna, ben, cleo = people
    anna.run("build", SOURCE / "data/ai-ml-security", "-o", anna.map)
    anna.run("set", "RC26", "priority=4")
    said = anna.run("share", anna.address, "--name", "sg17")
    expect(f"{carrier}: share", said.splitlines()[0], f"{anna.map}: 0 taken, 2 given")
    for other in (ben, cleo):
        said = other.run("share", other.address)
        expect(f"{carrier}: taken up", said.split(":")[1].split(" in ")[0], ' a copy of "sg17"')
    alike(f"{carrier}: copies", *people)
    expect(f"{carrier}: log of a copy", "set RC26" in ben.run("log"), True)
    # Apart: different members, one member, a need that comes.
    anna.run("set", "RC27", "title=Said by Anna")
    ben.run("set", "RC27", "priority=5")  # So that the title is the later one, whatever the devices are called.
    ben.run("set", "RC27", "title=Said by Ben")
    cleo.run("add", "requirement", "RC99", "title=A need of Cleo")
    anna.run("sync")
    said = ben.run("sync", status=1)
    expect(f"{carrier}: conflict", "conflict: RC27 title is “Said by Ben”; anna says “Said by Anna”" in said, True)
    expect(f"{carrier}: sync of ben", said.splitlines()[-1], f"{ben.map}: 1 taken, 2 given; 1 conflict to settle, see: lacuna conflicts")
    cleo.run("sync", status=1)
    anna.run("sync", status=1)
    ben.run("sync")
    alike(f"{carrier}: after a day apart", *people)
    # Settled by one, for all.
    cleo.run("set", "RC27", "title=Said by Ben")
    for person in (cleo, anna, ben):
        person.run("sync")
    alike(f"{carrier}: settled", *people)
    expect(f"{carrier}: nothing waits", "No member was said differently" in anna.run("conflicts"), True)
    # Nothing new: nothing done.
    expect(f"{carrier}: idle", anna.run("sync"), f"{anna.map}: 0 taken, 0 given\n")
    # Undo takes one's own back, and the beginning stays.
    anna.run("set", "RC24", "priority=2")
    ben.run("set", "RC25", "priority=2")
    for person in (anna, ben, anna):
        person.run("sync")
    expect(f"{carrier}: undo", anna.run("undo").splitlines()[0].split(": ")[-1], "set RC24")
    expect(f"{carrier}: the beginning", "is what the shared map began with" in anna.run("undo", "1", status=2, told=True), True)
    # A copy of somebody's configuration counts under the same numbers.
    twin = Person("ben", f"{carrier}-twin.db", ben.address)
    shutil.copy(ben.map, twin.map)
    shutil.copytree(ben.config, twin.config)
    ben.run("set", "RC01", "priority=1")
    twin.run("set", "RC02", "priority=2")
    ben.run("sync")
    said = twin.run("sync", status=1)
    expect(f"{carrier}: renumbered", "1 change of this copy had numbers that another device of the same name has used" in said, True)
    for person in (anna, ben, cleo, twin):
        person.run("sync")
    alike(f"{carrier}: with a twin", anna, ben, cleo, twin)
    # All at once.
    def work(person, needs):
        for need in needs:
            person.run("set", need, f"text=By {person.map.stem}")
            person.run("sync", status=None)
    threads = [threading.Thread(target=work, args=(p, [f"RC{i:02}" for i in range(3 + 4 * k, 7 + 4 * k)]))
               for k, p in enumerate((anna, ben, cleo))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person in (anna, ben, cleo, anna, ben, cleo):
        person.run("sync", status=None)
    alike(f"{carrier}: at once", anna, ben, cleo)
    texts = (anna.text_form() / "nodes.json").read_text()
    for k, person in enumerate((anna, ben, cleo)):
        expect(f"{carrier}: all that {person.map.stem} wrote", texts.count(f"By {person.map.stem}"), 4)
    return people


story("folder", lambda name: PLACE / "drive")
story("sqlite", lambda name: PLACE / "group.sqlite")
# What a service has left half done waits.
dora = Person("dora", "dora.db", PLACE / "drive")
file = next(f for f in (PLACE / "drive/sg17").glob("*.json") if "A need of Cleo" in f.read_text())
whole = file.read_bytes()
file.write_bytes(whole[: len(whole) // 2])
expect("half a file", "is not there as a whole yet" in dora.run("share", dora.address, status=None), True)
file.write_bytes(whole)
dora.run("sync", status=None)
expect("a place that is gone", "is the drive connected?" in Person("x", "x.db", PLACE / "gone").run("share", PLACE / "gone", status=1, told=True), True)

cluster = Cluster()
try:
    anna = Person("anna", "folder-anna.db", "")
    said = anna.run("share", cluster.address("owner"), "--name", "sg17", status=1, told=True)
    expect("no table", "has no table for shared maps yet" in said, True)
    for _ in range(2):  # The same again does no harm.
        expect("setup", anna.run("share", "--setup", cluster.address("owner")),
               "the table lacuna_change, the tables for other programs, and the roles lacuna_reader and lacuna_editor are there\n")
    for role in ("anna", "ben", "cleo"):
        cluster.sql(f"CREATE ROLE {role} LOGIN IN ROLE lacuna_editor")
    people = story("postgresql", cluster.address)
    cluster.sql("CREATE ROLE rita LOGIN IN ROLE lacuna_reader")
    same_tables("tables", cluster, people[0])
    # They need not be there, and come when they are.
    cluster.sql("DROP TABLE lacuna_stand")
    people[0].run("set", "RC30", "priority=1")
    people[0].run("sync")
    people[0].run("share", "--setup", cluster.address("owner"))
    people[1].run("sync")
    same_tables("tables that came later", cluster, people[1])
    # Rights: a reader reads, an editor neither changes history nor signs for others.
    rita = Person("rita", "rita.db", cluster.address("rita"))
    rita.run("share", rita.address)
    rita.run("set", "RC20", "priority=1")
    expect("a reader", "you may only read there" in rita.run("sync", status=1), True)
    for statement in ("UPDATE lacuna_change SET author = 'x'", "DELETE FROM lacuna_change", "UPDATE lacuna_person SET person = 'x'",
                      "INSERT INTO lacuna_change SELECT map, device, number + 1000, clock, author, made, content, hash, 'anna' FROM lacuna_change LIMIT 1"):
        said = cluster.sql(statement, "ben")
        expect(statement, "denied" in said or "violates row-level security" in said, True)
    for statement in ("UPDATE lacuna_coverage SET state = 'covered'", "DELETE FROM lacuna_stand"):
        expect(f"a reader: {statement}", "denied" in cluster.sql(statement, "rita"), True)
    cluster.sql("INSERT INTO lacuna_person VALUES ('ben', 'ben')")
    ben = people[1]
    ben.name = "anna"
    ben.run("set", "RC21", "priority=1")
    expect("another's name", "you may not sign with that name there" in ben.run("sync", status=1), True)
    cluster.sql("DELETE FROM lacuna_person")
    ben.run("sync")
    # A server that is gone, and comes again.
    people[2].run("set", "RC22", "priority=1")
    cluster.stop()
    expect("no server", "cannot be reached" in people[2].run("sync", status=1, told=True), True)
    cluster.start()
    for person in (people[2], people[0], people[1]):
        person.run("sync", status=None)
    alike("after the server was gone", *people)
    expect("no password is kept", "secret" in anna.run("share", f"postgresql://owner:secret@/postgres?host={cluster.folder}",
                                                       "--name", "other", status=None) +
           (anna.config / "lacuna/shares.json").read_text(), False)
finally:
    cluster.stop()
end()
