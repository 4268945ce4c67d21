"""What the receivers (src/jobs/receivers.c) do with mailboxes of every kind, at real servers."""

import random
import re
import socket
import threading
import time

from email_test import Desk, letter, numbers, parse
from odd_servers import odd_imap
from peers import COMPANY, CUSTOMER, Gestand, test, wait_until

BOTH = ('sqlite', 'postgres')
MB = 1 << 20


def append(mail, folder, raw, at=None):
    """As a mail program does that keeps what it sent."""
    client = mail.imap(COMPANY)
    client.create(folder)
    status, words = client.append(folder, None, at, raw)
    client.logout()
    assert status == 'OK', words


def sent_mail(n, to=CUSTOMER, **headers):
    lines = {'From': COMPANY, 'To': to, 'Subject': f'Re: Vraag {n}',
             'Message-ID': f'<elders-{n}@bedrijf.test>', **headers}
    head = ''.join(f'{name.replace("_", "-")}: {value}\r\n' for name, value in lines.items())
    return (head + f'\r\nAntwoord {n}, vanuit een ander programma.\r\n').encode()


def look_again(desk):
    """A changed channel is read again, with all its folders."""
    desk.change_channel(name=f'Klantenservice {random.random()}')


def case_of(desk, case):
    return desk.server.get(f'/api/v1/cases/{case["id"]}')


def not_understood(desk):
    return desk.server.get('/api/v1/envelopes')['items']


def peak_memory(server):
    with open(f'/proc/{server.process.pid}/status') as status:
        return int(re.search(r'VmHWM:\s+(\d+) kB', status.read()).group(1)) * 1024


@test(engines=BOTH)
def an_answer_that_was_sent_in_another_program_is_ours_in_the_case(world):
    mail = world.mail()
    append(mail, 'Sent', sent_mail(0, Subject='Lang geleden'))
    desk = Desk(world, mail, sent_folder='Sent')
    mail.deliver(letter(1))
    case = desk.wait_for_cases(1)[0]
    append(mail, 'Sent', sent_mail(1, In_Reply_To='<vraag-1@klant.test>'))
    look_again(desk)
    wait_until(lambda: len(desk.messages(case)) == 2, 20, 'the answer is in the case')
    answer = desk.messages(case)[1]
    assert answer['direction'] == 'out' and answer['state'] == 'sent', answer
    assert 'vanuit een ander programma' in answer['text']
    assert case_of(desk, case)['status'] == 'waiting'
    assert len(desk.cases()) == 1, 'what was sent before the channel was connected stays away'


@test(engines=BOTH)
def an_answer_to_what_a_colleague_wrote_first_in_another_program_finds_its_case(world):
    mail = world.mail()
    append(mail, 'Sent', sent_mail(0))
    desk = Desk(world, mail, sent_folder='Sent')
    mail.deliver(letter(0))
    desk.wait_for_cases(1)
    append(mail, 'Sent', sent_mail(1, Subject='Uw bestelling'))
    mail.deliver(letter(1, In_Reply_To='<elders-1@bedrijf.test>'))
    case = next(case for case in desk.wait_for_cases(2) if case['title'] == 'Uw bestelling')
    wait_until(lambda: len(desk.messages(case)) == 2, 20, 'the answer is in the case')
    assert [message['direction'] for message in desk.messages(case)] == ['out', 'in']
    assert len(desk.cases()) == 2


@test(engines=BOTH)
def what_waited_in_the_mailbox_counts_from_when_it_arrived_there(world):
    mail = world.mail()
    append(mail, 'INBOX', letter(1), at='"02-Jan-2024 10:00:00 +0100"')
    desk = Desk(world, mail)
    case = case_of(desk, desk.wait_for_cases(1)[0])
    assert case['opened_at'] == case['waiting_since'] == '2024-01-02T09:00:00.999Z', case
    assert desk.messages(case)[0]['at'] == '2024-01-02T09:00:00.999Z', case


@test(engines=BOTH)
def our_own_answer_that_the_server_keeps_in_sent_is_not_doubled(world):
    mail = world.mail()
    desk = Desk(world, mail, sent_folder='Sent')
    mail.deliver(letter(1))
    case = desk.wait_for_cases(1)[0]
    desk.answer(case, 'Morgen komt het.')
    sent = mail.wait_for_mail(CUSTOMER)[0]
    append(mail, 'Sent', sent)
    append(mail, 'Sent', sent_mail(2, to='piet@klant.test'))  # comes behind it
    look_again(desk)
    desk.wait_for_cases(2)
    assert len(desk.messages(case)) == 2, 'the question and one answer'


