"""The IMAP and SMTP clients (src/channel/imap.c, smtp.c) against dovecot, exim and odd servers.

The tests themselves are C, in imap_test.c, smtp_test.c and mailbox_folder_test.c of build/tests:
here are the servers.
"""

import os
import subprocess

from odd_servers import odd_imap, odd_smtp
from peers import BINARY, TOP, Skip, test

# beside the program
TESTS = os.environ.get('GESTAND_TESTS', os.path.join(os.path.dirname(BINARY), 'tests'))


def plain_mail(subject):
    return (f'From: jan@klant.test\r\nTo: service@bedrijf.test\r\nSubject: {subject}\r\n'
            f'Message-ID: <{subject}@klant.test>\r\n\r\nHallo\r\n').encode()


def mail_for_clients(world):
    mail = world.mail()
    for name in ('fetch', 'large', 'backlog', 'idle', 'names'):
        mail.add_mailbox(f'{name}@bedrijf.test', 'geheim1')
    for name in ('in', 'dots'):
        mail.add_mailbox(f'{name}@klant.test', 'geheim1')
    mail.deliver(plain_mail('eerste'), 'fetch@bedrijf.test')
    return mail


def environment(mail, **more):
    return {
        **os.environ,
        'TEST_CA': mail.ca_file,
        'TEST_IMAP': str(mail.ports['imap']),
        'TEST_IMAPS': str(mail.ports['imaps']),
        'TEST_SMTP': str(mail.ports['submission']),
        'TEST_MX': str(mail.ports['mx']),
        **more,
    }


def start_tests(words, mail, **more):
    if not os.path.exists(TESTS):
        raise Skip(f'{os.path.relpath(TESTS, TOP)} is not built')
    return subprocess.Popen([TESTS, *words], env=environment(mail, **more), text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)


def run_tests(words, mail, **more):
    """Each test that one of the words names passes, and at least one isn't skipped."""
    running = start_tests(words, mail, **more)
    output = running.communicate(timeout=170)[0]
    assert running.returncode == 0, output
    assert not output.splitlines()[-1].startswith('0 passed'), output
    return output


@test
def the_imap_client_gets_on_with_dovecot(world):
    mail = mail_for_clients(world)
    mail.fill([plain_mail(str(n)) for n in range(2000)], 'backlog@bedrijf.test')
    client = mail.imap('names@bedrijf.test')
    for name in ('Caf&AOk- &- co', 'Klachten &IKw- &2D3eAA-', r'\"zo\" gezegd\\'):
        assert client.create(f'"{name}"')[0] == 'OK', name
    client.logout()
    output = run_tests(['imap'], mail)
    # the odd servers and the one that goes away have tests of their own below
    skipped = [line for line in output.splitlines() if line.startswith('skipped')]
    assert len(skipped) == 3, output


@test
def the_smtp_client_gets_on_with_exim(world):
    mail = mail_for_clients(world)
    plain = odd_smtp('plain')
    run_tests(['smtp_test'], mail, TEST_ODD_SMTP_PLAIN=str(plain.server_address[1]))
    assert len(mail.wait_for_mail('in@klant.test')) == 1, 'only the one that was accepted'


@test
def the_imap_client_notices_a_server_that_goes_away_while_it_waits(world):
    mail = mail_for_clients(world)
    running = start_tests(['server_that_goes_away'], mail, TEST_IMAP_GOES='1')
    lines = []
    for line in running.stdout:
        lines.append(line)
        if line.startswith('idling'):
            mail.stop_dovecot()
    assert running.wait(60) == 0 and lines[-1].startswith('1 passed'), ''.join(lines)


@test
def the_imap_client_gives_up_odd_servers(world):
    mail = world.mail()
    port = str(odd_imap().server_address[1])
    output = run_tests(['odd_imap', 'without_idle'], mail, TEST_ODD_IMAP=port)
    assert output.splitlines()[-1] == '2 passed, 0 failed', output


@test(engines=('sqlite', 'postgres'))
def messages_that_a_server_cannot_hand_over_are_asked_for_again(world):
    more = {}
    if world.engine == 'postgres':
        more['TEST_DATABASE'] = world.postgres().url('postgres')
    run_tests(['mailbox_folder_test'], world.mail(),
              TEST_ODD_IMAP=str(odd_imap().server_address[1]), **more)


@test
def the_smtp_client_never_says_sent_without_a_yes(world):
    mail = world.mail()
    manners = ('plain', 'breaks_after_dot', 'breaks_at_rcpt', 'later_after_dot',
               'refuses_after_dot', 'hangs_up', 'is_busy', 'lists_us')
    ports = {f'TEST_ODD_SMTP_{manner.upper()}': str(odd_smtp(manner).server_address[1])
             for manner in manners}
    output = run_tests(['unknown_only'], mail, **ports)
    assert output.splitlines()[-1] == '1 passed, 0 failed', output
