"""System calls that fail, and signals at system calls: strace carries them out."""
import re
import shutil
import signal
import subprocess
import tempfile

import world

FAULTS = {
    "openat": ["EMFILE", "EACCES", "EIO", "ENOMEM", "EINTR", "ENOSPC", "EROFS"],
    "read": ["EIO", "EINTR", "ENOMEM"],
    "pread64": ["EIO", "EINTR"],
    "getdents64": ["EIO", "ENOMEM"],
    "write": ["ENOSPC", "EIO", "EDQUOT", "EINTR", "EFBIG"],
    "pwrite64": ["ENOSPC", "EIO", "EDQUOT", "EFBIG"],
    "writev": ["ENOSPC", "EIO", "EDQUOT"],
    "fsync": ["EIO", "ENOSPC", "EDQUOT", "EINVAL"],
    "fdatasync": ["EIO", "ENOSPC"],
    "ftruncate": ["EIO", "EPERM"],
    "rename": ["ENOSPC", "EPERM", "EIO", "EXDEV", "EBUSY"],
    "renameat2": ["ENOSPC", "EPERM", "EIO", "EINVAL", "ENOSYS"],
    "unlink": ["EPERM", "EIO", "EBUSY"],
    "unlinkat": ["EPERM", "EIO"],
    "rmdir": ["EIO", "EBUSY"],
    "mkdir": ["ENOSPC", "EPERM", "EDQUOT"],
    "link": ["EPERM", "EMLINK", "ENOSPC"],
    "fchmod": ["EPERM", "EIO"],
    "flock": ["ENOLCK", "EINTR", "EIO"],
    "fcntl": ["EIO", "ENOLCK", "EPERM", "EINTR"],
    "close": ["EIO", "EINTR", "ENOSPC"],
    "mmap": ["ENOMEM"],
    "clone3": ["EAGAIN"],
    "lseek": ["EIO"],
    "newfstatat": ["EIO", "EACCES", "ENOMEM"],
}
SIGNALS = ("KILL", "TERM", "INT")
REMOVES = ("unlink", "unlinkat", "rmdir")  # Who cannot remove leaves something.
# Fonts, plug-ins and the like of the system: a picture without them looks otherwise, and that is no fault of what was asked for.
SYSTEM = re.compile(r'[<"](/usr/lib|/usr/share/(?!zoneinfo)|/usr/local/share|/etc/|/var/|/root|/home|/proc|/sys|/dev)')


def can_trace():
    if shutil.which("strace") is None:
        return "strace is not installed"
    trial = ["strace", "-qq", "-e", "trace=openat", "-e", "inject=openat:error=EIO:when=1000", "true"]
    run = subprocess.run(trial, capture_output=True, text=True)
    return "" if run.returncode == 0 else f"strace may not trace here: {run.stderr.strip()[:200]}"


def calls_of(scene):
    """(call, ordinal in its thread, text) of an undisturbed run, from when the loader has done its work."""
    with world.Place(world.BASE) as place, tempfile.NamedTemporaryFile(dir=world.SCRATCH) as log:
        trace = f"trace={','.join(FAULTS)},munmap"
        place.run(scene.words, ["strace", "-f", "-y", "-qq", "-s", "200", "-o", log.name, "-e", trace])
        lines = open(log.name, errors="replace").read().splitlines()
    found, ordinals, loaded, cache, of_loader = [], {}, False, False, {}
    for line in lines:
        match = re.match(r"(\d+) +(\w+)\((.*)", line)
        if match is None:
            continue
        thread, call, text = match.groups()
        cache = cache or "/etc/ld.so.cache" in text
        loaded = loaded or (cache and call == "munmap")
        ordinals[thread, call] = ordinals.get((thread, call), 0) + 1
        if not loaded:
            of_loader[call] = ordinals[thread, call]
        # strace counts in each thread for itself: a small number in a later thread may be one of the loader's in the first.
        # Pango looks for fonts in a thread of its own, without which GLib ends any program.
        elif call in FAULTS and not (scene.name.startswith("render") and (call == "clone3" or "MAP_STACK" in text)) and ordinals[thread, call] > of_loader.get(call, 0):
            found.append((call, ordinals[thread, call], text))
    return found


def names_of(words):
    return {w for w in words if "." in w or w in ("text", "edited", "export", "etsi", "itu-new")}


def main(count, seed, chosen):
    if why := can_trace():
        print(f"calls: skipped: {why}")
        return 77
    tally = world.Tally("calls", seed)
    for scene in world.scenes():
        numbers = chosen(scene.name, count)
        if not numbers:
            continue
        scene.rehearse()
        calls = calls_of(scene)
        kinds = sorted({call for call, _, _ in calls})
        told = {"reached": 0, "status 0": 0}

        def one(number):
            chance = world.chance(seed, scene.name, number)
            # First the call, then one of its places: the many reads do not crowd out the one rename.
            call = chance.choice(kinds)
            _, ordinal, text = chance.choice([c for c in calls if c[0] == call])
            what = f"signal={chance.choice(SIGNALS)}" if chance.random() < 0.2 else f"error={chance.choice(FAULTS[call])}"
            # The first of each kind: what is named cannot be looked at. It must not be taken for something that is not there.
            looks = [c for c in calls if c[0] == "newfstatat" and any(f'"{name}"' in c[2] for name in names_of(scene.words))]
            if number == 0 and looks:
                (call, ordinal, text), what = chance.choice(looks), "error=EIO"
            with world.Place(world.BASE) as place, tempfile.NamedTemporaryFile(dir=world.SCRATCH) as log:
                inject = f"inject={call}:{what}:when={ordinal}"
                run = place.run(scene.words, ["strace", "-f", "-y", "-qq", "-o", log.name, "-e", f"trace={call}", "-e", inject])
                hit = [line for line in open(log.name, errors="replace") if "(INJECTED)" in line or "--- SIG" in line]
                told["reached"] += bool(hit)
                told["status 0"] += run.status == 0
                done = f"{what} at {call} number {ordinal} ({text[:120]})"
                elsewhere = "error" in what and any(SYSTEM.search(line) for line in hit)
                return done, judge(scene, place, run, call, what, elsewhere)

        tally.kind(scene.name, numbers, one, lambda: ", ".join(f"{n} {w}" for w, n in told.items()))
    return tally.end()


def judge(scene, place, run, call, what, elsewhere):
    if elsewhere and run.status == 0:
        return []
    signalled = -run.status in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
    if signalled and "signal" in what:
        run.out = run.out if run.status == -signal.SIGKILL else ""
    faults = scene.judge(place, run, signalled and "signal" in what and run.status == -signal.SIGKILL or
                         signalled and "signal" in what and call in REMOVES, untidy=call in REMOVES)
    if signalled and "signal" in what:
        # TERM and INT end the program, but it tidies up first.
        faults = [f for f in faults if not f.startswith("status -")]
    elif run.status == 1:
        if world.NAMES_A_PART.search(run.err):
            faults.append(f"names a part: {world.last_line(run.err)}")
        named = [*names_of(scene.words), "catalogues.db", "out of memory", "standard output"]
        if not elsewhere and not any(name in run.err for name in named):
            faults.append(f"does not name what it is about: {world.last_line(run.err)}")
        if "internal error" in run.err:
            faults.append(world.last_line(run.err))
    return faults
