"""What we send, when the other side is slow, refuses, dies, or we die in the middle of it."""

import base64
import collections
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import random
import socketserver
import threading
import time

from peers import free_port, test, wait_until

BOTH = ('sqlite', 'postgres')
OPTIONS = ('--allow-private',)  # the receivers of these tests are on this machine


class Receiver:
    """A webhook's other side, which keeps books: what came, and what it said it has taken.

    `manner(nth try of the message)` says what it does: a status, 'hang_up' before answering,
    'hang_up_after' taking it, or a number of seconds to wait before 200.
    """

    def __init__(self, secret, manner):
        self.secret, self.manner = secret, manner
        self.clock_is_wrong_by = 0  # seconds
        self.tries = collections.Counter()
        self.taken = collections.Counter()
        self.bodies = {}
        self.wrong = []
        self.lock = threading.Lock()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                receiver.answer(self)

            def log_message(self, *words):
                pass

        self.handler = Handler
        self.server = None
        self.port = None
        self.listen()

    def listen(self):
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', self.port or 0), self.handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def die(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}/in'

    def is_signed(self, headers, body):
        """As the Standard Webhooks specification has it."""
        signed = f'{headers["webhook-id"]}.{headers["webhook-timestamp"]}.'.encode() + body
        key = base64.b64decode(self.secret.removeprefix('whsec_'))
        wanted = 'v1,' + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        return wanted in headers['webhook-signature'].split(' ') and \
            abs(int(headers['webhook-timestamp']) - time.time() - self.clock_is_wrong_by) < 300

    def answer(self, request):
        body = request.rfile.read(int(request.headers['Content-Length']))
        name = request.headers['webhook-id']
        with self.lock:
            self.tries[name] += 1
            do = self.manner(self.tries[name])
            if not self.is_signed(request.headers, body):
                self.wrong.append(f'the signature of {name}')
            if self.bodies.setdefault(name, body) != body:
                self.wrong.append(f'{name} changed from one try to the next')
        if isinstance(do, float):
            time.sleep(do)
            do = 200
        if do in (200, 'hang_up_after'):
            with self.lock:
                self.taken[name] += 1
        if isinstance(do, str):
            request.close_connection = True
            request.connection.close()
            return
        request.send_response(do)
        request.send_header('Content-Length', '0')
        request.end_headers()


class Desk:
    """A channel with a webhook, and cases to answer in."""

    def __init__(self, server, manner):
        self.server = server
        channel = server.post('/api/v1/channels', {
            'type': 'api', 'name': 'App', 'settings': {'address': f'app {id(self)}'}})
        self.path = f'/api/v1/channels/{channel["id"]}'
        self.receiver = Receiver(server.get(f'{self.path}/secret')['secret'], manner)
        changed = server.api('PATCH', self.path, {'settings': {
            'webhook_url': self.receiver.url}}, headers={
                'If-Match': server.api('GET', self.path).headers['etag']})
        assert changed.status == 200, changed
        self.sent = {}  # message id -> text

    def open_case(self, n):
        return self.server.post(f'{self.path}/messages', {
            'external_id': str(n), 'from': f'klant {n}', 'text': 'Waar blijft het?'})['case_id']

    def answer(self, case, text):
        message = self.server.post(f'/api/v1/cases/{case}/messages', {'text': text},
                                   headers={'Idempotency-Key': text})
        self.sent[message['id']] = text
        return message['id']

    def state(self, message):
        return self.server.get(f'/api/v1/messages/{message}')['state']

    def wait_for(self, state, seconds=60):
        wait_until(lambda: all(self.state(message) == state for message in self.sent), seconds,
                   f'all messages are {state}')

    def check_taken(self):
        """Each of them, once for who looks at the webhook-id, and nothing else."""
        receiver = self.receiver
        assert not receiver.wrong, receiver.wrong[:5]
        assert set(receiver.taken) == set(self.sent), set(receiver.taken) ^ set(self.sent)
        for name, body in receiver.bodies.items():
            data = json.loads(body)['data']
            assert (data['id'], data['text']) == (name, self.sent[name]), data


