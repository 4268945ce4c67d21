"""Several nodes on one PostgreSQL: what happens on one is known on the others, once, at once.

They share the data folder here, as they would share it over the network: `key` and blobs are in it.
"""

import datetime
import http.server
import json
import os
import re
import statistics
import threading
import time

from gestand import ADMIN, PASSWORD, Gestand
from peers import test
from processes import wait_until

NODES_N = 2
MESSAGES_N = 5000
BATCH_N = 50


def add_node(world, first, options=()):
    node = Gestand(os.path.join(world.folder, f'node{len(world.servers)}'), first.database, options)
    node.data, node.token = first.data, first.token
    world.servers.append(node)
    world.logs.append(node.log_file)
    return node.start()


def nodes(world, options=()):
    first = world.gestand(options)
    return [first] + [add_node(world, first, options) for _ in range(NODES_N - 1)]


def sql(world, node, statement):
    return world.postgres().psql(statement, node.database.rsplit('/', 1)[1])


def add_channel(node, **settings):
    return node.post('/api/v1/channels', {
        'type': 'api', 'name': 'App', 'settings': {'address': 'app', **settings}})['id']


def hand_in(node, channel, external_id, text='Hallo'):
    return node.post(f'/api/v1/channels/{channel}/messages',
                     {'external_id': external_id, 'from': f'van-{external_id}', 'text': text})


class Listener(threading.Thread):
    """Follows a node's events, and when each came."""

    def __init__(self, node, path='/api/v1/events'):
        super().__init__(daemon=True)
        self.stream = node.sse(path, last_event_id=0)
        self.heard = []
        self.start()

    def run(self):
        for event in self.stream:
            self.heard.append((time.monotonic(), event))

    def when(self, kind, about):
        """None while it hasn't come."""
        for at, event in self.heard:
            if event.type == kind and about in event.data:
                return at
        return None


@test(engines=('postgres',))
def what_is_made_on_one_node_is_heard_on_the_other_at_once_and_once(world):
    a, b = nodes(world)
    channel = add_channel(b)
    listener = Listener(a)
    took = []
    for n in range(20):
        began = time.monotonic()
        message = hand_in(b, channel, f'm{n}')['message_id']
        at = wait_until(lambda: listener.when('message.received', message), 5, f'a hears of {n}')
        took.append(at - began)
        time.sleep(0.05)
    median = statistics.median(took)
    print(f'  heard after {1000 * median:.0f} ms (median), {1000 * max(took):.0f} ms (longest)')
    assert median < 0.3, took
    heard = [int(event.id) for _, event in listener.heard]
    stored = [int(position) for position in sql(
        world, a, "SELECT position FROM events WHERE kind NOT LIKE 'audit.%' ORDER BY position"
    ).split()]
    assert heard == stored[:len(heard)] and len(heard) >= 20, (heard, stored)


@test(engines=('postgres',))
def who_opens_a_case_on_one_node_is_seen_on_the_other_at_once(world):
    a, b = nodes(world)
    case = hand_in(a, add_channel(a), 'm1')['case_id']
    listener = Listener(b, '/api/v1/events?presence=true')
    wait_until(lambda: listener.when('message.received', ''), 5, 'b listens')
    for state in ('open', 'typing'):
        listener.heard.clear()
        began = time.monotonic()
        said = a.api('PUT', f'/api/v1/cases/{case}/presence', {'state': state})
        assert said.status == 200, said
        at = wait_until(lambda: listener.when('presence', ''), 5, f'b hears of {state}')
        assert at - began < 0.9, at - began
        there = b.get('/api/v1/presence')['items']
        assert [(one['case_id'], one['state']) for one in there] == [(case, state)], there
    assert b.api('DELETE', f'/api/v1/cases/{case}/presence').status == 204
    assert a.get('/api/v1/presence')['items'] == []


