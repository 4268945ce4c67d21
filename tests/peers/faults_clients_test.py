"""Clients that are slow, silent, many, or gone: the others are served all the same."""

import http.client
import os
import resource
import socket
import threading
import time

from peers import test, wait_until

MIB = 1024 * 1024


def connect(server):
    return socket.create_connection(('127.0.0.1', server.port), 10)


def head(server, method, path, *more):
    lines = [f'{method} {path} HTTP/1.1', 'Host: gestand', f'Authorization: Bearer {server.token}',
             *more]
    return '\r\n'.join(lines).encode() + b'\r\n\r\n'


def make_channel(server):
    channel = server.post('/api/v1/channels', {
        'type': 'api', 'name': 'App', 'settings': {'address': 'app'}})['id']
    return f'/api/v1/channels/{channel}/messages'


def is_served(server, path, n):
    """Reading and writing, each within a second."""
    began = time.monotonic()
    answer = server.post(path, {'external_id': f'served {n}', 'from': 'klant', 'text': 'hallo'})
    assert answer['state'] == 'accepted'
    server.get('/api/v1/cases')
    assert time.monotonic() - began < 2, 'the others have to wait'
    return True


def descriptors(server):
    return len(os.listdir(f'/proc/{server.process.pid}/fd'))


def is_closed(connection, seconds):
    """Does the server hang up within so many seconds?"""
    connection.settimeout(seconds)
    try:
        while connection.recv(65536):
            pass
        return True
    except TimeoutError:
        return False
    except OSError:
        return True


def fill_lists(server, path):
    """So that a page of cases is larger than what the system's buffers hold for a connection."""
    for batch in range(4):
        server.post(path, {'messages': [
            {'external_id': f'{batch}/{n}', 'from': f'klant {batch}/{n}', 'subject': 'lang' * 40,
             'text': 'een lange tekst ' * 60} for n in range(50)]})
    assert len(server.api('GET', '/api/v1/cases?limit=200').body) > 100000


