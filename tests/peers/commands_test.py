"""The program's commands, as somebody types them: beside a running server, and wrongly."""

import glob
import json
import os
import re
import sqlite3
import subprocess
import threading

from gestand import ADMIN, PASSWORD, Gestand
from peers import BINARY, Process, run, test, wait_until

BOTH = ('sqlite', 'postgres')
COMMANDS = ('serve', 'init', 'user add', 'user password', 'user list', 'token add', 'deliver',
            'import mbox', 'backup', 'restore', 'doctor', 'understand', 'simulate', 'version',
            'help')
OTHER = {'sqlite': 'postgres', 'postgres': 'sqlite'}
MAIL = ('From: Anna <anna@example.org>\nTo: info@bedrijf.test\nSubject: Lekkage {n}\n'
        'Message-ID: <m{n}@example.org>\nDate: Mon, 1 Jan 2024 10:00:00 +0100\n\n'
        'Het lekt nog steeds, nummer {n}.\n')


class Result:
    def __init__(self, code, out, error):
        self.code, self.out, self.error = code, out, error

    def __repr__(self):
        return f'{self.code} out={self.out!r} error={self.error!r}'


def ask(*words, input=''):
    """Runs the program; its exit code and what it printed where."""
    done = subprocess.run([BINARY, *words], input=input, text=True, capture_output=True, timeout=120)
    return Result(done.returncode, done.stdout, done.stderr)


def place(server):
    """The options that name a server's data."""
    return ['--data', server.data] + (['--database', server.database] if server.database else [])


def must(result, code=0):
    assert result.code == code, result
    assert 'ERROR: ' not in result.error, result  # of a sanitizer
    return result


def must_refuse(result, words, code=1):
    """One line that says what to do, and nothing else."""
    must(result, code)
    assert result.out == '' and result.error.count('\n') == 1, result
    assert words in result.error, result
    return result


# --- the command line


@test
def every_command_explains_itself_and_refuses_what_it_does_not_know(world):
    for command in COMMANDS:
        help = must(ask(*command.split(), '--help'))
        assert help.out.startswith(f'usage: gestand {command}') and help.error == '', help
        must_refuse(ask(*command.split(), '--nonsense'), "there is no option '--nonsense'", 2)
        assert command in must(ask('help')).out
    for words in ('version', '--version'):
        assert re.fullmatch(r'gestand \d+\.\d+\.\d+\n', must(ask(words)).out)


@test
def a_wrong_command_line_ends_with_2_and_one_line_that_says_what_to_do(world):
    data = os.path.join(world.folder, 'data')
    for words, sentence in (
            ([], "see 'gestand help'"),
            (['frobnicate'], "see 'gestand help'"),
            (['user'], 'user add, user password, user list'),
            (['serve', '--data', data], '--listen is missing: add --listen'),
            (['serve', '--data', data, '--listen', '8080'], '127.0.0.1:8080'),
            (['serve', '--data', data, '--listen', '127.0.0.1:99999'], '127.0.0.1:8080'),
            (['serve', '--data', data, '--listen', '127.0.0.1:0', '--public-address',
              'help.example.org'], 'as https://help.example.org'),
            (['serve', '--data', data, '--listen', '127.0.0.1:0', '--public-address',
              'https://help.example.org/desk'], 'without a path'),
            (['serve', '--data', data, '--listen', '127.0.0.1:0', '--role', 'both'],
             'all, web, work'),
            (['init', '--data', data], '--organisation is missing'),
            (['init', '--data', data, '--organisation', 'A', '--admin', 'x', '--password-file', '-'],
             'wants a mail address'),
            (['deliver', '--data', data, '--channel', 'cas_01hzx3k9t4m0q'], 'chn_'),
            (['backup', '--data', data], 'FILE is missing'),
            (['backup', 'x'], '--data is missing'),
            (['restore', '--data', data, 'x', 'y'], 'one word too many'),
            (['doctor', '--data'], '--data DIR')):
        must_refuse(ask(*words), sentence, 2)
    assert not os.path.exists(data)