@test(engines=('postgres',))
def who_logs_in_on_one_node_is_known_on_the_other(world):
    a, b = nodes(world)
    login = a.api('POST', '/api/v1/login', {'email': ADMIN, 'password': PASSWORD}, token='')
    assert login.status in (200, 201, 204), login
    cookie = login.headers['set-cookie'].split(';')[0]
    me = b.api('GET', '/api/v1/me', token='', headers={'Cookie': cookie})
    assert me.status == 200 and ADMIN in me.body.decode(), me
    csrf = re.search(r'"csrf":"([^"]+)"', login.body.decode() + me.body.decode())
    logout = b.api('POST', '/api/v1/logout', token='', headers={
        'Cookie': cookie, 'X-CSRF-Token': csrf.group(1)})
    assert logout.status in (200, 204), logout
    assert a.api('GET', '/api/v1/me', token='', headers={'Cookie': cookie}).status == 401


def hand_in_batches(node, channel, first, last, answers):
    for begin in range(first, last, BATCH_N):
        messages = [{'external_id': f'm{n}', 'from': f'u{n % 700}', 'text': f'Bericht {n}'}
                    for n in range(begin, min(begin + BATCH_N, last))]
        # Others may be changing the same customer's case: then the server says so.
        answer = node.api('POST', f'/api/v1/channels/{channel}/messages', {'messages': messages})
        while answer.status == 503:
            time.sleep(0.1)
            answer = node.api('POST', f'/api/v1/channels/{channel}/messages',
                              {'messages': messages})
        assert answer.status == 200, answer
        answers += answer.json['items']


