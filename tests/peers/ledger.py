"""Clients that keep books of what the server acknowledged, and the auditor who compares.

Each client is a thread with customers of its own. It writes down what it asked for before it
asks, and what was acknowledged (a 2xx) after; what broke in between may or may not be there, but
never twice. What carries an Idempotency-Key is asked for again until it is acknowledged.
"""

import collections
import http.client
import json
import random
import subprocess
import threading
import time

from peers import BINARY, wait_until

LATER = (429, 503, 507)  # asked to come back


def ask_doctor(server):
    """All is sound; how much room the disk of the test has doesn't matter."""
    where = ['--database', server.database] if server.database else []
    done = subprocess.run([BINARY, 'doctor', '--data', server.data, *where], capture_output=True,
                          text=True, timeout=60)
    found = [line for line in done.stdout.splitlines()
             if line.startswith('bad') and line.split()[1] != 'disk']
    assert 'history' in done.stdout and not found, done.stdout + done.stderr


class Caller(threading.Thread):
    """Somebody who asks the server things, one after the other. `ended` stops him after the running
    step."""

    EXPECTED = (409, 412)  # refusals that are no failure, beside those that say to come later

    def __init__(self, server, number, ended):
        super().__init__(daemon=True, name=f'{type(self).__name__}-{number}')
        self.server, self.number, self.ended = server, number, ended
        self.random = random.Random(self.name)
        self.count = 0
        self.refused = collections.Counter()  # status -> how often
        self.connection = None
        self.failure = None

    def run(self):
        try:
            while not self.ended.is_set():
                self.step()
        except Exception as failure:  # told by fail_early()
            self.failure = failure

    def steps(self):
        """Pairs of what he does and how often."""
        raise NotImplementedError

    def step(self):
        """One thing at random."""
        steps = self.steps()
        self.random.choices([s[0] for s in steps], [s[1] for s in steps])[0]()

    # --- asking

    def ask(self, method, path, body=None, headers=None):
        """(status, JSON), or None when no answer came. `body`: bytes as they are, else JSON; a
        header that is None isn't sent."""
        sent = {'Authorization': f'Bearer {self.server.token}', 'Content-Type': 'application/json',
                **(headers or {})}
        sent = {name: value for name, value in sent.items() if value is not None}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        try:
            if not self.connection:
                self.connection = http.client.HTTPConnection('127.0.0.1', self.server.port,
                                                             timeout=60)
            self.connection.request(method, path, body, sent)
            reply = self.connection.getresponse()
            content = reply.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            time.sleep(0.02)
            return None
        is_json = 'json' in (reply.getheader('Content-Type') or '')
        parsed = json.loads(content) if content and is_json else None
        if reply.status >= 300:
            self.check_problem(path, reply, parsed)
        return reply.status, parsed

    def check_problem(self, path, reply, problem):
        self.refused[reply.status] += 1
        assert reply.status in (*self.EXPECTED, *LATER), f'{path}: {reply.status} {problem}'
        assert reply.getheader('Content-Type') == 'application/problem+json', reply.getheaders()
        assert problem['status'] == reply.status and problem['detail'], problem
        if reply.status in LATER:
            time.sleep(0.02)

    def ask_until_done(self, path, body, headers=None):
        """With an Idempotency-Key, as often as it takes."""
        key = f'{self.name}-{self.next()}'
        while True:
            answer = self.ask('POST', path, body, {'Idempotency-Key': key, **(headers or {})})
            if answer and answer[0] not in LATER:
                assert answer[0] == 201, f'{path}: {answer}'
                return answer[1]

    def next(self):
        self.count += 1
        return self.count