@test
def an_installation_that_is_refused_leaves_no_folder(world):
    data, password = os.path.join(world.folder, 'new'), os.path.join(world.folder, 'password')
    with open(password, 'w') as file:
        file.write(PASSWORD + '\n')
    right = {'--organisation': 'A', '--admin': ADMIN, '--password-file': password}
    for option, value, sentence, code in (
            ('--organisation', ' ', 'what the organisation is called', 1),
            ('--admin', 'a b@c', 'wants a mail address', 2),
            ('--password-file', '/dev/null', 'holds no password', 1),
            ('--language', 'de', 'nl, en or fr', 1),
            ('--time-zone', 'Mars/Base', 'Europe/Amsterdam', 1),
            ('--database', 'mysql://x', 'postgres://', 2),
            ('--database', 'postgres://127.0.0.1:1/x', 'cannot connect', 1)):
        words = [word for pair in {**right, option: value}.items() for word in pair]
        must_refuse(ask('init', '--data', data, *words), sentence, code)
        assert not os.path.exists(data), option
    must(ask('init', '--data', data, *(word for pair in right.items() for word in pair)))


@test
def what_cannot_be_done_ends_with_1_and_one_line(world):
    missing = os.path.join(world.folder, 'missing')
    for words in (['user', 'list', '--data', missing], ['backup', '--data', missing, 'x'],
                  ['restore', '--data', missing, missing], ['backup', '--verify', missing],
                  ['token', 'add', '--data', missing, '--user', 'a@b', '--scopes', '*']):
        must_refuse(ask(*words), missing)
    assert not os.path.exists(missing)


# --- serving


@test(engines=BOTH)
def an_installation_is_made_served_and_stopped(world):
    server = world.gestand()
    assert server.api('GET', '/api/v1/me').status == 200
    assert 'listening on http://127.0.0.1:' in server.log()
    again = ask('init', *place(server), '--organisation', 'Bedrijf BV', '--admin', 'x@y.test',
                '--password-file', os.path.join(server.folder, 'password'))
    must_refuse(again, 'choose another name')
    assert server.stop() == 0, server.log()[-2000:]
    assert server.start().api('GET', '/api/v1/me').status == 200


@test
def a_second_server_on_the_same_port_is_refused(world):
    server = world.gestand()
    second = ask('serve', *place(server), '--listen', f'127.0.0.1:{server.port}')
    assert second.code == 1 and second.out == '', second
    assert 'is something else there already?' in second.error, second
    assert server.api('GET', '/api/v1/me').status == 200


@test(engines=BOTH)
def two_servers_never_have_the_same_number(world):
    first = world.gestand()
    second = Gestand(first.folder, first.database)
    second.log_file = os.path.join(world.folder, 'second.log')
    world.servers.append(second)
    second.start()
    numbers = [re.findall(r'at=serve.start .*node=(\d+)', server.log()) for server in (first, second)]
    assert len(numbers[0]) == len(numbers[1]) == 1 and numbers[0] != numbers[1], numbers


@test
def a_server_for_the_work_only_listens_nowhere_and_stops(world):
    server = world.gestand(start=False)
    log = os.path.join(world.folder, 'work.log')
    process = Process([BINARY, 'serve', *place(server), '--role', 'work'], log)

    def text():
        with open(log) as file:
            return file.read()

    wait_until(lambda: 'at=serve.start' in text(), 20, 'the server says that it started')
    assert process.stop() == 0, text()
    assert 'listening' not in text()


# --- users and tokens


@test(engines=BOTH)
def users_and_tokens_are_made_beside_a_running_server(world):
    server = world.gestand()
    where = place(server)
    must(ask('user', 'add', *where, '--mail', 'Piet@Bedrijf.test', '--name', 'Piet', '--role', 'agent',
             '--password-file', '-', input='het-eerste-wachtwoord\n'))
    must_refuse(ask('user', 'add', *where, '--mail', 'piet@bedrijf.test', '--role', 'lead'), 'piet@')
    users = must(ask('user', 'list', *where)).out
    assert re.search(r'^piet@bedrijf.test +agent +Piet$', users, re.M) and ADMIN in users, users

    def log_in(password):
        return server.api('POST', '/api/v1/login', {'email': 'piet@bedrijf.test',
                                                    'password': password}, token='').status

    assert log_in('het-eerste-wachtwoord') == 200
    must(ask('user', 'password', *where, '--mail', 'piet@bedrijf.test', '--password-file', '-',
             input='het-tweede-wachtwoord\n'))
    assert log_in('het-eerste-wachtwoord') == 401 and log_in('het-tweede-wachtwoord') == 200
    must_refuse(ask('user', 'password', *where, '--mail', 'piet@bedrijf.test', '--password-file',
                    '-', input='kort\n'), 'password')
    token = must(ask('token', 'add', *where, '--user', 'piet@bedrijf.test', '--scopes',
                     'case:read', '--name', 'lezer')).out
    assert re.fullmatch(r'gst_\w{40}\n', token), token
    assert server.api('GET', '/api/v1/cases', token=token.strip()).status == 200
    assert server.api('POST', '/api/v1/labels', {'name': 'x', 'colour': '#aabbcc'},
                      token=token.strip()).status == 403
    must_refuse(ask('token', 'add', *where, '--user', 'piet@bedrijf.test', '--scopes', 'case:rule'),
                'case:rule')


