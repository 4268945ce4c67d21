"""Visitors of a chat, telephones that send SMS by Kannel, and colleagues who merge people and cases:
each keeps books of what was acknowledged, beside the clients of ledger.py.

A visitor and a Kannel send a message until they hear that it's there; the same one twice is once.
A merge is whole or not at all: whatever is killed when, the invariants hold.
"""

import collections
import hashlib
import http.server
import random
import threading
import time
import urllib.parse
import urllib.request
import uuid

from ledger import LATER, Caller
from peers import free_port, wait_until

TELEPHONES, VISITORS, MERGERS = 2, 2, 2
DONE = (200, 201, 204)

# What must be nothing at every moment, in one statement: one snapshot, while others go on.
INVARIANTS = {
    'people with another face than who they were merged into': '''
        SELECT count(*) FROM people p LEFT JOIN people w ON w.id = p.merged_into
         WHERE p.root_id <> CASE WHEN p.merged_into IS NULL THEN p.id ELSE COALESCE(w.root_id, 0)
                            END''',
    'people merged without a row that says so, or the other way round': '''
        SELECT count(*) FROM people p
          LEFT JOIN person_merges g ON g.loser_id = p.id AND g.undone_at = 0
         WHERE COALESCE(p.merged_into, 0) <> COALESCE(g.winner_id, 0)''',
    'merges of people without their event, or the other way round': '''
        SELECT (SELECT count(*) FROM person_merges)
             + (SELECT count(*) FROM person_merges WHERE undone_at > 0)
             - (SELECT count(*) FROM events WHERE kind IN ('person.merged', 'person.unmerged'))
             - (SELECT count(*) FROM events_pending
                 WHERE kind IN ('person.merged', 'person.unmerged'))''',
    'cases with another root than what they were merged into': '''
        SELECT count(*) FROM cases k LEFT JOIN cases w ON w.id = k.merged_into
         WHERE COALESCE(k.root_id, 0) <> CASE WHEN k.merged_into IS NULL THEN 0
                                              ELSE COALESCE(w.root_id, w.id) END''',
    'cases merged without a row that says so, or the other way round': '''
        SELECT count(*) FROM cases k
          LEFT JOIN case_merges g ON g.loser_id = k.id AND g.undone_at = 0
         WHERE COALESCE(k.merged_into, 0) <> COALESCE(g.winner_id, 0)''',
    'merges of cases without their events, or the other way round': '''
        SELECT (SELECT count(*) FROM case_merges)
             + 2 * (SELECT count(*) FROM case_merges WHERE undone_at > 0)
             - (SELECT count(*) FROM events WHERE kind IN ('case.merged', 'case.unmerged'))
             - (SELECT count(*) FROM events_pending
                 WHERE kind IN ('case.merged', 'case.unmerged'))''',
    'messages in another case than the one theirs was merged into': '''
        SELECT count(*) FROM messages m JOIN cases k ON k.id = m.place_case_id
         WHERE COALESCE(k.root_id, k.id) <> m.case_id''',
    'messages in a case that was merged': '''
        SELECT count(*) FROM messages m JOIN cases k ON k.id = m.case_id
         WHERE k.root_id IS NOT NULL''',
    'cases that count their messages wrongly': '''
        SELECT count(*) FROM cases k
          LEFT JOIN (SELECT case_id, count(*) AS n FROM messages GROUP BY case_id) m
            ON m.case_id = k.id
         WHERE k.messages_n <> COALESCE(m.n, 0)''',
    'cases under another name than the face of their person': '''
        SELECT count(*) FROM cases k JOIN people m ON m.id = k.person_id
          JOIN people p ON p.id = m.root_id
         WHERE k.person_name <> p.name''',
    'visitors who see gaps': '''
        SELECT count(*) FROM chat_visitors v
          LEFT JOIN (SELECT visitor_id, count(*) AS n, max(position) AS newest
                       FROM chat_items GROUP BY visitor_id) i ON i.visitor_id = v.id
         WHERE v.newest <> COALESCE(i.n, 0) OR v.newest <> COALESCE(i.newest, 0)''',
    'messages of visitors that they don\'t see': '''
        SELECT count(*) FROM messages m
         WHERE m.channel_id = (SELECT id FROM channels WHERE type = 'chat') AND m.direction = 'in'
           AND NOT EXISTS (SELECT 1 FROM chat_items i WHERE i.message_id = m.id)''',
}


