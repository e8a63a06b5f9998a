#!/usr/bin/env python3
# Nothing acknowledged is lost, and nothing is there twice: connections are cut at every statement, clients are killed while eight
# of them work, the server is killed and comes again, and another server takes its place while clients write.
# usage: losses.py LACUNA SOURCE [CHANGES]   CHANGES: how many each of the eight clients makes; 6
import json
import random
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
from people import LACUNA, PLACE, Cluster, Person, alike, end, expect, faults

CHANGES = int(sys.argv[3]) if len(sys.argv) > 3 else 6


class Cutter:
    """Stands before a server and cuts a connection at the statement of that number, before the server has it or before its answer
    comes; later connections are let through."""

    def __init__(self, cluster):
        self.there = f"{cluster.folder}/.s.PGSQL.5432"
        self.folder = PLACE / "cutter"
        self.folder.mkdir()
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(f"{self.folder}/.s.PGSQL.5432")
        self.listening.listen(64)
        self.at, self.before, self.seen, self.cuts = 0, True, 0, 0
        threading.Thread(target=self.accept, daemon=True).start()

    def address(self, role):
        return f"postgresql://{role}@/postgres?host={self.folder}"

    def accept(self):
        while True:
            client, _ = self.listening.accept()
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    @staticmethod
    def exactly(sock, count):
        data = b""
        while len(data) < count:
            more = sock.recv(count - len(data))
            if not more:
                raise ConnectionError
            data += more
        return data

    def carry(self, client):
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(self.there)
            answers = threading.Event()
            answers.set()
            threading.Thread(target=self.bring_back, args=(server, client, answers), daemon=True).start()
            head = self.exactly(client, 4)
            server.sendall(head + self.exactly(client, struct.unpack("!I", head)[0] - 4))
            while True:
                head = self.exactly(client, 5)
                message = head + self.exactly(client, struct.unpack("!I", head[1:])[0] - 4)
                if head[:1] in b"QP":  # A simple query, or the first message of one with values.
                    self.seen += 1
                    if self.seen == self.at and self.before:
                        self.cuts += 1
                        raise ConnectionError
                    if self.seen == self.at:
                        answers.clear()
                server.sendall(message)
                if self.seen == self.at and head[:1] in b"QS":  # All of it is there: it is carried out, and nobody hears.
                    time.sleep(0.03)
                    self.cuts += 1
                    raise ConnectionError
        except OSError:
            for end_ in (client, server):
                try:
                    end_.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    @staticmethod
    def bring_back(server, client, answers):
        try:
            while data := server.recv(65536):
                if answers.is_set():
                    client.sendall(data)
        except OSError:
            pass


def logged(person):
    return [c["why"] for c in json.loads(person.run("log", "--format", "json"))["changes"]]


def small_map(person):
    text = PLACE / f"{person.map.stem}-begun"
    text.mkdir()
    (text / "map.json").write_text('{"schema": "lacuna:schema/map-1.json", "map": {"title": "Shared"}, "nodes": [{"id": "N0", "kind": "requirement", "title": "A need"}]}')
    person.run("build", text, "-o", person.map)


def cut_at_every_statement(cluster):
    cutter = Cutter(cluster)
    anna = Person("anna", "cut-anna.db", cutter.address("anna"))
    ben = Person("ben", "cut-ben.db", cluster.address("ben"))
    small_map(anna)
    anna.run("share", anna.address, "--name", "cut")
    ben.run("share", ben.address, "--name", "cut")
    wanted, cuts = 1, 0
    for before in (True, False):
        statements = None
        cutter.before, cutter.at = before, 0
        number = 0
        while statements is None or number <= statements:
            # Both ways: something comes, something goes.
            wanted += 2
            ben.run("add", "requirement", f"B{wanted}", "title=Of Ben")
            ben.run("sync")
            anna.run("add", "requirement", f"A{wanted}", "title=Of Anna")
            cutter.seen, cutter.at = 0, number
            anna.run("sync")
            if statements is None:  # The first goes uncut, and counts.
                statements = cutter.seen
            cutter.at = 0
            number += 1
        expect("statements of a sync", statements > 12, True)
        cuts += statements
    expect("cuts", cutter.cuts, cuts)
    ben.run("sync")
    alike("cut at every statement", anna, ben)
    said = logged(ben)
    expect("each change once", len(said), len(set(said)))
    expect("as many as were made", sum(why.startswith("added") for why in said), wanted - 1)
    expect("as many rows", cluster.sql("SELECT count(*) FROM lacuna_change WHERE map = 'cut'"), str(wanted))
    expect("the tables stand there, too", cluster.sql("SELECT changes FROM lacuna_stand WHERE map = 'cut'"), str(wanted))
    expect("and hold the nodes", cluster.sql("SELECT count(*) FROM lacuna_node WHERE map = 'cut'"), str(wanted))