# --- mails from elsewhere


def mail_channel(server):
    """One that nothing is fetched from."""
    return server.post('/api/v1/channels', {
        'type': 'email', 'name': 'Post',
        'settings': {'address': 'info@bedrijf.test', 'smtp_host': 'localhost'}})['id']


def count_cases(server):
    return len(server.get('/api/v1/cases?limit=200')['items'])


@test
def users_are_listed_with_their_organisation_if_there_are_several(world):
    server = world.gestand()
    where, password = place(server), os.path.join(server.folder, 'password')
    assert 'Bedrijf' not in must(ask('user', 'list', *where)).out
    must(ask('init', *where, '--organisation', 'Tweede', '--admin', 'b@tweede.test',
             '--password-file', password))
    lines = must(ask('user', 'list', *where)).out.splitlines()
    assert len(lines) == 2 and lines[0].startswith(ADMIN), lines
    assert lines[0].endswith(', Bedrijf BV') and lines[1].endswith(', Tweede'), lines
    assert must(ask('user', 'list', *where, '--organisation', 'Tweede')).out.count('\n') == 1


@test(engines=BOTH)
def a_mail_by_pipe_is_a_case_once_and_waits_with_the_mta_when_we_cannot_take_it(world):
    server = world.gestand()
    where, channel = place(server), mail_channel(server)
    for _ in range(2):
        assert must(ask('deliver', *where, '--channel', channel, input=MAIL.format(n=1))).out == ''
    must(ask('deliver', *where, '--channel', channel, input=MAIL.format(n=2)))
    wait_until(lambda: count_cases(server) == 2, 20, 'two mails are two cases')
    must_refuse(ask('deliver', '--data', server.data + '-', '--channel', channel,
                    input=MAIL.format(n=3)), 'gestand deliver: ', 75)
    server.stop()
    must(ask('deliver', *where, '--channel', channel, input=MAIL.format(n=4)))
    server.start()
    wait_until(lambda: count_cases(server) == 3, 20, 'what came while we were down is a case')


@test
def a_mail_that_can_never_be_taken_is_not_kept_by_the_mta(world):
    server = world.gestand()
    where, channel = place(server), mail_channel(server)
    app = server.post('/api/v1/channels', {'type': 'api', 'name': 'App',
                                           'settings': {'address': 'app'}})['id']
    must_refuse(ask('deliver', *where, '--channel', channel, input=''), 'there is no mail')
    for wrong, words in (('chn_0000000000001', 'there is no such channel'),
                         (app, 'takes no mails')):
        must_refuse(ask('deliver', *where, '--channel', wrong, input=MAIL.format(n=1)), words)
    server.api('PATCH', f'/api/v1/channels/{channel}', {'enabled': False},
               headers={'If-Match': '*'})
    must_refuse(ask('deliver', *where, '--channel', channel, input=MAIL.format(n=1)),
                'switched off')


@test
def an_mbox_is_imported_once_however_often_it_is_imported(world):
    server = world.gestand()
    where, channel = place(server), mail_channel(server)
    mbox = os.path.join(world.folder, 'mbox')
    with open(mbox, 'w') as file:
        for n in range(150):
            text = MAIL.format(n=n) + '\n>From hier is het van mij.\n'
            when = 'Tue Jan  2 10:00:00 2024' if n % 2 else 'at 10:00'
            file.write(f'From anna@example.org {when}\n{text}\n')
    first = must(ask('import', 'mbox', *where, mbox, '--channel', channel))
    assert first.out == 'imported 150 mails, 0 were there already\n' and first.error == '', first
    again = must(ask('import', 'mbox', *where, mbox, '--channel', channel))
    assert again.out == 'imported 0 mails, 150 were there already\n', again
    wait_until(lambda: count_cases(server) == 150, 60, '150 mails are 150 cases')
    case = server.get('/api/v1/cases?limit=1')['items'][0]['id']
    assert '\\nFrom hier' in json.dumps(server.get(f'/api/v1/cases/{case}')), case
    oldest = server.get('/api/v1/cases?limit=200')['items']
    assert [case['opened_at'] for case in oldest] == (
        75 * ['2024-01-01T09:00:00.000Z'] + 75 * ['2024-01-02T10:00:00.000Z']), oldest
    must_refuse(ask('import', 'mbox', *where, BINARY, '--channel', channel), 'no mbox')