def solve(challenge):
    """The number with which SHA-256 begins with so many zero bits as the challenge says."""
    bits, n = int(challenge.split('.')[0]), 0
    while int.from_bytes(hashlib.sha256(f'{challenge}.{n}'.encode()).digest()[:4], 'big') >> \
            (32 - bits):
        n += 1
    return str(n)


# --- chat -------------------------------------------------------------------------------------


class Browser:
    """What one visitor's widget keeps, and what it heard."""

    MESSAGES = 20  # or so: then another one comes, since nobody may send more in a minute than 30

    def __init__(self, token):
        self.token = token
        self.asked = {}  # id -> text
        self.sent = 0  # again and again, too
        self.acknowledged = {}  # id -> what the server said of it
        self.answers = {}  # text -> message id


class Visitor(Caller):
    """One browser after the other, and the colleague who answers them."""

    def __init__(self, server, channel, number, ended):
        super().__init__(server, number, ended)
        self.base = f'/chat/{channel}'
        self.browsers = []

    def steps(self):
        if not self.browsers or self.browsers[-1].sent >= Browser.MESSAGES:
            return [(self.begin, 1)]
        return [(self.write, 6), (self.write_with_file, 1), (self.repeat, 2), (self.answer, 4),
                (self.read, 2)]

    @property
    def browser(self):
        return self.browsers[-1]

    def say(self, method, path, body=None, headers=None):
        """As the widget does: without anything of a colleague's."""
        return self.ask(method, f'{self.base}/{path}', body,
                        {'Authorization': None, 'X-Visitor': self.browser.token, **(headers or {})})

    def begin(self):
        site = self.ask('GET', f'{self.base}/site')
        if not site or site[0] != 200:
            return
        challenge = site[1]['challenge']
        begun = self.ask('POST', f'{self.base}/visitors',
                         {'challenge': challenge, 'number': solve(challenge)})
        if begun and begun[0] == 201:
            self.browsers.append(Browser(begun[1]['token']))

    def send(self, id_, path='messages', body=None, headers=None):
        """Until it is there: a message that is never acknowledged would prove nothing."""
        body = body or {'id': id_, 'text': self.browser.asked[id_]}
        while True:
            answer = self.say('POST', path, body, headers)
            self.browser.sent += 1
            if answer and answer[0] == 201:
                earlier = self.browser.acknowledged.setdefault(id_, answer[1])
                assert earlier == answer[1], (earlier, answer)
                return
            if answer and answer[0] == 429:
                raise AssertionError('a visitor who sends 20 messages writes too fast')

    def new_id(self):
        id_ = f'm{self.next()}'
        self.browser.asked[id_] = f'chat {self.number}/{self.count}'
        return id_

    def write(self):
        self.send(self.new_id())

    def write_with_file(self):
        id_, mark = self.new_id(), uuid.uuid4().hex
        parts = [('name="id"', id_), ('name="text"', self.browser.asked[id_]),
                 ('name="file"; filename="foto.txt"\r\nContent-Type: text/plain', f'foto {id_}')]
        form = ''.join(f'--{mark}\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n'
                       for head, value in parts) + f'--{mark}--\r\n'
        self.send(id_, 'files', form.encode(),
                  {'Content-Type': f'multipart/form-data; boundary={mark}'})

    def repeat(self):
        if self.browser.acknowledged:
            self.send(self.random.choice(list(self.browser.acknowledged)))

    def answer(self):
        if not self.browser.acknowledged:
            return
        case = next(iter(self.browser.acknowledged.values()))['reference']
        text = f'desk {self.number}/{self.next()}'
        self.browser.answers[text] = self.ask_until_done(f'/api/v1/cases/{case}/messages',
                                                         {'text': text})['id']

    def read(self):
        news = self.say('GET', 'messages?after=0')
        if not news or news[0] != 200:
            return
        self.compare(self.browser, news[1])
        self.say('PUT', 'presence', {'state': 'here', 'delivered': news[1]['newest'],
                                     'read': news[1]['newest']})

    @staticmethod
    def compare(browser, news):
        """What he sees is all that was acknowledged, each once, without a gap."""
        items = news['items']
        assert [item['position'] for item in items] == list(range(1, len(items) + 1)), items
        assert news['newest'] == len(items), news
        own = {item['id']: item for item in items if item['direction'] == 'in'}
        assert len(own) == sum(item['direction'] == 'in' for item in items), 'twice the same'
        for id_, said in browser.acknowledged.items():
            assert id_ in own, f'{browser.asked[id_]} was acknowledged and is lost'
            assert own[id_]['position'] == said['position'], (own[id_], said)
            assert own[id_]['text'] == browser.asked[id_], own[id_]
        assert set(own) <= set(browser.asked), 'what he never wrote'
        answers = collections.Counter(item['text'] for item in items if item['direction'] == 'out')
        assert not answers or max(answers.values()) == 1, answers.most_common(3)
        return answers

    def check(self):
        for browser in self.browsers:
            self.browsers.append(browser)  # the one who speaks
            answer = self.say('GET', 'messages?after=0')
            self.browsers.pop()
            assert answer and answer[0] == 200, answer
            assert set(self.compare(browser, answer[1])) == set(browser.answers), 'answers differ'


