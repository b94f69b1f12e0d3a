#!/usr/bin/env python3
"""Time check and script.py in turn on the same file: python3 compare.py ./kanal-campaign [ROWS] [ROUNDS]

Prints microseconds a row, by the clock and of the processors, of the fastest round of each, and how many times faster check is.
The file has another person in every row (rows.py). Nothing is sent: check runs against the sandbox, with its ledger in a folder
that is removed.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def used():
    of = resource.getrusage(resource.RUSAGE_CHILDREN)
    return of.ru_utime + of.ru_stime


def timed(command, env):
    before, start = used(), time.monotonic()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - start, used() - before


def main(program, rows=200_000, rounds=3):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.csv")
        with open(path, "w", encoding="utf-8") as file:
            subprocess.run([sys.executable, os.path.join(HERE, "rows.py"), str(rows)], stdout=file, check=True)
        check = [os.path.abspath(program), "check", path, "--template", "welcome", "--country", "FR", "--sandbox"]
        home = dict(os.environ, HOME=folder, XDG_STATE_HOME=folder, XDG_CONFIG_HOME=folder)
        ways = {
            "script.py": ([sys.executable, os.path.join(HERE, "script.py"), path], os.environ),
            "check, one processor": (check, dict(home, GOMAXPROCS="1")),
            "check, all processors": (check, home),
        }
        best = {name: (float("inf"), float("inf")) for name in ways}
        for _ in range(rounds):
            for name, (command, env) in ways.items():
                best[name] = min(best[name], timed(command, env))
        script = best["script.py"][0]
        print("%d rows, %d processors, the best of %d rounds" % (rows, os.cpu_count(), rounds))
        for name, (clock, processor) in best.items():
            print("%-22s %6.2f µs a row, %6.2f of the processors, %5.1f times as fast as script.py" %
                  (name, clock / rows * 1e6, processor / rows * 1e6, script / clock))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
