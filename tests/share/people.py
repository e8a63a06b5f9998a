"""People with copies of a map of their own, and PostgreSQL servers, for tests of what is shared."""
import atexit
import filecmp
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import tempfile

LACUNA, SOURCE = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
PLACE = pathlib.Path(tempfile.mkdtemp(prefix="lacuna-share-"))
PLACE.chmod(0o755)
atexit.register(shutil.rmtree, PLACE, ignore_errors=True)
faults = []


def expect(what, got, wanted):
    if got != wanted:
        faults.append(f"{what}: got {got!r:.600}, not {wanted!r:.600}")


def end():
    """Tells what was found, and ends the program."""
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


class Person:
    """Somebody with a configuration and a copy of the map of one's own."""

    def __init__(self, name, map_name, address):
        self.name, self.address = name, address
        self.map = PLACE / map_name
        self.config = PLACE / f"config-{map_name}"

    def start(self, *arguments):
        env = dict(os.environ, XDG_CONFIG_HOME=str(self.config), LACUNA_BY=self.name, LACUNA_CATALOGUES=str(PLACE / "none.db"))
        return subprocess.Popen([LACUNA, "-m", self.map, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True, env=env, cwd=PLACE)

    def run(self, *arguments, status=0, told=False):
        done = self.start(*arguments)
        out, errors = done.communicate()
        if status is not None and done.returncode != status:
            faults.append(f"{self.name}: {' '.join(map(str, arguments))}: status {done.returncode}: {out}{errors}")
        return out + errors if told else out

    def text_form(self):
        folder = PLACE / f"{self.map.stem}-text"
        shutil.rmtree(folder, ignore_errors=True)
        self.run("export", "--format", "map", "-o", folder)
        return folder


def alike(what, *people):
    first, *others = [p.text_form() for p in people]
    for other in others:
        names = sorted(p.name for p in first.iterdir())
        if filecmp.cmpfiles(first, other, names, shallow=False) != (names, [], []):
            faults.append(f"{what}: {first.name} and {other.name} differ")


class Cluster:
    """A PostgreSQL server of our own, in a folder and on a socket there."""

    def __init__(self, name="cluster", *settings):
        self.settings = settings
        self.bin = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.folder = PLACE / name
        self.folder.mkdir()
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.tool("initdb", "-D", self.folder / "data", "-U", "owner", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()

    def tool(self, name, *arguments):
        as_user = {"user": self.user} if os.geteuid() == 0 else {}
        subprocess.run([self.bin / name, *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", **as_user)

    def start(self):
        self.running = True
        self.tool("pg_ctl", "-D", self.folder / "data", "-w", "-s", "-l", self.folder / "log", "-o",
                  f"-k {self.folder} -c listen_addresses= " + " ".join(f"-c {s}" for s in self.settings), "start")

    def stop(self, how="immediate"):
        if self.running:
            self.running = False
            self.tool("pg_ctl", "-D", self.folder / "data", "-w", "-s", "-m", how, "stop")

    def address(self, role):
        return f"postgresql://{role}@/postgres?host={self.folder}"

    def sql(self, text, role="owner"):
        done = subprocess.run([self.bin / "psql", "-h", self.folder, "-U", role, "-d", "postgres", "-qtA", "-v", "ON_ERROR_STOP=1", "-c", text],
                              capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else done.stderr