@test(engines=BOTH)
def sent_mail_is_read_whole_but_not_doubled_when_its_uids_are_new(world):
    mail = world.mail()
    append(mail, 'Sent', sent_mail(0))
    desk = Desk(world, mail, imap_folders='Sent, INBOX', sent_folder='Sent')
    mail.deliver(letter(1))
    case = desk.wait_for_cases(1)[0]
    append(mail, 'Sent', sent_mail(1, In_Reply_To='<vraag-1@klant.test>'))
    look_again(desk)
    wait_until(lambda: len(desk.messages(case)) == 2, 20, 'the answer is in the case')
    before = mail.uidvalidity(COMPANY, 'Sent')
    client = mail.imap(COMPANY)
    kept = mail.inbox(COMPANY, 'Sent')
    client.delete('Sent')
    time.sleep(1.1)  # dovecot takes the second as the new UIDVALIDITY
    client.create('Sent')
    client.logout()
    for raw in kept + [sent_mail(2, In_Reply_To='<vraag-1@klant.test>')]:
        append(mail, 'Sent', raw)
    assert mail.uidvalidity(COMPANY, 'Sent') != before
    look_again(desk)
    wait_until(lambda: len(desk.messages(case)) >= 3, 20, 'the second answer is in the case')
    time.sleep(1)
    assert len(desk.messages(case)) == 3


