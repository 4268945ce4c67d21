"""A wall clock that jumps, forward and back, while the program runs and while it doesn't."""

import os
import shutil
import struct
import time

from faults_sending_test import OPTIONS, Desk
from ledger import Books
from peers import Skip, run, test, wait_until

HOUR, DAY = 3600, 24 * 3600
BOTH = ('sqlite', 'postgres')


class WallClock:
    """The one that a program sees."""

    def __init__(self, world):
        compiler = shutil.which('cc')
        if not compiler:
            raise Skip('there is no C compiler')
        self.library = os.path.join(world.folder, 'shifted_clock.so')
        self.path = os.path.join(world.folder, 'shift')
        run([compiler, '-shared', '-fPIC', '-o', self.library,
             os.path.join(os.path.dirname(os.path.abspath(__file__)), 'shifted_clock.c')])
        self.is_wrong_by(0)

    def is_wrong_by(self, seconds):
        mode = 'r+b' if os.path.exists(self.path) else 'wb'
        with open(self.path, mode) as file:
            file.write(struct.pack('=q', seconds))

    def environment(self):
        return {'LD_PRELOAD': self.library, 'SHIFTED_CLOCK': self.path,
                'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'}


def serve_by(world, clock):
    server = world.gestand(options=OPTIONS, start=False)
    server.environment = clock.environment()
    return server.start()


def acknowledged(books):
    return sum(len(client.acknowledged) for client in books.clients)


@test(engines=BOTH)
def a_wall_clock_that_jumps_holds_up_nothing_and_loses_nothing(world):
    clock = WallClock(world)
    server = serve_by(world, clock)
    desk = Desk(server, lambda nth: 500 if nth == 1 else 200)  # each goes by its second try
    case = desk.open_case(1)
    books = Books(server, 2).open()
    for seconds in (HOUR, 0, -DAY):
        clock.is_wrong_by(seconds)
        desk.receiver.clock_is_wrong_by = seconds
        before = acknowledged(books), len(books.listener.events)
        desk.answer(case, f'bij {seconds}')
        wait_until(lambda: acknowledged(books) > before[0] + 50, 10, 'messages are taken')
        wait_until(lambda: len(books.listener.events) > before[1] + 50, 10, 'events are heard')
        desk.wait_for('sent', 25)  # the try after five seconds
    desk.check_taken()
    books.close()
    books.check()


@test(engines=BOTH)
def a_clock_that_was_wrong_and_is_set_right_between_two_runs_delays_and_mixes_up_nothing(world):
    clock = WallClock(world)
    clock.is_wrong_by(90 * DAY)
    server = serve_by(world, clock)
    answers = [503]
    desk = Desk(server, lambda nth: answers[-1])
    desk.receiver.clock_is_wrong_by = 90 * DAY
    case = desk.open_case(1)
    first = desk.answer(case, 'in de toekomst')
    wait_until(lambda: desk.receiver.tries[first] >= 1, 10, 'it is tried')
    later = [desk.answer(case, f'ook {n}') for n in range(5)]
    wait_until(lambda: all(desk.receiver.tries[message] >= 1 for message in later), 20,
               'they are tried')
    server.kill()
    answers.append(200)
    clock.is_wrong_by(0)
    desk.receiver.clock_is_wrong_by = 0
    began = time.monotonic()
    server.start()
    desk.wait_for('sent', 20)
    assert time.monotonic() - began < 20
    now = desk.answer(case, 'nu')
    desk.wait_for('sent', 20)
    assert now > max(first, *later), 'ids stay sorted by when they were made'
    again = server.post(f'{desk.path}/messages',
                        {'external_id': '1', 'from': 'klant 1', 'text': 'Waar blijft het?'})
    assert again['state'] == 'duplicate', again
    desk.check_taken()
