"""The program under test: build/gestand with a data folder and a port of its own."""

import http.client
import json
import os
import signal
import socket
import sqlite3
import threading
from collections import namedtuple

import postgres
from processes import Process, free_port, run, wait_until

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get('GESTAND', os.path.join(TOP, 'build', 'gestand'))
ADMIN, PASSWORD = 'beheer@bedrijf.test', 'een-lang-wachtwoord-voor-de-proef'

Event = namedtuple('Event', 'id type data')


class Answer:
    """Status, headers (names in lower case) and body of a reply."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f'{self.status} {self.body[:500]!r}'


class Gestand:
    def __init__(self, folder, database=None, options=()):
        """`database`: the URL of an empty PostgreSQL database; None: SQLite in the folder."""
        os.makedirs(folder, exist_ok=True)
        self.folder, self.database, self.options = folder, database, list(options)
        self.data = os.path.join(folder, 'data')
        self.log_file = os.path.join(folder, 'gestand.log')
        self.port = free_port()
        self.process = None
        self.environment = {}  # of `serve`, beside ours
        self.token = None
        self._local = threading.local()

    def command(self, words, *options, seconds=60, input=b''):
        """Runs `gestand WORDS` (as 'token add') on this data folder; what it prints."""
        where = ['--data', self.data] + (['--database', self.database] if self.database else [])
        return run([BINARY, *words.split(), *where, *options], seconds=seconds, input=input)

    def init(self, organisation='Bedrijf BV'):
        password_file = os.path.join(self.folder, 'password')
        with open(password_file, 'w') as file:
            file.write(PASSWORD + '\n')
        os.chmod(password_file, 0o600)
        self.command('init', '--organisation', organisation, '--admin', ADMIN, '--password-file',
                     password_file)
        return self

    def add_token(self, scopes, user=ADMIN):
        """A token with these scopes; api() uses the first one from here on."""
        token = self.command('token add', '--user', user, '--scopes', scopes).split()[-1]
        self.token = self.token or token
        return token

    def start(self, seconds=30):
        arguments = [BINARY, 'serve', '--data', self.data, '--listen', f'127.0.0.1:{self.port}']
        if self.database:
            arguments += ['--database', self.database]
        self.process = Process(arguments + self.options, self.log_file,
                               environment=self.environment)
        self._local = threading.local()

        def is_ready():
            if not self.process.is_running():
                raise RuntimeError('gestand ended: ' + self.log()[-3000:])
            try:
                return self.api('GET', '/readyz', token='').status == 200
            except (OSError, http.client.HTTPException):
                return False

        wait_until(is_ready, seconds, '/readyz says ready')
        return self

    def stop(self):
        """As a service manager does; the exit code."""
        if not self.process:
            return 0
        code, self.process = self.process.stop(signal.SIGTERM, 20), None
        return code

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.process = None

    def restart(self):
        self.stop()
        return self.start()

    def rows(self, sql):
        """What stands in the database itself, which no API shows."""
        if self.database:
            output = run([f'{postgres.binaries()}/psql', '-X', '-q', '-A', '-t', '-c', sql,
                          self.database])
            return [tuple(line.split('|')) for line in output.splitlines()]
        with sqlite3.connect(f'file:{self.data}/gestand.db?mode=ro', uri=True) as database:
            return [tuple(str(value) for value in row) for row in database.execute(sql)]

    def damage(self, sql):
        """Changes what stands in the database behind the back of the server, which is stopped."""
        if self.database:
            run([f'{postgres.binaries()}/psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', sql,
                 self.database])
            return
        with sqlite3.connect(f'{self.data}/gestand.db') as database:
            database.executescript(sql)

    def log(self):
        try:
            with open(self.log_file, errors='replace') as file:
                return file.read()
        except FileNotFoundError:
            return ''

    def _connection(self):
        if getattr(self._local, 'connection', None) is None:
            connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._local.connection = connection
        return self._local.connection

    def _hang_up(self):
        if getattr(self._local, 'connection', None) is not None:
            self._local.connection.close()
            self._local.connection = None

    def api(self, method, path, body=None, token=None, headers=None):
        """One request over this thread's kept connection. `body`: bytes as they are, anything
        else as JSON. token '': none. Raises OSError or HTTPException when no answer came: whether
        the server did it is then unknown. Only a GET is tried again, on a new connection: the kept
        one may have been idle for too long."""
        try:
            return self._api(method, path, body, token, headers)
        except http.client.RemoteDisconnected:
            if method != 'GET':
                raise
            return self._api(method, path, body, token, headers)

    def _api(self, method, path, body, token, headers):
        sent = dict(headers or {})
        token = self.token if token is None else token
        if token:
            sent['Authorization'] = f'Bearer {token}'
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault('Content-Type', 'application/json')
        try:
            connection = self._connection()
            connection.request(method, path, body, sent)
            reply = connection.getresponse()
            return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()},
                          reply.read())
        except (OSError, http.client.HTTPException):
            self._hang_up()
            raise

    def get(self, path, **more):
        """GET that must succeed; its JSON."""
        answer = self.api('GET', path, **more)
        assert answer.status == 200, f'GET {path}: {answer}'
        return answer.json

    def post(self, path, body, **more):
        answer = self.api('POST', path, body, **more)
        assert answer.status in (200, 201, 202, 204), f'POST {path}: {answer}'
        return answer.json if answer.body else None

    def sse(self, path='/api/v1/events', last_event_id=None, token=None, seconds=30):
        """Events as they come, until the server ends or nothing comes for `seconds`. The
        connection stands when the first one is asked for; close the generator to hang up."""
        headers = {'Accept': 'text/event-stream',
                   'Authorization': f'Bearer {token or self.token}'}
        if last_event_id is not None:
            headers['Last-Event-ID'] = str(last_event_id)
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=seconds)
        connection.request('GET', path, headers=headers)
        reply = connection.getresponse()
        assert reply.status == 200, f'GET {path}: {reply.status} {reply.read()[:500]}'
        return _events(connection, reply)


def _events(connection, reply):
    fields = {}
    try:
        while True:
            line = reply.readline()
            if not line:
                return
            line = line.decode().rstrip('\r\n')
            if line.startswith(':'):
                continue
            if line:
                name, _, value = line.partition(':')
                value = value.removeprefix(' ')
                fields[name] = fields[name] + '\n' + value if name in fields else value
            elif fields:
                if 'data' in fields:
                    yield Event(fields.get('id'), fields.get('event', 'message'), fields['data'])
                fields = {}
    except TimeoutError:
        return
    finally:
        connection.close()