def eight_at_once(cluster):
    clients = [Person("anna" if i % 2 else "ben", f"eight-{i}.db", cluster.address("anna" if i % 2 else "ben")) for i in range(8)]
    small_map(clients[0])
    clients[0].run("share", clients[0].address, "--name", "eight")
    for client in clients[1:]:
        client.run("share", client.address, "--name", "eight")
    running, killed, over = {}, [0], threading.Event()

    def run(client, *arguments):
        """The status, negative where it was killed."""
        child = client.start(*arguments)
        running[client] = child
        child.communicate()
        return child.returncode

    def work(client, number):
        for i in range(CHANGES):
            # What was not acknowledged is tried again; then it may be there.
            while (status := run(client, "add", "requirement", f"N-{number}-{i}", "title=A need")) not in (0, 2):
                if status > 0:
                    faults.append(f"add of {number}: status {status}")
            while run(client, "sync") < 0:
                pass

    def kill():
        while not over.wait(random.uniform(0.02, 0.2)):
            child = running.get(random.choice(clients[:3]))
            if child is not None and child.poll() is None:
                child.send_signal(signal.SIGKILL)
                killed[0] += 1

    threads = [threading.Thread(target=work, args=(client, i)) for i, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    killer = threading.Thread(target=kill)
    killer.start()
    time.sleep(1)
    cluster.stop()
    time.sleep(0.3)
    cluster.start()
    for thread in threads:
        thread.join()
    over.set()
    killer.join()
    for client in clients + clients:
        client.run("sync", status=None)
    expect("some were killed", killed[0] > 2, True)
    for client in clients:
        expect(f"eight at once: {client.map.stem} has nothing to give", client.run("sync"), f"{client.map}: 0 taken, 0 given\n")
    alike("eight at once", *clients)
    said = logged(clients[5])
    expect("eight at once: each once", sorted(s for s in said if s.startswith("added")), sorted(f"added N-{n}-{i}" for n in range(8) for i in range(CHANGES)))
    expect("eight at once: rows", cluster.sql("SELECT count(*) FROM lacuna_node WHERE map = 'eight'"), str(8 * CHANGES + 1))


def another_server(cluster, second):
    """Logical replication to a second server, which takes over while clients write."""
    cluster.sql("CREATE PUBLICATION lacuna FOR TABLE lacuna_change, lacuna_person")
    said = second.sql(f"CREATE SUBSCRIPTION lacuna CONNECTION 'host={cluster.folder} user=owner dbname=postgres' PUBLICATION lacuna")
    expect("subscription", "ERROR" in said, False)
    # Both in one address, as libpq has it: whoever is there answers.
    both = f"postgresql:///postgres?host={cluster.folder},{second.folder}&user="
    clients = [Person(name, f"over-{i}.db", both + name) for i, name in enumerate(("anna", "ben", "cleo"))]
    small_map(clients[0])
    clients[0].run("share", clients[0].address, "--name", "over")
    for client in clients[1:]:
        client.run("share", client.address, "--name", "over")

    def work(client, number):
        for i in range(CHANGES):
            client.run("add", "requirement", f"N-{number}-{i}", "title=A need")
            client.run("sync", status=None)

    threads = [threading.Thread(target=work, args=(client, i)) for i, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    passed_on = lambda: int(second.sql("SELECT count(*) FROM lacuna_change WHERE map = 'over'"))
    for _ in range(100):
        if passed_on() > 1 + CHANGES // 2:
            break
        time.sleep(0.05)
    expect("another server: what was passed on by then", 1 + CHANGES // 2 < passed_on() < 3 * CHANGES + 1, True)
    cluster.stop()  # As if its plug were pulled: what it had not passed on yet is not on the second server.
    for thread in threads:
        thread.join()
    for client in clients + clients:
        client.run("sync", status=None)
    for client in clients:
        expect(f"another server: {client.map.stem} has nothing to give", client.run("sync"), f"{client.map}: 0 taken, 0 given\n")
    alike("another server", *clients)
    expect("another server: rows", second.sql("SELECT count(*) FROM lacuna_change WHERE map = 'over'"), str(3 * CHANGES + 1))
    expect("another server: nodes", second.sql("SELECT count(*) FROM lacuna_node WHERE map = 'over'"), str(3 * CHANGES + 1))


def begun(name, *settings):
    cluster = Cluster(name, *settings)
    subprocess.run([LACUNA, "share", "--setup", cluster.address("owner")], check=True, stdout=subprocess.DEVNULL)
    for role in ("anna", "ben", "cleo"):
        cluster.sql(f"CREATE ROLE {role} LOGIN IN ROLE lacuna_editor")
    return cluster


clusters = []
try:
    clusters.append(begun("first", "wal_level=logical"))
    clusters.append(begun("second"))
    cut_at_every_statement(clusters[0])
    eight_at_once(clusters[0])
    another_server(*clusters)
finally:
    for cluster in clusters:
        cluster.stop()
end()
