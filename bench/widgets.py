"""Visitors of a chat, and how long a message takes between a widget and a desk.

Nothing but what the widget and the desk themselves do: a message has crossed when the other side,
told by its stream, has asked for it and holds its text.
"""

import hashlib
import http.client
import itertools
import json
import queue
import socket
import statistics
import threading
import time

WRITES_MAX = 25  # of one visitor: the server lets nobody write more than 30 in a minute


class Connection:
    """One that is kept. `headers` go with each request."""

    def __init__(self, port, headers):
        self.headers = {'Content-Type': 'application/json', **headers}
        self.http = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
        self.http.connect()
        self.http.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, method, path, body=None):
        self.http.request(method, path, None if body is None else json.dumps(body), self.headers)
        reply = self.http.getresponse()
        content = reply.read()
        if reply.status >= 300:
            raise RuntimeError(f'{method} {path}: {reply.status} {content[:300]!r}')
        return json.loads(content) if content else None


def listen(port, path, headers, take):
    """Hands each line of a stream to `take`, on a thread of its own; returns when it stands."""
    stream = http.client.HTTPConnection('127.0.0.1', port, timeout=120)
    stream.request('GET', path, headers={'Accept': 'text/event-stream', **headers})
    reply = stream.getresponse()
    if reply.status != 200:
        raise RuntimeError(f'GET {path}: {reply.status}')

    def read():
        try:
            while line := reply.readline():
                take(line)
        except OSError:
            pass

    threading.Thread(target=read, daemon=True).start()


def begin(connection, channel):
    """A visitor's token, for the little work that it takes."""
    challenge = connection.ask('GET', f'/chat/{channel}/site')['challenge']
    bits = int(challenge.split('.')[0])
    for n in itertools.count():
        hash_ = hashlib.sha256(f'{challenge}.{n}'.encode()).digest()
        if int.from_bytes(hash_[:4], 'big') >> (32 - bits) == 0:
            return connection.ask('POST', f'/chat/{channel}/visitors',
                                  {'challenge': challenge, 'number': str(n)})['token']


def begin_many(port, channel, n, lanes=8):
    """Their tokens."""
    tokens, left = [], itertools.count()

    def work():
        connection = Connection(port, {})
        while next(left) < n:
            tokens.append(begin(connection, channel))

    threads = [threading.Thread(target=work) for _ in range(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tokens[:n]


class Widget:
    """One that is open on somebody's screen."""

    def __init__(self, port, channel, token):
        self.base, self.hints, self.position, self.n = f'/chat/{channel}', queue.Queue(), 0, 0
        headers = {'X-Visitor': token}
        self.connection = Connection(port, headers)
        listen(port, f'{self.base}/stream', headers,
               lambda line: line.startswith(b'event: news') and self.hints.put(1))

    def write(self, text):
        self.n += 1
        return self.connection.ask('POST', f'{self.base}/messages',
                                   {'id': f'm{self.n}', 'text': text})

    def wait_for(self, text):
        """Asks at each hint what is new, until that is."""
        while True:
            self.hints.get(timeout=30)
            while not self.hints.empty():
                self.hints.get()
            news = self.connection.ask('GET', f'{self.base}/messages?after={self.position}')
            self.position = news['newest']
            if any(item['text'] == text for item in news['items']):
                return


class Desk:
    """A colleague's browser: one stream, and the case that is open."""

    def __init__(self, port, token):
        headers = {'Authorization': f'Bearer {token}'}
        self.connection, self.events = Connection(port, headers), queue.Queue()
        self.case = b'-'
        self.kind = b''
        listen(port, '/api/v1/events', headers, self.take)

    def take(self, line):
        if line.startswith(b'event: '):
            self.kind = line
        elif self.kind == b'event: message.received\n' and self.case in line:
            self.events.put(1)

    def wait_for(self, case, text):
        while True:
            self.events.get(timeout=30)
            if any(item.get('text') == text
                   for item in self.connection.ask('GET', f'/api/v1/cases/{case}')['timeline']):
                return

    def answer(self, case, text):
        self.connection.ask('POST', f'/api/v1/cases/{case}/messages', {'text': text})


def crossings(port, token, channel, samples):
    """Milliseconds from the widget to the desk, and from the desk to the widget: lists."""
    desk, connection, there, back = Desk(port, token), Connection(port, {}), [], []
    widget, case = None, None
    for n in range(samples):
        if not widget or widget.n == WRITES_MAX:
            widget = Widget(port, channel, begin(connection, channel))
            reference = widget.write('Goedemorgen')['reference']
            case = desk.connection.ask('GET', f'/api/v1/cases/{reference}')['id']
            desk.case = f'"{case}"'.encode()
            time.sleep(0.2)
            while not desk.events.empty():
                desk.events.get()
        text = f'Vraag {n}: wanneer komt de monteur?'
        began = time.monotonic()
        widget.write(text)
        desk.wait_for(case, text)
        there.append((time.monotonic() - began) * 1000)
        text = f'Antwoord {n}: morgenochtend voor tien uur.'
        began = time.monotonic()
        desk.answer(case, text)
        widget.wait_for(text)
        back.append((time.monotonic() - began) * 1000)
        time.sleep(0.01)
    return there, back


def share(values, part):
    """The value that so many of them don't exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def median(values):
    return statistics.median(values)


def answer_all(port, token, channel, tokens):
    """Each of these visitors writes; what it returns answers all of them at once, and returns when
    the last answer was taken, by the monotonic clock."""
    cases = []
    for visitor in tokens:
        connection = Connection(port, {'X-Visitor': visitor})
        said = connection.ask('POST', f'/chat/{channel}/messages', {'id': 'm1', 'text': 'Hallo'})
        cases.append(said['reference'])
        connection.http.close()

    def work(mine):
        connection = Connection(port, {'Authorization': f'Bearer {token}'})
        for case in mine:
            connection.ask('POST', f'/api/v1/cases/{case}/messages', {'text': 'Wij zijn er weer'})

    def answer():
        threads = [threading.Thread(target=work, args=(cases[n::8],)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic()

    return answer