class Client(Caller):
    """One integration and one colleague at once."""

    CUSTOMERS, STEPS = 4, 150  # so many customers at once; after so many steps, others

    def __init__(self, server, channel, label, number, ended):
        super().__init__(server, number, ended)
        self.channel, self.label = channel, label
        self.asked = {}  # external id -> customer
        self.acknowledged = {}  # external id -> what the server said of it
        self.cases = {}  # customer -> case id
        self.answers, self.notes = {}, {}  # text -> message or note id
        self.titles = {}  # case id -> texts that its title may be
        self.labelled = set()  # case ids

    def steps(self):
        return [(self.hand_in, 5), (self.hand_in_many, 1), (self.repeat, 2), (self.answer, 3),
                (self.note, 2), (self.put_label, 1), (self.retitle, 2)]

    def any_case(self):
        newest = list(self.cases.values())[-self.CUSTOMERS:]
        return self.random.choice(newest) if newest else None

    # --- the steps

    def new_message(self):
        external_id = f'{self.number}/{self.next()}'
        customer = (f'klant-{self.number}-{self.count // self.STEPS}-'
                    f'{self.random.randrange(self.CUSTOMERS)}')
        self.asked[external_id] = customer
        return self.message(external_id)

    def message(self, external_id):
        return {'external_id': external_id, 'from': self.asked[external_id],
                'subject': 'Storing', 'text': f'in {external_id} ' + 'waar blijft het ' * 8}

    def note_arrival(self, arrival):
        external_id = arrival['external_id']
        earlier = self.acknowledged.setdefault(external_id, arrival)
        assert earlier['message_id'] == arrival['message_id'], (earlier, arrival)
        self.cases.setdefault(self.asked[external_id], arrival['case_id'])

    def hand_in(self):
        answer = self.ask('POST', f'/api/v1/channels/{self.channel}/messages', self.new_message())
        if answer and answer[0] in (200, 201):
            assert answer[0] == 201 and answer[1]['state'] == 'accepted', answer
            self.note_arrival(answer[1])

    def hand_in_many(self):
        messages = [self.new_message() for _ in range(self.random.randint(2, 12))]
        answer = self.ask('POST', f'/api/v1/channels/{self.channel}/messages',
                          {'messages': messages})
        if answer and answer[0] == 200:
            assert [a['external_id'] for a in answer[1]['items']] == \
                [m['external_id'] for m in messages]
            for arrival in answer[1]['items']:
                self.note_arrival(arrival)

    def repeat(self):
        """What was handed in before, acknowledged or not."""
        if not self.asked:
            return
        external_id = self.random.choice(list(self.asked))
        answer = self.ask('POST', f'/api/v1/channels/{self.channel}/messages',
                          self.message(external_id))
        if answer and answer[0] in (200, 201):
            if external_id in self.acknowledged:
                assert answer[1]['state'] == 'duplicate', answer
            self.note_arrival(answer[1])

    def answer(self):
        if self.any_case():
            text = f'answer {self.number}/{self.next()}'
            path = f'/api/v1/cases/{self.any_case()}/messages'
            self.answers[text] = self.ask_until_done(path, {'text': text})['id']

    def note(self):
        if self.any_case():
            text = f'note {self.number}/{self.next()}'
            path = f'/api/v1/cases/{self.any_case()}/notes'
            self.notes[text] = self.ask_until_done(path, {'text': text})['id']

    def put_label(self):
        case = self.any_case()
        if case:
            answer = self.ask('PUT', f'/api/v1/cases/{case}/labels/{self.label}')
            if answer and answer[0] == 204:
                self.labelled.add(case)

    def retitle(self):
        """Nobody else changes the titles of these cases, but answers change their version."""
        case = self.any_case()
        found = case and self.ask('GET', f'/api/v1/cases/{case}')
        if not found or found[0] != 200:
            return
        may_be = self.titles.setdefault(case, {found[1]['title']})
        assert found[1]['title'] in may_be, (found[1]['title'], may_be)
        title = f'title {self.number}/{self.next()}'
        may_be.add(title)
        answer = self.ask('PATCH', f'/api/v1/cases/{case}', {'title': title},
                          {'If-Match': f'"{found[1]["version"]}"'})
        if answer and answer[0] == 200:
            self.titles[case] = {title}
        elif answer and answer[0] == 412:
            self.titles[case] = {found[1]['title']}


class Listener(threading.Thread):
    """Follows the events from the first on, over every restart."""

    def __init__(self, server, ended):
        super().__init__(daemon=True, name='listener')
        self.server, self.ended = server, ended
        self.events = []
        self.connections_n = 0

    def run(self):
        while not self.ended.is_set():
            last = self.events[-1].id if self.events else 0
            try:
                stream = self.server.sse(last_event_id=last, seconds=1)
                self.connections_n += 1
                for event in stream:
                    self.events.append(event)
                    if self.ended.is_set():
                        break
                stream.close()
            except (OSError, http.client.HTTPException, AssertionError):
                time.sleep(0.05)