# --- SMS --------------------------------------------------------------------------------------


class Smsbox:
    """Kannel's smsbox, as we speak with it: takes what is to be sent, and reports until we have it."""

    def __init__(self):
        self.went = collections.Counter()  # (number, text) -> how often
        self.reports = []  # URLs that weren't taken yet
        self.lock = threading.Lock()
        self.chance = random.Random(3)
        self.is_ended = False
        smsbox = self

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass  # who asked was killed meanwhile

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                text = self.rfile.read(int(self.headers['Content-Length'])).decode()
                smsbox.take(self.headers, text)
                self.send_response(202)
                self.send_header('Content-Length', '27')
                self.end_headers()
                self.wfile.write(b'0: Accepted for delivery...')

            def log_message(self, *words):
                pass

        self.port = free_port()
        self.server = Server(('127.0.0.1', self.port), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        threading.Thread(target=self.report, daemon=True).start()

    def take(self, headers, text):
        with self.lock:
            self.went[headers['X-Kannel-To'], text] += 1
            self.reports.append(headers['X-Kannel-DLR-URL'].replace('%d', '1').replace('%A', 'ok'))
            slow = self.chance.random() < 0.3
        time.sleep(0.03 if slow else 0)  # so that some are under way whenever we are killed

    def report(self):
        while not self.is_ended:
            with self.lock:
                waiting = list(self.reports)
            for url in waiting:
                try:
                    with urllib.request.urlopen(url, timeout=5):
                        pass
                except OSError:
                    continue
                with self.lock:
                    self.reports.remove(url)
            time.sleep(0.02)

    def stop(self):
        self.is_ended = True
        self.server.shutdown()
        self.server.server_close()


class Telephone(Caller):
    """Some numbers whose SMS Kannel hands over, and the colleague who answers them."""

    NUMBERS = 3

    def __init__(self, server, post_url, number, ended):
        super().__init__(server, number, ended)
        self.post_path = urllib.parse.urlsplit(post_url).path
        self.numbers = [f'+316{number:04}{n:04}' for n in range(self.NUMBERS)]
        self.acknowledged = {}  # Kannel's id -> (number, text)
        self.answers = {}  # text -> (number, message id)
        self.cases = {}  # number -> case id, found before the load begins

    def steps(self):
        return [(self.send, 5), (self.repeat, 2), (self.answer, 2)]

    def post(self, id_, number, text):
        """Kannel posts it again until we say that it's there."""
        query = urllib.parse.urlencode({'from': number, 'to': '1008', 'id': id_, 'coding': '0',
                                        'charset': 'UTF-8', 'time': str(int(time.time()))})
        while True:
            answer = self.ask('POST', f'{self.post_path}?{query}', text.encode(),
                              {'Authorization': None, 'Content-Type': 'text/plain'})
            if answer and answer[0] in DONE:
                self.acknowledged[id_] = number, text
                return

    def send(self, number=None):
        self.post(str(uuid.UUID(int=self.random.getrandbits(128))),
                  number or self.random.choice(self.numbers), f'sms {self.number}/{self.next()}')

    def repeat(self):
        if self.acknowledged:
            id_ = self.random.choice(list(self.acknowledged))
            self.post(id_, *self.acknowledged[id_])

    def answer(self):
        number, text = self.random.choice(self.numbers), f'reply {self.number}/{self.next()}'
        path = f'/api/v1/cases/{self.cases[number]}/messages'
        self.answers[text] = number, self.ask_until_done(path, {'text': text})['id']
        time.sleep(0.02)


# --- merging ----------------------------------------------------------------------------------


class Forest:
    """What was merged into what, as the one who does it knows it."""

    def __init__(self, members):
        self.into = dict.fromkeys(members)
        self.merges = {}  # id -> loser

    def root(self, one):
        while self.into[one]:
            one = self.into[one]
        return one

    def roots(self):
        return [one for one, into in self.into.items() if not into]

    def merge(self, id_, winner, loser):
        self.into[loser] = winner
        self.merges[id_] = loser

    def undo(self, id_):
        self.into[self.merges.pop(id_)] = None


class Merger(Caller):
    """A colleague with some customers of his own, who write on while he merges them."""

    EXPECTED = (409, 410, 412)
    CUSTOMERS = 5

    def __init__(self, server, channel, number, ended):
        super().__init__(server, number, ended)
        self.channel = channel
        self.customers = [f'samen-{number}-{n}' for n in range(self.CUSTOMERS)]
        self.arrived = collections.Counter()  # customer -> messages
        self.case_of, self.person_of = {}, {}  # customer -> id
        self.cases = self.people = None  # Forest
        self.merged = self.undone = 0

    def steps(self):
        return [(self.hear, 3), (self.merge_people, 3), (self.merge_cases, 3), (self.undo, 5)]

    def prepare(self):
        for customer in self.customers:
            self.hear(customer)
            self.person_of[customer] = self.ask('GET', '/api/v1/cases/' +
                                                self.case_of[customer])[1]['person_id']
        self.cases = Forest(self.case_of.values())
        self.people = Forest(self.person_of.values())
        assert len(self.cases.into) == len(self.people.into) == self.CUSTOMERS

    def hear(self, customer=None):
        """He writes until it is there, and it is in his case or in what that was merged into."""
        customer = customer or self.random.choice(self.customers)
        body = {'external_id': f'{customer}/{self.next()}', 'from': customer,
                'subject': f'Vraag van {customer}', 'text': f'samen {self.number}/{self.count}'}
        while True:
            answer = self.ask('POST', f'/api/v1/channels/{self.channel}/messages', body)
            if answer and answer[0] in (200, 201):
                break
        self.arrived[customer] += 1
        case = self.case_of.setdefault(customer, answer[1]['case_id'])
        assert answer[1]['case_id'] == (self.cases.root(case) if self.cases else case), answer

    def two_roots(self, forest):
        roots = forest.roots()
        return self.random.sample(roots, 2) if len(roots) > 1 else (None, None)

    def merge_people(self):
        winner, loser = self.two_roots(self.people)
        if winner:
            made = self.ask_until_done(f'/api/v1/people/{winner}/merges', {'person_id': loser})
            self.people.merge(made['id'], winner, loser)
            self.merged += 1

    def merge_cases(self):
        winner, loser = self.two_roots(self.cases)
        if winner:
            made = self.ask_until_done(f'/api/v1/cases/{loser}/merge', {'into': winner},
                                       {'If-Match': '*'})
            self.cases.merge(made['id'], winner, loser)
            self.merged += 1

    def undo(self):
        """Any of them, in any order."""
        forest, kind = self.random.choice([(self.people, 'people'), (self.cases, 'cases')])
        if not forest.merges:
            return
        id_ = self.random.choice(list(forest.merges))
        path = f'/api/v1/{kind}/{forest.root(forest.merges[id_])}/merges/{id_}'
        while True:
            answer = self.ask('DELETE', path, headers={'If-Match': '*'})
            if answer and answer[0] not in LATER:
                break
        # 410: it was undone, and we were killed before we could say so.
        assert answer[0] in (*DONE, 410), answer
        forest.undo(id_)
        self.undone += 1

    def check(self):
        for forest, kind in ((self.people, 'people'), (self.cases, 'cases')):
            for one in forest.into:
                found = self.ask('GET', f'/api/v1/{kind}/{one}')[1]['id']
                assert found == forest.root(one), f'{one} is {found}, not {forest.root(one)}'
        while self.people.merges or self.cases.merges:
            self.undo()
        for customer, case in self.case_of.items():
            found = self.ask('GET', f'/api/v1/cases/{case}')[1]
            assert found['id'] == case and found['person_id'] == self.person_of[customer], found
            assert found['messages_n'] == self.arrived[customer], \
                f'{customer} wrote {self.arrived[customer]}, not {found["messages_n"]}'


# --- all of them ------------------------------------------------------------------------------


class Contacts:
    def __init__(self, server):
        self.server, self.ended, self.smsbox = server, threading.Event(), Smsbox()
        app = server.post('/api/v1/channels', {
            'type': 'api', 'name': 'Samen', 'settings': {'address': 'samen'}})['id']
        chat = server.post('/api/v1/channels', {
            'type': 'chat', 'name': 'Site', 'settings': {'address': 'site', 'challenge_bits': 8}})
        sms = server.post('/api/v1/channels', {
            'type': 'sms_kannel', 'name': 'SMS', 'settings': {
                'address': '1008', 'username': 'u', 'password': 'p',
                'send_url': f'http://127.0.0.1:{self.smsbox.port}/cgi-bin/sendsms',
                'our_url': f'http://127.0.0.1:{server.port}'}})['id']
        url = server.get(f'/api/v1/channels/{sms}/secret')['url']
        self.visitors = [Visitor(server, chat['id'], n, self.ended) for n in range(VISITORS)]
        self.telephones = [Telephone(server, url, n, self.ended) for n in range(TELEPHONES)]
        self.mergers = [Merger(server, app, n, self.ended) for n in range(MERGERS)]
        self.all = [*self.visitors, *self.telephones, *self.mergers]

    def open(self):
        for merger in self.mergers:
            merger.prepare()
        for telephone in self.telephones:
            for number in telephone.numbers:
                telephone.send(number)

        def cases():
            return {one['person_name']: one['id'] for one in
                    self.server.get('/api/v1/cases?status=all&limit=200')['items']}

        for telephone in self.telephones:
            wait_until(lambda: set(telephone.numbers) <= set(cases()), 20, 'each number has a case')
            telephone.cases = {number: cases()[number] for number in telephone.numbers}
        for one in self.all:
            one.start()
        return self

    def fail_early(self):
        for one in self.all:
            if one.failure:
                raise one.failure

    def close(self, seconds=60):
        self.ended.set()
        for one in self.all:
            one.join(seconds)
            assert not one.is_alive(), f'{one.name} got no answer'
        self.fail_early()

    def stop(self):
        self.ended.set()
        self.smsbox.stop()

    @staticmethod
    def check_invariants(rows):
        [found] = rows('SELECT ' + ', '.join(f'({sql})' for sql in INVARIANTS.values()))
        wrong = {what: n for what, n in zip(INVARIANTS, found) if n != '0'}
        assert not wrong, wrong

    def check(self, rows):
        self.check_invariants(rows)
        for one in (*self.visitors, *self.mergers):
            one.check()
        self.check_invariants(rows)
        self.check_sms(rows)

    def check_sms(self, rows):
        """Each that came in is there once; none went twice; each that didn't go says so."""
        wait_until(lambda: not self.smsbox.reports, 30, 'every report is taken')
        found = rows("SELECT direction, text, state, COALESCE(state_words, '') FROM messages"
                     " WHERE channel_id = (SELECT id FROM channels WHERE name = 'SMS')")
        came = collections.Counter(text for direction, text, *_ in found if direction == 'in')
        states = {text: (state, words) for direction, text, state, words in found
                  if direction == 'out'}
        known = collections.Counter(text for telephone in self.telephones
                                    for _, text in telephone.acknowledged.values())
        assert came == known, (came - known, known - came)
        answers = {text: number for telephone in self.telephones
                   for text, (number, _) in telephone.answers.items()}
        assert len(states) == sum(direction == 'out' for direction, *_ in found), 'one is there twice'
        assert set(states) == set(answers), set(states) ^ set(answers)
        for text, (state, words) in states.items():
            went = self.smsbox.went[answers[text], text]
            assert (went, state) == (1, 'delivered') or \
                ((went, state) == (0, 'failed') and 'interrupted' in words), (text, went, state, words)

    def summary(self):
        said = sum(len(one.acknowledged) for v in self.visitors for one in v.browsers)
        told = sum(len(one.answers) for v in self.visitors for one in v.browsers)
        texted = sum(len(one.acknowledged) for one in self.telephones)
        replied = sum(len(one.answers) for one in self.telephones)
        return (f'chat {said} in, {told} out; SMS {texted} in, {replied} out; '
                f'{sum(one.merged for one in self.mergers)} merges, '
                f'{sum(one.undone for one in self.mergers)} undone')