@test(engines=BOTH)
def a_mail_of_an_mbox_that_is_cut_at_50_mb_never_becomes_a_case(world):
    server = world.gestand()
    where, channel = place(server), mail_channel(server)
    mbox = os.path.join(world.folder, 'archief.mbox')
    with open(mbox, 'w') as file:
        for n, more in enumerate(['', 51 * 1024 * 1024 // 100 * ('z' * 99 + '\n'), '']):
            file.write(f'From anna@example.org at 10:00\n{MAIL.format(n=n)}{more}\n')
    done = must(ask('import', 'mbox', *where, mbox, '--channel', channel))
    assert '1 are larger than 50 MB' in done.out and done.out.startswith('imported 3 mails'), done
    wait_until(lambda: count_cases(server) == 2, 60, 'two of them are cases')
    found = server.get('/api/v1/envelopes')['items']
    assert len(found) == 1 and 'the whole of it is in the imported file archief.mbox' in (
        found[0]['reason']), found
    again = server.api('POST', f'/api/v1/envelopes/{found[0]["id"]}/run')
    assert again.status == 409 and 'not all of it came in' in again.json['detail'], again
    assert server.get('/api/v1/envelopes')['items'] == found
    assert count_cases(server) == 2


THREADS = 100
THREADED = ('From anna Sat Nov 21 09:30:00 2026\nFrom: Anna <anna{n}@example.org>\n'
            'To: info@bedrijf.test\nSubject: {subject}\nMessage-ID: <t{n}-{k}@example.org>\n{more}'
            '\nDeel {k} van {n}.\n\n')


@test(engines=('sqlite', 'postgres'))
def many_threads_at_once_are_one_case_each_with_their_mails_in_order(world):
    """Answers that overtake what they answer would be cases of their own."""
    server = world.gestand()
    where, channel = place(server), mail_channel(server)
    mbox = os.path.join(world.folder, 'mbox')
    with open(mbox, 'w') as file:
        for n in range(THREADS):
            for k in range(3):
                more = f'In-Reply-To: <t{n}-{k - 1}@example.org>\n' if k else ''
                file.write(THREADED.format(n=n, k=k, subject=('Re: ' if k else '') + f'Lek {n}',
                                           more=more))
    must(ask('import', 'mbox', *where, mbox, '--channel', channel))

    def cases():
        return server.get('/api/v1/cases?limit=200')['items']
    wait_until(lambda: sum(case['messages_n'] for case in cases()) == 3 * THREADS, 60,
               'every mail is understood')
    assert len(cases()) == THREADS, len(cases())
    for case in cases():
        messages = server.get(f'/api/v1/cases/{case["id"]}/messages')['items']
        parts = [message['text'].split()[1] for message in messages]
        assert parts == ['2', '1', '0'], parts


# --- backups


class Writer(threading.Thread):
    """Makes labels without pause; knows which were acknowledged."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.ended, self.names, self.failure = server, threading.Event(), [], None

    def run(self):
        try:
            while not self.ended.is_set():
                name = f'label {len(self.names)}'
                self.server.post('/api/v1/labels', {'name': name, 'colour': '#aabbcc'})
                self.names.append(name)
        except Exception as failure:
            self.failure = failure

    def end(self):
        self.ended.set()
        self.join(30)
        assert not self.failure, self.failure


def manifest(file):
    """Rows and digest of each table."""
    text = run(['tar', '--zstd', '-xOf', file, 'manifest.json'])
    return {t['name']: (t['rows'], t['digest']) for t in json.loads(text)['tables']}


def new_place(world, name, engine):
    """A server that stands nowhere yet, on that engine."""
    database = world.postgres().create_database() if engine == 'postgres' else None
    server = Gestand(os.path.join(world.folder, name), database)
    world.servers.append(server)
    world.logs.append(server.log_file)
    return server


@test(engines=BOTH)
def a_backup_taken_while_others_write_moves_everything_to_the_other_engine(world):
    server = world.gestand()
    channel = mail_channel(server)
    must(ask('deliver', *place(server), '--channel', channel,
             input=MAIL.format(n=1) + 'waterschade ' * 20000))  # large: a file of its own
    wait_until(lambda: count_cases(server) == 1, 20, 'the mail is a case')
    file = os.path.join(world.folder, 'backup')
    writer = Writer(server)
    writer.start()
    wait_until(lambda: len(writer.names) > 50, 30, 'the writer writes')
    before = len(writer.names)
    assert must(ask('backup', *place(server), file)).out.startswith(f'wrote {file}: ')
    after = len(writer.names) + 1
    writer.end()
    assert os.stat(file).st_mode & 0o777 == 0o600 and not os.path.exists(file + '.part')
    assert must(ask('backup', '--verify', file)).out.startswith(f'sound: {file}: ')
    assert glob.glob(file + '*') == [file]

    moved = new_place(world, 'moved', OTHER[world.engine])
    must(ask('restore', *place(moved), file))
    again = os.path.join(world.folder, 'again')
    must(ask('backup', *place(moved), again))
    assert manifest(again) == manifest(file)
    must(ask('doctor', *place(moved), '--full'))

    moved.token = server.token
    moved.start()
    labels = {label['name'] for label in moved.get('/api/v1/labels')['items']}
    assert before <= len(labels) <= after and set(writer.names[:before]) <= labels, len(labels)
    assert moved.get('/api/v1/search?q=waterschade')['items'], 'the index was made anew'
    must_refuse(ask('restore', *place(moved), file), 'not empty')


@test
def a_flipped_bit_in_a_backup_is_noticed_and_nothing_is_restored(world):
    server = world.gestand(start=False)
    file, data = os.path.join(world.folder, 'backup'), os.path.join(world.folder, 'restored')
    must(ask('backup', *place(server), file))
    with open(file, 'rb') as backup:
        sound = backup.read()
    for at in range(0, len(sound), len(sound) // 25):
        damaged = bytearray(sound)
        damaged[at] ^= 1
        with open(file, 'wb') as backup:
            backup.write(damaged)
        must_refuse(ask('backup', '--verify', file), 'is damaged')
        must_refuse(ask('restore', '--data', data, file), 'is damaged')
        assert not os.path.exists(data)
    with open(file, 'wb') as backup:
        backup.write(sound[:-1])
    must_refuse(ask('backup', '--verify', file), 'is damaged')
    with open(file, 'wb') as backup:
        backup.write(sound)
    must(ask('restore', '--data', data, file))


@test
def a_database_in_use_is_not_restored_over(world):
    server = world.gestand(start=False)
    file = os.path.join(world.folder, 'backup')
    must(ask('backup', *place(server), file))
    target = new_place(world, 'target', 'postgres').init()
    must_refuse(ask('restore', '--data', target.data + '2', '--database', target.database, file),
                "isn't empty")
    assert not os.path.exists(target.data + '2')
    assert ADMIN in must(ask('user', 'list', *place(target))).out


# --- what a text says


@test()
def understand_says_a_line_of_json_for_each_line_of_text(world):
    said = must(ask('understand', '--outgoing', '--at', '2024-03-12T10:15:00+01:00',
                    input='We bellen u morgen voor 12.00 uur terug.\n\nMijn bsn is 123456782'))
    first, blank, last = [json.loads(line) for line in said.out.splitlines()]
    assert first['language'] == 'nl' and blank['promises'] == []
    assert first['promises'][0]['due'] == '2024-03-13T12:00:00+01:00', first
    assert first['promises'][0]['action'] == 'callback'
    assert last['personal'][0] == {'kind': 'bsn', 'from': 12, 'to': 21, 'certainty': 'block',
                                   'masked': last['personal'][0]['masked']}, last
    for words in ['--lang', 'xx'], ['--at', 'morgen'], ['--own', '/nowhere'], \
            ['--evaluate', '/nowhere']:
        wrong = ask('understand', *words)
        assert wrong.code in (1, 2) and wrong.error.count('\n') == 1, wrong
    assert must(ask('understand', input='\xff\0\n')).out.count('\n') == 1
    long = ask('understand', input='dag\n' + 'x' * (1 << 20) + 'y\ndag\n')
    assert long.code == 1 and 'line 2 is longer' in long.error, long
    assert [list(json.loads(line))[0] for line in long.out.splitlines()] == \
        ['language', 'error', 'language']


CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Open
DTSTART;TZID=Europe/Amsterdam:20260105T083000
DTEND;TZID=Europe/Amsterdam:20260105T123000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH
END:VEVENT
BEGIN:VEVENT
SUMMARY:Personeelsdag
DTSTART;VALUE=DATE:20261126
END:VEVENT
END:VCALENDAR
"""


@test()
def deadlines_are_counted_on_the_opening_hours_of_a_calendar_file(world):
    path = os.path.join(world.folder, 'hours.ics')

    def due(text, calendar):
        with open(path, 'w') as file:
            file.write(calendar)
        said = must(ask('understand', '--outgoing', '--at', '2026-11-25T10:15:00+01:00',
                        '--calendar', path, input=text))
        promise = json.loads(said.out)['promises'][0]
        return promise['due'], promise['closed_day']

    # Thursday and Friday are closed.
    assert due('U krijgt binnen twee werkdagen antwoord.', CALENDAR) == \
        ('2026-12-01T12:30:00+01:00', False)
    assert due('We bellen u morgen terug.', CALENDAR)[1]
    assert not due('We bellen u morgen terug.', CALENDAR.replace('1126', '1127'))[1]
    broken = CALENDAR.replace('VALUE=DATE:20261126', 'VALUE=DATE:20261131')
    with open(path, 'w') as file:
        file.write(broken)
    must_refuse(ask('understand', '--calendar', path), f'{path}: line 10: there is no such day')
    with open(path, 'w') as file:
        file.write(CALENDAR * 5000)
    must_refuse(ask('understand', '--calendar', path), 'is larger than 1 MB')
    must_refuse(ask('understand', '--calendar', path + 'x'), path + 'x')


@test()
def a_labelled_set_is_measured(world):
    path = os.path.join(world.folder, 'set.tsv')
    with open(path, 'w') as file:
        file.write('text\ttypes\nmijn bsn is 123456782\tbsn\ndag\t\n')
    assert 'personal.all.f1 1.000' in must(ask('understand', '--evaluate', path)).out
    with open(path, 'w') as file:
        file.write('nothing\n')
    assert ask('understand', '--evaluate', path).code == 2
    with open(path, 'w') as file:
        file.write('text\tlang\r\nmijn bus is laat\tnl\r\nhello there\tEnglish\r\n')
    must_refuse(ask('understand', '--evaluate', path),
                f'{path}: line 3 has "English" as lang: it must be two letters', 2)
    must_refuse(ask('understand', '--evaluate', path, '--outgoing'), 'leave out --outgoing', 2)
    with open(path, 'w') as file:
        file.write('text\tlang\nmijn bus is laat\tnl\n')
    for words, input in [['--evaluate', path], None], [[], 'dag\n']:
        with open('/dev/full', 'w') as full:
            failed = subprocess.run([BINARY, 'understand', *words], stdout=full, input=input,
                                    stderr=subprocess.PIPE, text=True)
        assert failed.returncode == 1 and 'no room left' in failed.stderr, failed


# --- the doctor


def change(server, sql):
    """Behind the program's back."""
    if server.database:
        run([glob.glob('/usr/lib/postgresql/*/bin/psql')[0], '-q', '-c', sql, server.database])
        return
    connection = sqlite3.connect(os.path.join(server.data, 'gestand.db'))
    connection.execute(sql)
    connection.commit()
    connection.close()


def bad_lines(result):
    assert result.code in (0, 1), result
    lines = result.out.splitlines()
    assert all(re.match(r'(ok|warn|bad) +\w+ +\S', line) for line in lines), result
    return [line for line in lines if line.startswith('bad')]


@test(engines=BOTH)
def the_doctor_finds_what_was_changed_behind_our_back(world):
    server = world.gestand()
    channel = mail_channel(server)
    must(ask('deliver', *place(server), '--channel', channel, input=MAIL.format(n=1)))
    must(ask('deliver', *place(server), '--channel', channel,
             input=MAIL.format(n=2) + 'water ' * 50000))
    wait_until(lambda: count_cases(server) == 2, 20, 'two mails are two cases')
    wait_until(lambda: len(server.get('/api/v1/audit?limit=200')['items']) > 0, 20, 'sealed')
    assert bad_lines(must(ask('doctor', *place(server)))) == []
    server.stop()
    result = must(ask('doctor', *place(server), '--full'))
    assert bad_lines(result) == [], result

    change(server, "UPDATE events SET kind = 'nothing.happened' WHERE position = 2")
    assert any('history' in line and 'event 2 was changed' in line
               for line in bad_lines(ask('doctor', *place(server))))
    files = glob.glob(os.path.join(server.data, 'blobs', '*', '*'))
    assert files
    with open(files[0], 'r+b') as file:
        file.seek(1000)
        file.write(b'!')
    assert any(files[0] in line and 'damaged' in line
               for line in bad_lines(ask('doctor', *place(server), '--full')))
    os.remove(files[0])
    assert any(files[0] in line and 'missing' in line
               for line in bad_lines(ask('doctor', *place(server))))
    change(server, "UPDATE cases SET person_name = 'Iemand anders'")
    assert re.search(r'^warn +cases +2 under a former name', ask('doctor', *place(server)).out, re.M)
    change(server, 'DELETE FROM conversations')
    os.chmod(os.path.join(server.data, 'key'), 0o644)
    assert any('chmod 600' in line for line in bad_lines(ask('doctor', *place(server))))
    os.chmod(os.path.join(server.data, 'key'), 0o600)
    last = ask('doctor', *place(server))
    assert any('in no conversation' in line for line in bad_lines(last)), last
    assert last.code == 1 and last.error.startswith('gestand doctor: '), last
    assert re.search(r'^ok +files +none that no row refers to', last.out, re.M), last
    change(server, 'DELETE FROM envelopes')
    last = ask('doctor', *place(server))
    assert re.search(r'^warn +files +1 that no row refers to', last.out, re.M), last
    assert last.error.count('\n') == 1, last


@test(engines=BOTH)
def the_doctor_finds_events_that_were_cut_off_the_end_of_history(world):
    server = world.gestand()
    server.post('/api/v1/labels', {'name': 'x', 'colour': '#aabbcc'})
    wait_until(lambda: not pending(server), 20, 'everything is sealed')
    server.stop()
    assert bad_lines(ask('doctor', *place(server))) == []
    change(server, 'DELETE FROM events WHERE position = (SELECT max(position) FROM events)')
    found = bad_lines(ask('doctor', *place(server)))
    assert len(found) == 1 and 'history ends at event' in found[0], found


def on_a_terminal(words):
    """Runs the program with its errors on a terminal; the result, and all that was shown there."""
    terminal, side = os.openpty()
    pieces = []

    def read():
        try:
            while True:
                pieces.append(os.read(terminal, 65536))
        except OSError:
            pass  # nobody writes there any more

    reader = threading.Thread(target=read)
    reader.start()
    try:
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=side, text=True, timeout=60)
    finally:
        os.close(side)
        reader.join()
        os.close(terminal)
    return done, b''.join(pieces).decode()


@test(engines=BOTH)
def the_doctor_shows_on_a_terminal_how_far_it_is_and_nowhere_else(world):
    server = world.gestand()
    must(ask('deliver', *place(server), '--channel', mail_channel(server),
             input=MAIL.format(n=1) + 'water ' * 50000))
    wait_until(lambda: count_cases(server) == 1, 20, 'a mail is a case')
    server.stop()
    words = ['doctor', *place(server), '--full']
    assert must(ask(*words)).error == ''
    done, shown = on_a_terminal([BINARY, *words])
    assert done.returncode == 0 and '\r' not in done.stdout, done
    assert re.search(r'events: 0 of \d+ \(0 %\)', shown), shown
    assert 'the database itself: …' in shown and 'files: 0 of ' in shown, shown
    assert shown.endswith('\r\x1b[K'), 'the line is gone at the end: ' + shown


def pending(server):
    """Does the doctor still see events that wait for their place?"""
    file = os.path.join(server.folder, 'pending')
    must(ask('backup', *place(server), file))
    return manifest(file)['events_pending'][0]


@test
def another_machine_needs_the_key_of_the_first(world):
    server = new_place(world, 'first', 'postgres').init()
    other = os.path.join(world.folder, 'other')
    refused = ask('init', '--data', other, '--database', server.database, '--organisation', 'Ander',
                  '--admin', 'x@y.test', '--password-file', '-', input=PASSWORD + '\n')
    must_refuse(refused, "copy the file 'key'")
    assert not os.path.exists(os.path.join(other, 'key'))