class Books:
    """Clients and a listener on one server, and the comparison at the end."""

    def __init__(self, server, clients_n=6):
        self.server = server
        self.ended, self.listening_ended = threading.Event(), threading.Event()
        self.channel = server.post('/api/v1/channels', {
            'type': 'api', 'name': 'App', 'settings': {'address': 'app'}})['id']
        label = server.post('/api/v1/labels', {'name': 'Storing'})['id']
        self.clients = [Client(server, self.channel, label, n, self.ended)
                        for n in range(clients_n)]
        self.listener = Listener(server, self.listening_ended)

    def open(self):
        for thread in (self.listener, *self.clients):
            thread.start()
        return self

    def fail_early(self):
        for client in self.clients:
            if client.failure:
                raise client.failure

    def close(self, seconds=60):
        """Ends the clients, and waits until nothing is under way."""
        self.ended.set()
        for client in self.clients:
            client.join(seconds)
            assert not client.is_alive(), f'{client.name} got no answer'
        self.fail_early()
        try:
            wait_until(lambda: not self.jobs(), 90, 'all jobs are done')
        except AssertionError as failure:
            raise AssertionError(f'{failure}: {self.jobs()[:20]}') from None
        newest = wait_until(self.newest_position, 10, 'all events are sealed')
        wait_until(lambda: self.listener.events and int(self.listener.events[-1].id) >= newest, 20,
                   f'the listener has heard of {newest}')
        self.listening_ended.set()
        self.listener.join(20)

    # --- what stands in the database, by another way than the program's

    def rows(self, sql):
        return self.server.rows(sql)

    def jobs(self):
        return self.rows("SELECT kind, tries, given_up_at, last_error FROM jobs"
                         " WHERE organisation_id > 0")

    def newest_position(self):
        """The newest that is streamed; None while some wait to be sealed."""
        if self.rows('SELECT id FROM events_pending'):
            return None
        return int(self.rows("SELECT max(position) FROM events"
                             " WHERE kind NOT LIKE 'audit.%'")[0][0])

    def all_cases(self):
        found, cursor = [], ''
        while cursor is not None:
            page = self.server.get('/api/v1/cases?limit=200&sort=oldest&status=all' +
                                   (f'&cursor={cursor}' if cursor else ''))
            found += page['items']
            cursor = page['next']
        return found

    def outgoing(self):
        found, cursor = [], ''
        while cursor is not None:
            page = self.server.get(f'/api/v1/channels/{self.channel}/outgoing' +
                                   (f'?cursor={cursor}' if cursor else ''))
            found += page['items']
            cursor = page['next']
        return found

    # --- comparing

    def check(self):
        cases = [self.whole(self.server.get(f'/api/v1/cases/{case["id"]}')) for case in self.all_cases()
                 if case['person_name'].startswith('klant-')]  # not those of the test itself
        assert len({case['id'] for case in cases}) == len(cases)
        messages, notes = {}, {}
        for case in cases:
            self.gather(case, messages, notes)
        for client in self.clients:
            self.check_client(client, {case['id']: case for case in cases}, messages, notes)
        asked = sum(len(client.asked) for client in self.clients)
        known = {text for client in self.clients for text in client.answers}
        assert all(text in known for text, item in messages.items()
                   if item['direction'] == 'out'), 'an answer that nobody gave'
        assert len(messages) - len(known) <= asked
        queued = [message['id'] for message in self.outgoing()]
        assert sorted(queued) == sorted(item['id'] for item in messages.values()
                                        if item['direction'] == 'out'), 'outgoing messages differ'
        assert self.server.get('/api/v1/jobs')['items'] == []
        self.check_events()
        self.check_doctor()

    def whole(self, case):
        """With all of its timeline: that of a long case comes in parts, which follow the ids."""
        timeline, has_older = case['timeline'], case.get('has_older')
        while has_older:
            first = min((item['id'] for item in timeline), key=lambda name: name.split('_')[1])
            part = self.server.get(f'/api/v1/cases/{case["id"]}/timeline?before={first}')
            assert part['items'], f'{case["id"]}: nothing before {first}'
            timeline, has_older = part['items'] + timeline, part.get('has_older')
        return {**case, 'timeline': timeline}

    @staticmethod
    def gather(case, messages, notes):
        """By the first two words of the text, each of which is there once in all cases."""
        n = 0
        for item in case['timeline']:
            if item['kind'] not in ('message', 'note'):
                continue
            n += item['kind'] == 'message'
            into = messages if item['kind'] == 'message' else notes
            text = ' '.join(item['text'].split()[:2])
            assert text not in into, f'{text} is there twice'
            into[text] = {**item, 'case_id': case['id']}
        assert n == case['messages_n'], f'{case["id"]}: {n} messages, not {case["messages_n"]}'

    @staticmethod
    def check_client(client, cases, messages, notes):
        for external_id, arrival in client.acknowledged.items():
            found = messages.get(f'in {external_id}')
            assert found, f'{external_id} was acknowledged and is lost'
            assert found['id'] == arrival['message_id'], (found, arrival)
            assert found['case_id'] == arrival['case_id'], (found, arrival)
        for text, message_id in client.answers.items():
            assert messages.get(text, {}).get('id') == message_id, f'{text} is lost'
        mine = {text for text in notes if text.startswith(f'note {client.number}/')}
        assert mine == set(client.notes), mine ^ set(client.notes)
        for case_id, may_be in client.titles.items():
            assert cases[case_id]['title'] in may_be, (cases[case_id]['title'], may_be)
        for case_id in client.labelled:
            assert len(cases[case_id]['labels']) == 1, case_id

    def check_events(self):
        stored = [(int(position), kind) for position, kind in
                  self.rows('SELECT position, kind FROM events ORDER BY position')]
        assert [position for position, _ in stored] == list(range(1, len(stored) + 1))
        heard = [int(event.id) for event in self.listener.events]
        streamed = [position for position, kind in stored if not kind.startswith('audit.')]
        assert heard == streamed[:len(heard)] and len(heard) > 0, \
            f'heard {len(heard)} of {len(streamed)}; first difference at ' \
            f'{next((pair for pair in zip(heard, streamed) if pair[0] != pair[1]), None)}'

    def check_doctor(self):
        ask_doctor(self.server)

    def summary(self):
        refused = sum((client.refused for client in self.clients), collections.Counter())
        return (f'{sum(len(c.acknowledged) for c in self.clients)} in, '
                f'{sum(len(c.answers) for c in self.clients)} out, '
                f'{sum(len(c.notes) for c in self.clients)} notes, '
                f'{len(self.listener.events)} events over {self.listener.connections_n} streams, '
                f'refused {dict(refused)}')
