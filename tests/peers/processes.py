"""Processes that end when we end, whatever happens.

Every server runs in a process group of its own and is killed by the kernel when we die. We are
the reaper of all that descends from us, so that what a server leaves behind (a delivery of exim)
is found and ended too, by its id.
"""

import atexit
import ctypes
import grp
import itertools
import os
import pwd
import random
import signal
import socket
import subprocess
import sys
import time

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None, use_errno=True)


def become_reaper():
    """Of all that descends from this process; a child that is forked says it again."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


become_reaper()

# Servers that refuse to be root run as this one.
UNPRIVILEGED = 'nobody' if os.geteuid() == 0 else None


def unprivileged_name():
    return UNPRIVILEGED or pwd.getpwuid(os.geteuid()).pw_name


def unprivileged_group():
    entry = pwd.getpwnam(unprivileged_name())
    return grp.getgrgid(entry.pw_gid).gr_name


def give(path):
    """Makes the unprivileged user the owner of a file or folder."""
    if UNPRIVILEGED:
        entry = pwd.getpwnam(UNPRIVILEGED)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _identity(unprivileged):
    if not (unprivileged and UNPRIVILEGED):
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED)
    return {'user': entry.pw_uid, 'group': entry.pw_gid, 'extra_groups': []}


class Process:
    """One running server with its log file."""

    def __init__(self, arguments, log, unprivileged=False, folder='/', environment=None):
        self.name = os.path.basename(arguments[0])
        self.log = log
        with open(log, 'ab') as out:
            self.popen = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=folder,
                env={**os.environ, **(environment or {})}, start_new_session=True,
                preexec_fn=lambda: _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0),
                **_identity(unprivileged))

    @property
    def pid(self):
        return self.popen.pid

    def is_running(self):
        return self.popen.poll() is None

    def _signal_group(self, number):
        try:
            os.killpg(self.popen.pid, number)
        except ProcessLookupError:
            pass

    def stop(self, number=signal.SIGTERM, seconds=10):
        """Asks it to end, waits, and kills what is left of its group."""
        if self.is_running():
            os.kill(self.popen.pid, number)
            try:
                self.popen.wait(seconds)
            except subprocess.TimeoutExpired:
                pass
        self.kill()
        return self.popen.returncode

    def kill(self):
        self._signal_group(signal.SIGKILL)
        self.popen.wait()


def run(arguments, unprivileged=False, seconds=60, input=b''):
    """Runs a command to its end; its output as a text. Raises with the output if it fails."""
    done = subprocess.run(arguments, input=input, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=seconds, cwd='/',
                          **_identity(unprivileged))
    output = done.stdout.decode(errors='replace')
    if done.returncode != 0:
        raise RuntimeError(f'{arguments[0]} ended with {done.returncode}: {output.strip()}')
    return output


# Below those that the kernel gives to whoever connects.
FIRST_PORT, PORTS = 20000, 4000


def use_ports_of(number):
    """A range for each of the processes that run tests: 0, 1, 2."""
    global _ports
    first = FIRST_PORT + number * PORTS
    start = first + random.randrange(PORTS)
    _ports = itertools.cycle([*range(start, first + PORTS), *range(first, start)])


use_ports_of(0)


def free_port():
    """One that nobody has, nor had before in this run."""
    for port in itertools.islice(_ports, PORTS):
        with socket.socket() as probe:
            try:
                probe.bind(('127.0.0.1', port))
            except OSError:
                continue
            return port
    raise RuntimeError('no port is free')


def wait_until(is_true, seconds, what):
    """Asks again and again; returns the first answer that is true."""
    end = time.monotonic() + seconds
    while True:
        answer = is_true()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f'not within {seconds} s: {what}')
        time.sleep(0.02)


def wait_for_port(port, process, seconds=20):
    def is_open():
        if not process.is_running():
            with open(process.log, errors='replace') as log:
                raise RuntimeError(f'{process.name} ended: {log.read()[-2000:]}')
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return True
        except OSError:
            return False

    wait_until(is_open, seconds, f'{process.name} listens on {port}')


def _descendants():
    parents = {}
    for entry in os.listdir('/proc'):
        if not entry.isdigit():
            continue
        try:
            with open(f'/proc/{entry}/stat') as stat:
                after_name = stat.read().rpartition(')')[2].split()
        except OSError:
            continue
        parents[int(entry)] = int(after_name[1])
    ours, before = {os.getpid()}, 0
    while before != len(ours):
        before = len(ours)
        ours |= {pid for pid, parent in parents.items() if parent in ours}
    return ours - {os.getpid()}


def end_all():
    """Ends everything that descends from us."""
    for _ in range(50):
        left = _descendants()
        if not left:
            return
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
        time.sleep(0.02)


atexit.register(end_all)
for _number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(_number, lambda number, frame: sys.exit(128 + number))
