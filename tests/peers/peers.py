"""Everything a system test needs: real servers, the program itself, and the @test decorator.

A test is a function in a *_test.py beside this file, named as a true sentence:

    @test(engines=('sqlite', 'postgres'))
    def a_mail_becomes_a_case(world):
        mail = world.mail()
        server = world.gestand()
        ...

`world` starts what it is asked for and stops it at the test's end. run.py runs them.
"""

import os
import shutil

import mail as mail_servers
import postgres as postgres_server
from gestand import BINARY, TOP, Gestand
from mail import COMPANY, CUSTOMER, Mail
from postgres import Postgres
from processes import Process, free_port, run, wait_for_port, wait_until

__all__ = ['BINARY', 'COMPANY', 'CUSTOMER', 'TOP', 'Gestand', 'Mail', 'Postgres', 'Process', 'Skip',
           'World', 'free_port', 'run', 'test', 'tests', 'wait_for_port', 'wait_until']

ENGINES = ('sqlite', 'postgres')
tests = []


class Skip(Exception):
    """Raised by a test that can't run here; says why."""


def test(function=None, *, engines=(None,), seconds=180):
    """Marks a test; `engines`: run it once with each; `seconds`: when it has failed."""
    def register(sentence):
        tests.extend((sentence, engine, seconds) for engine in engines)
        return sentence

    return register(function) if function else register


class World:
    """What one test stands on."""

    shared_postgres = None

    def __init__(self, folder, engine):
        self.folder, self.engine = folder, engine
        self.servers = []
        self.logs = []

    def mail(self):
        if not mail_servers.is_installed():
            raise Skip('dovecot and exim are not installed')
        mail = Mail(os.path.join(self.folder, f'mail{len(self.servers)}'))
        self.servers.append(mail)
        self.logs += mail.logs()
        return mail.start()

    def postgres(self):
        """One cluster for the whole run; each test gets databases of its own."""
        if not postgres_server.binaries():
            raise Skip('PostgreSQL is not installed')
        if not World.shared_postgres:
            folder = os.path.join(os.path.dirname(self.folder), 'postgres')
            World.shared_postgres = Postgres(folder).start()
        return World.shared_postgres

    def gestand(self, options=(), scopes='*', start=True):
        """The program with an organisation, an administrator and a token, running."""
        if not os.path.exists(BINARY):
            raise Skip(f'{os.path.relpath(BINARY, TOP)} is not built')
        database = self.postgres().create_database() if self.engine == 'postgres' else None
        server = Gestand(os.path.join(self.folder, f'gestand{len(self.servers)}'), database, options)
        self.servers.append(server)
        self.logs.append(server.log_file)
        server.init()
        server.add_token(scopes)
        return server.start() if start else server

    def stop(self):
        for server in reversed(self.servers):
            server.stop()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)
