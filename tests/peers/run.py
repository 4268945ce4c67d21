#!/usr/bin/env python3
"""run.py [WORDS] — runs the system tests whose name, file or engine holds one of the words.

Prints `ok` or `FAILED` for each; the last line is `N passed, N failed` (`, N skipped`).
"""

import glob
import importlib
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


class TooLong(Exception):
    pass


def too_long(number, frame):
    raise TooLong('the test takes too long')


def sentence(function, engine):
    return function.__name__ + (f' [{engine}]' if engine else '')


def is_wanted(function, engine, words):
    text = f'{function.__module__} {sentence(function, engine)}'
    return not words or any(word in text for word in words)


def print_logs(world):
    for path in world.logs:
        try:
            with open(path, errors='replace') as file:
                lines = file.read().splitlines()[-25:]
        except OSError:
            continue
        print(f'  --- end of {os.path.basename(path)}')
        for line in lines:
            print('  | ' + line[:300])


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
        print(f'FAILED {name}')
        print('  ' + traceback.format_exc().rstrip().replace('\n', '\n  '))
        print_logs(world)
        sys.stdout.flush()
        return 'failed'
    finally:
        signal.alarm(0)
        world.stop()
        world.remove()


def main():
    words = sys.argv[1:]
    signal.signal(signal.SIGALRM, too_long)
    for path in sorted(glob.glob(os.path.join(HERE, '*_test.py'))):
        importlib.import_module(os.path.basename(path)[:-3])
    folder = tempfile.mkdtemp(prefix='gestand-peers-')
    os.chmod(folder, 0o755)
    results = []
    try:
        for n, (function, engine, seconds) in enumerate(peers.tests):
            if is_wanted(function, engine, words):
                results.append(run_one(function, engine, seconds, os.path.join(folder, str(n))))
    finally:
        if peers.World.shared_postgres:
            peers.World.shared_postgres.stop()
        processes.end_all()
        shutil.rmtree(folder, ignore_errors=True)
    print(f'{results.count("passed")} passed, {results.count("failed")} failed' +
          (f', {results.count("skipped")} skipped' if 'skipped' in results else ''))
    return 1 if 'failed' in results else 0


if __name__ == '__main__':
    sys.exit(main())
