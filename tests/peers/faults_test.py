"""Nothing acknowledged is lost, and nothing is doubled, whatever is killed at whatever moment."""

import os
import random
import signal
import time

from gestand import Gestand
from ledger import Books
from ledger_contacts import Contacts
from peers import Postgres, Process, Skip, test, wait_until
import postgres as postgres_server

BOTH = ('sqlite', 'postgres')
KILLS = 50  # with each engine
BACKEND_KILLS, SHUTDOWNS = 6, 4


def kill_while_it_starts(server, chance):
    arguments = server.process.popen.args
    server.kill()
    process = Process(arguments, server.log_file)
    time.sleep(chance.uniform(0, 0.1))
    process.kill()


@test(engines=BOTH, seconds=900)
def a_server_killed_at_50_random_moments_keeps_what_it_acknowledged_once(world):
    chance = random.Random(2026)
    server = world.gestand(options=('--allow-private',))  # Kannel's side is on this machine
    books, contacts = Books(server), Contacts(server)
    world.servers.append(contacts)
    contacts.open()
    books.open()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.02, 1.2))
        books.fail_early()
        contacts.fail_early()
        if chance.random() < 0.2:
            kill_while_it_starts(server, chance)
        else:
            server.kill()
        server.start()
        contacts.check_invariants(books.rows)
    time.sleep(0.5)
    contacts.close()
    books.close()
    print('  ' + books.summary() + '; ' + contacts.summary())
    books.check()
    contacts.check(books.rows)


# --- the database itself


class Database:
    """A PostgreSQL of this test alone, since it is to be killed."""

    def __init__(self, world):
        if not postgres_server.binaries():
            raise Skip('PostgreSQL is not installed')
        self.server = Postgres(os.path.join(world.folder, 'cluster'))
        world.servers.append(self.server)
        world.logs.append(self.server.log)
        self.server.start()
        self.url = self.server.create_database()
        self.name = self.url.rpartition('/')[2]

    def kill_a_backend(self, chance):
        """The others end with it, and the server recovers by itself."""
        found = wait_until(self.backends, 30, 'gestand is connected')
        os.kill(int(chance.choice(found)), signal.SIGKILL)

    def backends(self):
        try:
            return self.server.psql("SELECT pid FROM pg_stat_activity WHERE datname = "
                                    f"'{self.name}' AND application_name = 'gestand'",
                                    'postgres').split()
        except RuntimeError:  # it recovers from the last one
            return None

    def restart_at_once(self, seconds):
        """As if the machine had lost its power, and came back after a while."""
        self.server.process.stop(signal.SIGQUIT)
        time.sleep(seconds)
        self.server.start()


def serve_from(world, database):
    server = Gestand(os.path.join(world.folder, 'gestand'), database.url)
    world.servers.append(server)
    world.logs.append(server.log_file)
    server.init()
    server.add_token('*')
    return server.start()


@test(seconds=600)
def a_database_that_is_killed_under_load_keeps_what_was_acknowledged_once(world):
    chance = random.Random(2027)
    database = Database(world)
    server = serve_from(world, database)
    books = Books(server).open()
    kills = ['backend'] * BACKEND_KILLS + ['shutdown'] * SHUTDOWNS
    chance.shuffle(kills)
    for kill in kills:
        time.sleep(chance.uniform(0.3, 1.5))
        books.fail_early()
        if kill == 'backend':
            database.kill_a_backend(chance)
        else:
            database.restart_at_once(chance.uniform(0, 1))
    time.sleep(1)
    books.close()
    print('  ' + books.summary())
    books.check()
    assert server.process.is_running()


@test
def a_database_that_stays_away_is_told_in_time_and_found_again(world):
    database = Database(world)
    server = serve_from(world, database)
    database.server.process.stop(signal.SIGQUIT)
    for most in (15, 2):  # the first one hopes, those behind it don't
        began = time.monotonic()
        answer = server.api('POST', '/api/v1/labels', {'name': f'label {most}'})
        assert answer.status == 503 and 'database' in answer.json['detail'], answer
        assert 'retry-after' in answer.headers, answer.headers
        assert time.monotonic() - began < most, f'{time.monotonic() - began:.1f} s'
    assert server.api('GET', '/api/v1/labels').status == 503
    assert server.api('GET', '/readyz', token='').status == 503
    assert server.api('GET', '/healthz', token='').status == 200
    database.server.start()
    wait_until(lambda: server.api('POST', '/api/v1/labels', {'name': 'back'}).status == 201, 5,
               'it works again')
    database.server.process.stop(signal.SIGQUIT)
    began = time.monotonic()
    assert server.stop() == 0 and time.monotonic() - began < 60, 'it stops all the same'