@test(engines=BOTH)
def a_webhook_that_is_gone_is_in_the_health_of_its_channel_until_it_takes_something(world):
    desk = Desk(world.gestand(options=OPTIONS), lambda tries: 200)
    receiver = desk.receiver

    def send_error():
        return desk.server.get(desk.path)['send_error'] or ''

    receiver.manner = lambda tries: 422
    refused = desk.answer(desk.open_case(1), 'dat begrijpt hij niet')
    wait_until(lambda: receiver.tries[refused] == 1, 20, 'it was tried')
    assert not send_error(), 'one message is not the channel'
    receiver.manner = lambda tries: 410
    gone = desk.answer(desk.open_case(2), 'weg')
    wait_until(lambda: desk.state(gone) == 'failed', 20, 'it is refused')
    assert send_error() == 'the webhook answered 410'
    receiver.manner = lambda tries: 200
    receiver.die()
    late = desk.answer(desk.open_case(3), 'later')
    wait_until(lambda: 'onnect' in send_error(), 20, 'nobody is there')
    receiver.listen()
    wait_until(lambda: desk.state(late) == 'sent', 60, 'it is sent')
    assert not send_error() and desk.server.get(desk.path)['send_good_at']


@test(engines=BOTH)
def a_webhook_that_refuses_hangs_up_and_dies_gets_each_message_once_by_its_id(world):
    manners = [500, 302, 400, 404, 'hang_up', 503, 429, 'hang_up_after', 0.3, 200]
    chance = random.Random(5)
    server = world.gestand(options=OPTIONS)
    desk = Desk(server, lambda nth: chance.choice(manners) if nth < 2 else 200)
    cases = [desk.open_case(n) for n in range(10)]
    for n in range(30):
        desk.answer(cases[n % 10], f'antwoord {n}')
    desk.receiver.die()
    last = desk.answer(cases[0], 'antwoord aan een dode')
    wait_until(lambda: server.get(f'/api/v1/messages/{last}')['state_words'], 20,
               'the words say what is wrong')
    assert desk.state(last) == 'queued'
    desk.receiver.listen()
    desk.wait_for('sent')
    desk.check_taken()
    assert max(desk.receiver.tries.values()) > 1
    assert server.get('/api/v1/jobs')['items'] == []


@test
def a_webhook_that_says_no_is_believed_and_a_person_decides(world):
    server = world.gestand(options=OPTIONS)
    answers = [410]
    desk = Desk(server, lambda nth: answers[-1])
    case = desk.open_case(1)
    message = desk.answer(case, 'antwoord')
    desk.wait_for('failed', 20)
    assert '410' in server.get(f'/api/v1/messages/{message}')['state_words']
    assert server.get(f'/api/v1/cases/{case}')['status'] == 'open', 'the customer waits again'
    time.sleep(1)
    assert desk.receiver.tries[message] == 1
    answers.append(200)
    server.post(f'/api/v1/outbox/{message}/retry', None)
    desk.wait_for('sent', 20)
    desk.check_taken()


@test(engines=BOTH, seconds=120)
def a_server_killed_while_it_calls_webhooks_gives_each_message_once_by_its_id(world):
    chance = random.Random(6)
    server = world.gestand(options=OPTIONS)
    desk = Desk(server, lambda nth: 0.05)
    cases = [desk.open_case(n) for n in range(10)]
    for round_n in range(6):
        for n in range(10):
            desk.answer(cases[n], f'antwoord {round_n}/{n}')
        time.sleep(chance.uniform(0, 0.2))
        server.kill()
        server.start()
    desk.wait_for('sent')
    desk.check_taken()
    assert server.get('/api/v1/jobs')['items'] == []


@test
def a_slow_webhook_holds_up_neither_another_channel_nor_what_comes_in(world):
    server = world.gestand(options=OPTIONS)
    slow, quick = Desk(server, lambda nth: 3.0), Desk(server, lambda nth: 200)
    case = slow.open_case(1)
    for n in range(40):
        slow.answer(case, f'traag {n}')
    time.sleep(0.5)
    began = time.monotonic()
    quick.answer(quick.open_case(2), 'snel')
    quick.wait_for('sent', 60)
    make_mail_channel(server, SlowSmtp())  # waits until its mail is a case
    assert time.monotonic() - began < 5, 'they waited for the slow one'


# --- a mail


