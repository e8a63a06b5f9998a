"""kill -9 at a random moment of every command that changes something."""
import signal

import world


def main(count, seed, chosen):
    tally = world.Tally("kill", seed)
    for scene in world.scenes():
        numbers = chosen(scene.name, count)
        if not numbers:
            continue
        scene.rehearse()
        early = [0]

        def one(number):
            chance = world.chance(seed, scene.name, number)
            # A third of the moments lie where the renames are.
            moment = scene.seconds * (chance.uniform(0.9, 1.05) if chance.random() < 0.33 else chance.uniform(0, 1))
            with world.Place(world.BASE) as place:
                run = place.run(scene.words, kill_after=moment)
                early[0] += run.killed
                faults = scene.judge(place, run, run.status == -signal.SIGKILL)
                return f"killed after {moment:.4f} s of {scene.seconds:.4f}", faults

        tally.kind(scene.name, numbers, one, lambda: f"{early[0]} killed before the end")
    return tally.end()