@test(engines=BOTH)
def a_mail_that_came_to_two_of_our_addresses_is_once(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver([letter(1, Received='from a by b; Sat, 21 Nov 2026 09:00:00 +0000'),
                  letter(1, Received='from c by d; Sat, 21 Nov 2026 09:00:07 +0000'), letter(2)])
    cases = desk.wait_for_cases(2)
    time.sleep(1)
    assert numbers(desk.cases()) == [1, 2]
    assert all(case['messages_n'] == 1 for case in cases)
    assert sorted(e['state'] for e in desk.server.get('/api/v1/envelopes?all=true')['items']) == \
        ['duplicate', 'understood', 'understood']


@test(engines=BOTH)
def an_automatic_answer_does_not_reopen_a_case_that_is_done(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver(letter(1))
    case = desk.wait_for_cases(1)[0]
    desk.change(f'/api/v1/cases/{case["id"]}', {'status': 'done'})
    mail.deliver(letter(2, In_Reply_To='<vraag-1@klant.test>', Auto_Submitted='auto-replied',
                        text='Ik ben met vakantie.'))
    wait_until(lambda: len(desk.messages(case)) == 2, 20, 'the automatic answer is kept')
    assert case_of(desk, case)['status'] == 'done'
    mail.deliver(letter(3, In_Reply_To='<vraag-1@klant.test>'))
    wait_until(lambda: case_of(desk, case)['status'] == 'open', 20, 'a real answer reopens it')


@test(engines=BOTH)
def several_folders_are_read_and_one_that_is_missing_is_told(world):
    mail = world.mail()
    append(mail, 'Webshop', letter(1))
    desk = Desk(world, mail, imap_folders='Webshop, INBOX, Weg')
    mail.deliver(letter(3))
    cases = desk.wait_for_cases(2)
    assert numbers(cases) == [1, 3]
    wait_until(lambda: 'Weg' in desk.last_error(), 10, 'the health names the folder')
    mail.deliver(letter(4))
    desk.wait_for_cases(3, 5)
    append(mail, 'Weg', letter(5))
    look_again(desk)
    desk.wait_for_cases(4)
    wait_until(lambda: not desk.last_error(), 10, 'the channel is well')


@test(engines=BOTH)
def a_wrong_password_is_told_within_seconds_and_the_right_one_works_at_once(world):
    mail = world.mail()
    desk = Desk(world, mail, imap_password='verkeerd')
    events = desk.server.sse(last_event_id=0)
    mail.deliver(letter(1))
    wait_until(lambda: 'refused the login' in desk.last_error(), 8, 'the health tells it')
    assert 'check the user name and the password' in desk.last_error()
    assert 'verkeerd' not in str(desk.health())
    desk.wait_for_event(events, 'channel.failing')
    desk.change_password()
    desk.wait_for_event(events, 'channel.working')
    assert not desk.last_error() and desk.health()['last_good_at']
    desk.wait_for_cases(1, 5)


@test(engines=BOTH)
def a_channel_that_is_disabled_is_not_read_until_it_is_enabled(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver(letter(1))
    desk.wait_for_cases(1)
    desk.change_channel(enabled=False)
    time.sleep(1)
    mail.deliver(letter(2))
    time.sleep(2)
    assert len(desk.cases()) == 1
    desk.change_channel(enabled=True)
    desk.wait_for_cases(2, 8)


@test(engines=BOTH)
def memory_stays_bounded_however_much_waits_in_the_mailbox(world):
    mail = world.mail()
    desk = Desk(world, mail, imap_password='nog niet')
    mail.fill([letter(n, text='x' * 76 + '\r\n' + ('y' * 76 + '\r\n') * (MB // 78))
               for n in range(150)])
    backlogs = []
    desk.change_password()

    def enough():
        backlogs.append(desk.health()['backlog'])
        return len(desk.cases()) == 150

    wait_until(enough, 100, '150 cases')
    assert peak_memory(desk.server) < 200 * MB, f'{peak_memory(desk.server) // MB} MB'
    assert any(0 < backlog < 150 for backlog in backlogs), 'the backlog is shown while it lasts'
    wait_until(lambda: desk.health()['backlog'] == 0, 5, 'and that it is over')


@test(engines=BOTH)
def a_mail_of_60_mb_waits_in_not_understood_with_the_reason(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver(letter(1))
    desk.wait_for_cases(1)
    mail.fill([letter(2, text='zwaar\r\n' + ('z' * 76 + '\r\n') * (60 * MB // 78)), letter(3)])
    assert numbers(desk.wait_for_cases(2, 60)) == [1, 3]
    found = not_understood(desk)
    assert len(found) == 1, found
    assert 'larger than 50 MB' in found[0]['reason'] and found[0]['size'] < 10000, found
    raw = desk.server.api('GET', f'/api/v1/envelopes/{found[0]["id"]}/raw')
    assert b'vraag-2@klant.test' in raw.body
    again = desk.server.api('POST', f'/api/v1/envelopes/{found[0]["id"]}/run')
    assert again.status == 409 and 'not all of it came in' in again.json['detail'], again
    assert not_understood(desk) == found, 'the reason stays, and says where it lies'
    assert 'unread in the folder INBOX' in found[0]['reason'], found
    client = mail.imap(COMPANY)
    wait_until(lambda: client.noop() and client.search(None, 'UNSEEN')[1] == [b'2'], 10,
               'only that one stays unread')
    client.logout()


@test(engines=BOTH)
def kill_9_at_any_moment_of_a_fetch_loses_and_doubles_nothing(world):
    mail = world.mail()
    desk = Desk(world, mail)
    for part in range(0, 2000, 400):
        mail.fill([letter(n) for n in range(part, part + 400)])
        wait_until(lambda: len(desk.cases()) > part, 60, 'it is being fetched')
        time.sleep(random.uniform(0, 0.2))
        desk.server.kill()
        desk.server.start()
    cases = desk.wait_for_cases(2000, 100)
    assert numbers(cases) == list(range(2000))
    assert all(case['messages_n'] == 1 for case in cases)
    assert not not_understood(desk)


@test(engines=('postgres',))
def another_node_takes_a_mailbox_over_when_the_first_is_killed_or_stops(world):
    mail = world.mail()
    desk = Desk(world, mail)
    first = desk.server
    second = Gestand(first.folder, first.database, first.options)
    second.log_file = first.log_file + '.2'
    second.token = first.token
    world.servers.append(second)
    world.logs.append(second.log_file)
    second.start()
    mail.deliver(letter(1))
    desk.wait_for_cases(1)
    time.sleep(4)
    assert count_logins(mail) == 1, 'only one of them reads the mailbox'
    first.kill()
    desk.server = second
    mail.deliver(letter(2))
    desk.wait_for_cases(2, 40)
    first.start()
    second.stop()
    desk.server = first
    mail.deliver(letter(3))
    desk.wait_for_cases(3, 15)


def count_logins(mail):
    with open(mail.path('dovecot.log'), errors='replace') as log:
        return sum(f'Login: user=<{COMPANY}>' in line and 'TLS' in line for line in log)


@test
def a_server_without_idle_is_asked_now_and_then(world):
    mail = world.mail()
    mail.stop_dovecot()
    with open(mail.path('dovecot.conf'), 'a') as file:
        file.write('\nimap_capability = IMAP4rev1 LITERAL+ UIDPLUS\n')
    mail.start_dovecot()
    desk = Desk(world, mail)
    mail.deliver(letter(1))
    desk.wait_for_cases(1)
    mail.deliver(letter(2))
    desk.wait_for_cases(2, 25)


@test
def a_message_that_the_server_cannot_hand_over_does_not_hold_up_the_others(world):
    mail = world.mail()
    odd = odd_imap()
    desk = Desk(world, mail, imap_host='127.0.0.1', imap_port=odd.server_address[1],
                imap_security='plain', imap_user='loses-one')
    cases = desk.wait_for_cases(2, 30)
    assert numbers(cases) == [1, 3]
    wait_until(lambda: 'it is lost' in desk.last_error(), 10, 'the health tells of it')
    assert not not_understood(desk), 'it is asked for again, for a day'


@test
def a_mail_server_that_says_nothing_does_not_keep_the_program_from_stopping(world):
    mail = world.mail()
    with socket.create_server(('127.0.0.1', 0)) as silent:
        came = threading.Event()
        taken = []

        def take():
            taken.append(silent.accept())
            came.set()

        threading.Thread(target=take, daemon=True).start()
        desk = Desk(world, mail, imap_host='127.0.0.1', imap_port=silent.getsockname()[1])
        assert came.wait(10)
        began = time.monotonic()
        desk.server.stop()
        assert time.monotonic() - began < 4