@test(engines=('postgres',), seconds=300)
def two_nodes_never_make_the_same_id(world):
    both = nodes(world)
    channel = add_channel(both[0])
    answers, threads_n = [], 4
    part = MESSAGES_N // (NODES_N * threads_n)
    threads = []
    for n in range(NODES_N * threads_n):
        threads.append(threading.Thread(target=hand_in_batches, args=(
            both[n % NODES_N], channel, n * part, (n + 1) * part, answers)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == MESSAGES_N, len(answers)
    assert len({answer['message_id'] for answer in answers}) == MESSAGES_N
    assert sql(world, both[0], 'SELECT count(*), count(DISTINCT id) FROM messages') == \
        f'{MESSAGES_N}|{MESSAGES_N}'
    assert sql(world, both[0], 'SELECT count(*) FROM people') == '700'
    wait_until(lambda: sql(world, both[0], 'SELECT count(*) FROM events_pending') == '0', 20,
               'all events are sealed')
    both[0].command('doctor')


class Hook:
    """A webhook that keeps what it is told."""

    def __init__(self):
        hook = self
        self.told, self.lock, self.delay = [], threading.Lock(), 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                time.sleep(hook.delay)
                with hook.lock:
                    hook.told.append((self.headers['webhook-id'], json.loads(body)))
                self.send_response(200)
                self.send_header('Content-Length', '0')
                self.end_headers()

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f'http://127.0.0.1:{self.server.server_address[1]}/hook'

    def ids(self):
        with self.lock:
            return [webhook_id for webhook_id, _ in self.told]


def answers_all(world, node):
    return sql(world, node, "SELECT count(*) FROM messages WHERE direction = 'out'"
                            " AND state <> 'sent'") == '0'


@test(engines=('postgres',))
def an_answer_goes_out_once_though_both_nodes_look_for_work(world):
    a, b = nodes(world, ['--allow-private'])
    hook = Hook()
    channel = add_channel(a, webhook_url=hook.url)
    case = hand_in(a, channel, 'first')['case_id']
    sent = []
    for n in range(200):
        node = (a, b)[n % NODES_N]
        sent.append(node.post(f'/api/v1/cases/{case}/messages', {'text': f'Antwoord {n}'})['id'])
    wait_until(lambda: answers_all(world, a), 60, 'all answers are sent')
    assert sorted(hook.ids()) == sorted(sent)
    assert sql(world, a, "SELECT count(*) FROM jobs WHERE kind = 'send'") == '0'
    hook.server.shutdown()


@test(engines=('postgres',))
def what_a_killed_node_was_doing_another_does(world):
    a, b = nodes(world, ['--allow-private'])
    hook = Hook()
    channel = add_channel(a, webhook_url=hook.url)
    case = hand_in(a, channel, 'first')['case_id']
    hook.delay = 3
    sent = [a.post(f'/api/v1/cases/{case}/messages', {'text': f'Antwoord {n}'})['id']
            for n in range(30)]
    taken = (f"FROM jobs WHERE taker LIKE '%/{a.process.pid}/%' AND taken_until > 0"
             ' AND organisation_id > 0')
    wait_until(lambda: sql(world, a, f'SELECT count(*) {taken}') > '0', 10, 'a has taken some')
    a.kill()
    hook.delay = 0
    left_ms = int(sql(world, b, f'SELECT max(taken_until) {taken}')) - 1000 * time.time()
    assert 0 < left_ms < 90000, f'its jobs would be free after {left_ms} ms'
    # As if that time had passed.
    sql(world, b, f'UPDATE jobs SET taken_until = 1 WHERE id IN (SELECT id {taken})')
    wait_until(lambda: answers_all(world, b), 30, 'the other node has sent them all')
    told = hook.ids()
    # What the dead node was sending may come twice, with the same webhook-id.
    assert set(told) == set(sent), set(sent) ^ set(told)
    assert len(told) <= len(sent) + 4, len(told)
    hook.server.shutdown()


@test(engines=('postgres',))
def a_node_that_lost_its_number_keeps_what_it_is_doing(world):
    a = world.gestand(['--allow-private'])
    hook = Hook()
    channel = add_channel(a, webhook_url=hook.url)
    case = hand_in(a, channel, 'first')['case_id']
    hook.delay = 5
    sent = a.post(f'/api/v1/cases/{case}/messages', {'text': 'Antwoord'})['id']
    wait_until(lambda: sql(world, a, "SELECT count(*) FROM messages WHERE state = 'sending'") == '1',
               10, 'it is being sent')
    # As if a had slept until its number was free.
    sql(world, a, "UPDATE leases SET until = 1 WHERE name = 'node 0'")
    b = add_node(world, a, ['--allow-private'])
    wait_until(lambda: answers_all(world, b), 30, 'it is sent')
    assert hook.ids() == [sent], 'once, by the one that began'
    wait_until(lambda: sql(world, a, "SELECT count(*) FROM jobs WHERE kind = 'send'") == '0', 10,
               'the job is done')
    hook.server.shutdown()


def promise(node, case, due):
    moment = datetime.datetime.fromtimestamp(due, datetime.timezone.utc)
    return node.post(f'/api/v1/cases/{case}/promises', {
        'kind': 'callback', 'words': 'Wij bellen u terug', 'due_at': moment.isoformat()})['id']


@test(engines=('postgres',))
def a_moment_comes_once_on_three_nodes_though_one_of_them_is_killed(world):
    a, b = nodes(world)
    c = add_node(world, a)
    channel = add_channel(a)
    cases = [hand_in(a, channel, f'm{n}')['case_id'] for n in range(9)]
    due = time.time() + 6
    made = [promise((a, b, c)[n % 3], cases[n % 9], due) for n in range(90)]
    broken = "FROM events WHERE kind = 'promise.broken'"
    wait_until(lambda: sql(world, b, f'SELECT count(*) {broken}') != '0', 20, 'the first is broken')
    pid = a.process.pid
    a.kill()
    # As if the time had passed for which the dead node's are its own.
    sql(world, b, f"UPDATE jobs SET taken_until = 1 WHERE taker LIKE '%/{pid}/%'")
    wait_until(lambda: sql(world, b, f'SELECT count(DISTINCT about) {broken}') == str(len(made)),
               30, 'all are broken')
    assert sql(world, b, f'SELECT count(*) {broken}') == str(len(made))
    assert sql(world, b, "SELECT count(*) FROM promises WHERE state = 'broken'"
                         ' AND broken_at = due_at') == str(len(made))
    wait_until(lambda: sql(world, b, "SELECT count(*) FROM jobs WHERE kind = 'promise'") == '0', 10,
               'nothing is left to do')
    assert sql(world, b, f'SELECT count(*) {broken}') == str(len(made))