def deaf_client(server, path):
    """Asks, and never reads the reply."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.connect(('127.0.0.1', server.port))
    connection.sendall(head(server, 'GET', path) * 20)
    return connection


@test(seconds=120)
def clients_that_are_slow_or_silent_or_never_read_hold_nobody_up_and_are_cut_off(world):
    server = world.gestand()
    path = make_channel(server)
    fill_lists(server, path)
    before = descriptors(server)
    stuck = [connect(server) for _ in range(200)]  # those that say nothing
    for n in range(100):
        stuck.append(connect(server))
        stuck[-1].sendall(head(server, 'GET', '/api/v1/cases')[:60])
    for _ in range(20):  # the library may notice late that they are gone
        with connect(server) as dying:
            dying.sendall(head(server, 'POST', path, 'Content-Type: application/json',
                               'Content-Length: 50000') + b' ' * 49999)
    for n in range(100):
        stuck.append(connect(server))
        stuck[-1].sendall(head(server, 'POST', path, 'Content-Type: application/json',
                               'Content-Length: 1000') + b'{"external_id":')
    deaf = [deaf_client(server, '/api/v1/cases?limit=200') for _ in range(50)]
    slow = [connect(server) for _ in range(20)]
    request = head(server, 'GET', '/healthz')
    for n in range(10):
        for connection in slow:
            connection.sendall(request[n:n + 1])
        is_served(server, path, n)
        time.sleep(0.5)
    for connection in slow:
        connection.sendall(request[10:])
        assert connection.recv(15) == b'HTTP/1.1 200 OK'
        connection.close()
    end = time.monotonic() + 60  # on none of the others anything moves any more
    for connection in stuck:
        assert is_closed(connection, max(1, end - time.monotonic()))
    wait_until(lambda: descriptors(server) <= before + 10, 20, 'their descriptors are free again')
    assert b'gestand_http_body_bytes 0\n' in server.api('GET', '/metrics').body
    is_served(server, path, 10)
    for connection in deaf:
        connection.close()


@test(seconds=120)
def thousands_of_connections_that_were_opened_and_left_are_bounded_and_the_others_served(world):
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit[1], 20000), limit[1]))
    server = world.gestand()
    path = make_channel(server)
    is_served(server, path, 0)
    left = []
    try:
        for n in range(6000):
            left.append(connect(server))
            if n % 1000 == 999:
                is_served(server, path, n)
        with open(f'/proc/{server.process.pid}/status') as status:
            memory = next(int(line.split()[1]) for line in status if line.startswith('VmRSS'))
        assert memory < 200 * 1024, f'{memory} kB for {len(left)} idle connections'
    finally:
        for connection in left:
            connection.close()
    is_served(server, path, 6000)
    wait_until(lambda: descriptors(server) < 100, 30, 'their descriptors are free again')


@test(seconds=60)
def streams_that_nobody_reads_hold_nobody_up(world):
    server = world.gestand()
    path = make_channel(server)
    deaf = [deaf_client(server, '/api/v1/events?after=0') for _ in range(50)]
    heard = []

    def listen():
        for event in server.sse(last_event_id=0, seconds=3):
            heard.append(int(event.id))

    listener = threading.Thread(target=listen)
    listener.start()
    for batch in range(10):
        server.post(path, {'messages': [
            {'external_id': f'{batch}/{n}', 'from': f'klant {n}', 'text': 'hallo'}
            for n in range(200)]})
    listener.join(30)
    assert len(heard) >= 2000 and heard == sorted(set(heard)), len(heard)
    is_served(server, path, 1)
    for connection in deaf:
        connection.close()


def drip(connection, text):
    """A byte each second until the server hangs up: what it said then."""
    heard = b''
    connection.settimeout(1)
    for n in range(len(text)):
        try:
            connection.sendall(text[n:n + 1])
            more = connection.recv(65536)
            if not more:
                return heard
            heard += more
        except TimeoutError:
            continue
        except OSError:
            return heard
    raise AssertionError('the server hears everything')


@test(seconds=150)
def a_byte_now_and_then_keeps_no_connection_and_a_slow_line_still_delivers(world):
    server = world.gestand()
    path = make_channel(server)
    began, ended = time.monotonic(), []
    slow_head = head(server, 'GET', '/api/v1/cases', 'X-Long: ' + 'x' * 200)
    slow_body = b'{"external_id":"langzaam","from":"klant","text":"' + b'x' * 200 + b'"}'

    def drip_one(connection, text):
        ended.append((drip(connection, text), time.monotonic() - began))

    threads = []
    for n in range(20):
        connection = connect(server)
        if n % 2:
            connection.sendall(head(server, 'POST', path, 'Content-Type: application/json',
                                    f'Content-Length: {len(slow_body)}'))
        threads.append(threading.Thread(target=drip_one,
                                        args=(connection, slow_body if n % 2 else slow_head)))
        threads[-1].start()
    content = os.urandom(700000)  # on a line of 10 kB a second
    upload = begin_upload(server, len(content))
    line = connect(server)
    line.sendall(head(server, 'PATCH', f'/api/v1/files/{upload}', 'Upload-Offset: 0',
                      f'Content-Length: {len(content)}'))
    for at in range(0, len(content), 10000):
        line.sendall(content[at:at + 10000])
        time.sleep(1)
    assert line.recv(15).startswith(b'HTTP/1.1 2'), 'slow, but not too slow'
    for thread in threads:
        thread.join(30)
    assert len(ended) == 20 and all(55 < seconds < 75 for _, seconds in ended), ended
    assert all(words.startswith(b'HTTP/1.1 408') for words, _ in ended), ended
    assert b'gestand_http_overdue_total 20\n' in server.api('GET', '/metrics').body
    is_served(server, path, 1)


@test
def one_user_can_take_neither_all_streams_nor_all_threads(world):
    server = world.gestand(options=('--allow-private',))
    path = make_channel(server)
    silent = socket.create_server(('127.0.0.1', 0), backlog=500)  # takes calls and says nothing
    channel = server.post('/api/v1/channels', {'type': 'api', 'name': 'Stil', 'settings': {
        'address': 'stil', 'webhook_url': f'http://127.0.0.1:{silent.getsockname()[1]}/'}})['id']
    testing = [connect(server) for _ in range(50)]
    for connection in testing:
        connection.sendall(head(server, 'POST', f'/api/v1/channels/{channel}/test',
                                'Content-Length: 0'))
    streams = [connect(server) for _ in range(101)]
    answers = []
    for connection in streams:
        connection.sendall(head(server, 'GET', '/api/v1/events'))
        answers.append(connection.recv(12))
    assert answers == [b'HTTP/1.1 200'] * 100 + [b'HTTP/1.1 429'], answers[-3:]
    for n in range(5):
        is_served(server, path, n)
        assert server.api('GET', '/readyz').status == 200
    for connection in testing + streams:
        connection.close()
    silent.close()


# --- uploads


def begin_upload(server, size):
    return server.post('/api/v1/files', {'name': 'film.bin', 'size': size})['id']


def send_piece(server, upload, content, at, end):
    return server.api('PATCH', f'/api/v1/files/{upload}', content[at:end],
                      headers={'Upload-Offset': str(at)})


@test
def a_client_that_dies_in_the_middle_of_a_piece_goes_on_where_it_was_acknowledged(world):
    server = world.gestand()
    content = os.urandom(3 * MIB)
    upload = begin_upload(server, len(content))
    assert send_piece(server, upload, content, 0, MIB).status == 200
    for cut in (0, 1, 1000, MIB - 1):
        dying = connect(server)
        dying.sendall(head(server, 'PATCH', f'/api/v1/files/{upload}', f'Upload-Offset: {MIB}',
                           f'Content-Length: {MIB}') + content[MIB:MIB + cut])
        dying.close()
        assert server.get(f'/api/v1/files/{upload}')['received'] == MIB
    assert send_piece(server, upload, content, MIB, len(content)).status == 200
    assert server.api('GET', f'/api/v1/files/{upload}/content').body == content


@test(engines=('sqlite', 'postgres'))
def an_upload_that_the_server_s_death_interrupted_goes_on_where_it_was_acknowledged(world):
    server = world.gestand()
    content = os.urandom(6 * MIB + 12345)
    upload = begin_upload(server, len(content))
    acknowledged, kills = 0, 0
    while acknowledged < len(content):
        # It lives longer each round, or a slow machine would never get a piece through.
        timer = threading.Timer(0.004 * (kills % 12) * (1 + kills // 12), server.process.kill)
        timer.start()
        try:
            while acknowledged < len(content):
                answer = send_piece(server, upload, content, acknowledged, acknowledged + MIB // 2)
                assert answer.status == 200, answer
                acknowledged = int(answer.headers['upload-offset'])
        except (OSError, http.client.HTTPException):
            pass
        timer.join()
        server.kill()
        kills += 1
        server.start()
        received = server.get(f'/api/v1/files/{upload}')['received']
        assert received >= acknowledged, (received, acknowledged)
        acknowledged = received
    assert kills >= 3, 'the server was hardly killed'
    assert server.api('GET', f'/api/v1/files/{upload}/content').body == content
    print(f'  {kills} kills')