class SlowSmtp:
    """Takes mails, and stands still at one place of each: 'greeting', 'mail', 'rcpt', 'data',
    'dot' (all of it is there, and not taken yet) or 'taken' (and not said so yet)."""

    def __init__(self):
        self.place = None  # nowhere
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.taken = []  # mails
        smtp = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                try:
                    smtp.talk(self.rfile, self.wfile)
                except OSError:
                    pass

        self.server = socketserver.ThreadingTCPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def stand_still_at(self, place):
        self.reached.clear()
        self.go_on.clear()
        self.place = place

    def pause(self, place):
        if place == self.place:
            self.reached.set()
            self.go_on.wait(30)

    def talk(self, rfile, wfile):
        def say(line):
            wfile.write(line.encode() + b'\r\n')

        self.pause('greeting')
        say('220 slow')
        while line := rfile.readline():
            word = line[:4].upper().decode()
            self.pause(word.lower())
            if word != 'DATA':
                say('221 bye' if word == 'QUIT' else '250 ok')
                continue
            say('354 go on')
            mail = b''
            while (line := rfile.readline()) not in (b'.\r\n', b''):
                mail += line
            self.pause('dot')
            if line:
                self.taken.append(mail)
            self.pause('taken')
            say('250 mine now')

    def texts(self):
        return [parse(mail).get_body(('plain',)).get_content() for mail in self.taken]


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def make_mail_channel(server, smtp):
    """Its mailbox isn't there: what comes in is handed over by the command."""
    channel = server.post('/api/v1/channels', {'type': 'email', 'name': 'Post', 'settings': {
        'address': 'service@bedrijf.test', 'imap_host': '127.0.0.1', 'imap_port': free_port(),
        'imap_security': 'plain', 'imap_user': 'service', 'imap_password': 'geheim',
        'smtp_host': '127.0.0.1', 'smtp_port': smtp.port, 'smtp_security': 'plain'}})['id']
    server.command('deliver', '--channel', channel, input=(
        b'From: jan@klant.test\r\nTo: service@bedrijf.test\r\nSubject: Vraag\r\n'
        b'Message-ID: <1@klant.test>\r\n\r\nWaar blijft het?\r\n'))
    return wait_until(lambda: server.get(f'/api/v1/cases?channel={channel}')['items'], 20,
                      'the mail is a case')[0]['id']


@test(engines=BOTH)
def a_server_killed_while_it_sends_a_mail_never_sends_it_twice_by_itself(world):
    server = world.gestand(options=OPTIONS)
    smtp = SlowSmtp()
    case = make_mail_channel(server, smtp)
    for place in ('greeting', 'mail', 'rcpt', 'data', 'dot', 'taken'):
        smtp.stand_still_at(place)
        message = server.post(f'/api/v1/cases/{case}/messages', {'text': f'dood bij {place}'})['id']
        assert smtp.reached.wait(20), f'{place} was never reached'
        assert server.get(f'/api/v1/messages/{message}')['state'] == 'sending'
        server.kill()
        smtp.stand_still_at(None)
        smtp.go_on.set()
        server.start()
        found = wait_until(lambda: settled(server, message), 20, 'it is said what became of it')
        assert found['state'] == 'failed' and 'interrupted' in found['state_words'], found
        assert sum(f'dood bij {place}' in text for text in smtp.texts()) <= 1
        assert server.get(f'/api/v1/cases/{case}')['status'] == 'open', 'a person looks at it'
    time.sleep(1)
    before = len(smtp.taken)
    assert any('dood bij taken' in text for text in smtp.texts()), 'the test is about this one'
    retried = server.get('/api/v1/outbox?state=failed')['items'][0]['id']
    server.post(f'/api/v1/outbox/{retried}/retry', None)
    wait_until(lambda: server.get(f'/api/v1/messages/{retried}')['state'] == 'sent', 20,
               'what a person asks for is sent')
    assert len(smtp.taken) == before + 1
    last = parse(smtp.taken[-1])['Message-ID']
    assert last in [parse(mail)['Message-ID'] for mail in smtp.taken[:-1]], \
        'the same Message-ID, so that the other side can see that it has it'


def settled(server, message):
    found = server.get(f'/api/v1/messages/{message}')
    return found if found['state'] in ('sent', 'failed') else None


@test
def a_mail_server_that_takes_its_time_is_waited_for(world):
    server = world.gestand(options=OPTIONS)
    smtp = SlowSmtp()
    case = make_mail_channel(server, smtp)
    smtp.stand_still_at('taken')
    message = server.post(f'/api/v1/cases/{case}/messages', {'text': 'rustig aan'})['id']
    assert smtp.reached.wait(20)
    time.sleep(5)
    smtp.go_on.set()
    found = wait_until(lambda: settled(server, message), 20, 'it is said what became of it')
    assert found['state'] == 'sent' and len(smtp.taken) == 1, found
