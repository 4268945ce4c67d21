#!/usr/bin/env python3
"""run.py [WORDS] — runs the system tests whose name, file or engine holds one of the words.

Several run at once, each in a process of its own: they mostly wait for servers.
Prints `ok` or `FAILED` for each; the last line is `N passed, N failed` (`, N skipped`).
"""

import collections
import glob
import importlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

import peers  # noqa: E402
import processes  # noqa: E402

LANES = 3


class TooLong(Exception):
    pass


def too_long(number, frame):
    raise TooLong('the test takes too long')


def sentence(function, engine):
    return function.__name__ + (f' [{engine}]' if engine else '')


def is_wanted(function, engine, words):
    text = f'{function.__module__} {sentence(function, engine)}'
    return not words or any(word in text for word in words)


def ends_of_logs(world):
    for path in world.logs:
        try:
            with open(path, errors='replace') as file:
                lines = file.read().splitlines()[-25:]
        except OSError:
            continue
        yield f'  --- end of {os.path.basename(path)}'
        for line in lines:
            yield '  | ' + line[:300]


def run_one(function, engine, seconds, folder):
    """'passed', 'failed' or 'skipped'."""
    name = sentence(function, engine)
    os.mkdir(folder)
    os.chmod(folder, 0o755)
    world = peers.World(folder, engine)
    began = time.monotonic()
    try:
        signal.alarm(seconds)
        function(world)
        signal.alarm(0)
        print(f'ok {name} ({time.monotonic() - began:.1f} s)', flush=True)
        return 'passed'
    except peers.Skip as why:
        print(f'skipped {name}: {why}', flush=True)
        return 'skipped'
    except Exception:
        signal.alarm(0)
        print('\n'.join([f'FAILED {name}',
                         '  ' + traceback.format_exc().rstrip().replace('\n', '\n  '),
                         *ends_of_logs(world)]), flush=True)
        return 'failed'
    finally:
        signal.alarm(0)
        world.stop()
        world.remove()


def run_lane(tests, taken, folder):
    """Runs what no other lane has taken yet; how many of each result."""
    results = collections.Counter()
    os.mkdir(folder)
    os.chmod(folder, 0o755)
    try:
        while True:
            with taken.get_lock():
                n, taken.value = taken.value, taken.value + 1
            if n >= len(tests):
                return results
            function, engine, seconds = tests[n]
            results[run_one(function, engine, seconds, os.path.join(folder, str(n)))] += 1
    finally:
        if peers.World.shared_postgres:
            peers.World.shared_postgres.stop()


class Lane:
    """A process that runs tests after one another, and writes its results at its end."""

    def __init__(self, number, tests, taken, folder):
        self.results = os.path.join(folder, f'lane{number}.results')
        self.process = os.fork()
        if self.process:
            return
        processes.become_reaper()
        processes.use_ports_of(number)
        try:
            results = run_lane(tests, taken, os.path.join(folder, f'lane{number}'))
            with open(self.results, 'x') as file:
                json.dump(results, file)
        except BaseException:
            traceback.print_exc()
        finally:
            processes.end_all()
            sys.stdout.flush()
            os._exit(0)

    def join(self):
        os.waitpid(self.process, 0)
        self.process = None
        try:
            with open(self.results) as file:
                return collections.Counter(json.load(file))
        except (OSError, ValueError):
            print('FAILED a lane was broken off')
            return collections.Counter(failed=1)

    def end(self):
        if self.process:
            os.kill(self.process, signal.SIGTERM)
            self.join()


def main():
    words = sys.argv[1:]
    signal.signal(signal.SIGALRM, too_long)
    for path in sorted(glob.glob(os.path.join(HERE, '*_test.py'))):
        importlib.import_module(os.path.basename(path)[:-3])
    folder = tempfile.mkdtemp(prefix='gestand-peers-')
    os.chmod(folder, 0o755)
    wanted = [test for test in peers.tests if is_wanted(test[0], test[1], words)]
    # The longest first, so that no lane begins one when the others have nothing left.
    wanted.sort(key=lambda test: -test[2])
    taken, lanes, results = multiprocessing.Value('i', 0), [], collections.Counter()
    try:
        for number in range(min(LANES, len(wanted))):
            lanes.append(Lane(number, wanted, taken, folder))
        for lane in lanes:
            results += lane.join()
    finally:
        for lane in lanes:
            lane.end()
        processes.end_all()
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{results["passed"]} passed, {results["failed"]} failed' +
          (f', {results["skipped"]} skipped' if results['skipped'] else ''))
    return 1 if results['failed'] else 0


if __name__ == '__main__':
    sys.exit(main())
