"""E-mail against real servers, seen from both ends: the API here, the customer's mailbox there."""

import email
import email.policy
import re
import time

from peers import COMPANY, CUSTOMER, test, wait_until

BOTH = ('sqlite', 'postgres')


class Desk:
    """What these tests know of the API: each path and each name in JSON stands here only."""

    OPTIONS = ('--allow-private',)  # the mail servers of the tests are on this machine

    def __init__(self, world, mail, **settings):
        self.mail = mail
        self.server = world.gestand(options=self.OPTIONS)
        self.channel_id = self.server.post('/api/v1/channels', {
            'type': 'email', 'name': 'Klantenservice',
            'settings': {**self.settings(mail), **settings}})['id']

    @staticmethod
    def settings(mail):
        password = mail.passwords[COMPANY]
        return {
            'address': COMPANY, 'sender_name': 'Klantenservice', 'ca_file': mail.ca_file,
            'imap_host': 'localhost', 'imap_port': mail.ports['imaps'], 'imap_security': 'tls',
            'imap_user': COMPANY, 'imap_password': password,
            'smtp_host': 'localhost', 'smtp_port': mail.ports['submission'],
            'smtp_security': 'starttls', 'smtp_user': COMPANY, 'smtp_password': password,
        }

    def health(self):
        return self.server.get(f'/api/v1/channels/{self.channel_id}')

    def last_error(self):
        return self.health()['last_error'] or ''

    def change(self, path, body):
        tag = self.server.api('GET', path).headers['etag']
        answer = self.server.api('PATCH', path, body, headers={'If-Match': tag})
        assert answer.status == 200, answer

    def change_channel(self, **changes):
        self.change(f'/api/v1/channels/{self.channel_id}', changes)

    def change_password(self):
        password = self.mail.passwords[COMPANY]
        self.change_channel(settings={'imap_password': password, 'smtp_password': password})

    def cases(self):
        """All cases, page by page."""
        found, cursor = [], ''
        while cursor is not None:
            page = self.server.get('/api/v1/cases?limit=200&sort=oldest' +
                                   (f'&cursor={cursor}' if cursor else ''))
            found += page['items']
            cursor = page['next']
        return found

    def wait_for_cases(self, n, seconds=30):
        def enough():
            cases = self.cases()
            assert len(cases) <= n, f'{len(cases)} cases for {n} mails'
            return cases if len(cases) == n else None

        return wait_until(enough, seconds, f'{n} cases (there are {len(self.cases())})')

    def messages(self, case):
        return [item for item in self.server.get(f'/api/v1/cases/{case["id"]}')['timeline']
                if item['kind'] == 'message']

    def answer(self, case, text):
        return self.server.post(f'/api/v1/cases/{case["id"]}/messages', {'text': text})['id']

    def begin(self, to, subject, text):
        return self.server.post('/api/v1/cases', {
            'to': to, 'subject': subject, 'text': text, 'channel_id': self.channel_id})

    def wait_for_state(self, case, message_id, state, seconds=20):
        def reached():
            for message in self.messages(case):
                if message['id'] == message_id and message['state'] == state:
                    return message

        return wait_until(reached, seconds, f'{message_id} is {state}')

    def wait_for_event(self, events, kind):
        for event in events:
            if event.type == kind:
                return event
        raise AssertionError(f'no event {kind} came')


def letter(n, sender=CUSTOMER, text=None, **headers):
    """A mail of a customer, with a Message-ID of its own."""
    lines = {'From': sender, 'To': COMPANY, 'Subject': f'Vraag {n}',
             'Message-ID': f'<vraag-{n}@klant.test>', **headers}
    head = ''.join(f'{name.replace("_", "-")}: {value}\r\n' for name, value in lines.items())
    return (head + '\r\n' + (text or f'Waar blijft bestelling {n}?') + '\r\n').encode()


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def numbers(cases):
    """Which letters became cases: each once."""
    return sorted(int(case['title'].split()[-1]) for case in cases)


@test(engines=BOTH)
def a_mail_that_comes_in_is_an_event_at_the_api_within_a_second(world):
    mail = world.mail()
    desk = Desk(world, mail)
    events = desk.server.sse()
    wait_until(lambda: desk.health()['last_good_at'], 20, 'the mailbox is open')
    took = []
    for n in range(3):  # the middle one: once another program may have the processor for a while
        mail.deliver(letter(n))
        began = time.monotonic()
        desk.wait_for_event(events, 'message.received')
        took.append(time.monotonic() - began)
    assert sorted(took)[1] < 1, took
    cases = desk.wait_for_cases(3)
    assert numbers(cases) == [0, 1, 2]
    message = desk.messages(cases[0])[0]
    assert message['direction'] == 'in' and 'bestelling 0' in message['text'], message
    client = mail.imap(COMPANY)
    wait_until(lambda: client.noop() and client.search(None, 'UNSEEN')[1] == [b''], 10,
               'what is stored is marked as seen')
    client.logout()


@test(engines=BOTH)
def an_answer_arrives_at_the_customer_in_the_right_thread_and_his_reply_in_the_same_case(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver(letter(1, References='<eerder@klant.test>', In_Reply_To='<eerder@klant.test>'))
    case = desk.wait_for_cases(1)[0]
    sent = desk.answer(case, 'Morgen komt het, beste Zoë.')
    got = parse(mail.wait_for_mail(CUSTOMER)[0])
    assert got['In-Reply-To'] == '<vraag-1@klant.test>', got['In-Reply-To']
    assert got['References'].split()[-1] == '<vraag-1@klant.test>', got['References']
    assert COMPANY in got['From'] and CUSTOMER in got['To'] and 'Vraag 1' in got['Subject']
    text = got.get_body(('plain',)).get_content()
    assert 'Morgen komt het, beste Zoë.' in text
    assert re.search(r'\nOp \d+ [a-z]+ \d{4} om \d\d:\d\d schreef jan@klant\.test:\r?\n> ', text), text
    desk.wait_for_state(case, sent, 'sent')

    mail.submit(letter(2, Subject='Heel ander onderwerp', In_Reply_To=got['Message-ID'],
                       References=f'<vraag-1@klant.test> {got["Message-ID"]}'), COMPANY, CUSTOMER)
    wait_until(lambda: len(desk.messages(case)) == 3, 15, 'his reply is in the case')
    assert [message['direction'] for message in desk.messages(case)] == ['in', 'out', 'in']
    assert len(desk.cases()) == 1
    time.sleep(1)
    assert len(mail.inbox(CUSTOMER)) == 1, 'the answer came once'


@test
def who_is_written_to_first_gets_one_mail_and_his_reply_joins_the_case(world):
    mail = world.mail()
    desk = Desk(world, mail)
    case = desk.begin(CUSTOMER, 'Uw lekkage', 'Wij komen morgen, beste Zoë.')
    got = parse(mail.wait_for_mail(CUSTOMER)[0])
    assert got['Subject'].startswith('Uw lekkage') and CUSTOMER in got['To'], got['Subject']
    assert not got['In-Reply-To'] and not got['References'], got['References']
    assert 'Wij komen morgen, beste Zoë.' in got.get_body(('plain',)).get_content()
    desk.wait_for_state(case, desk.messages(case)[0]['id'], 'sent')

    mail.submit(letter(1, Subject='Heel ander onderwerp', In_Reply_To=got['Message-ID'],
                       References=got['Message-ID']), COMPANY, CUSTOMER)
    wait_until(lambda: len(desk.messages(case)) == 2, 15, 'his reply is in the case')
    assert [message['direction'] for message in desk.messages(case)] == ['out', 'in']
    assert len(desk.cases()) == 1
    assert desk.cases()[0]['status'] == 'open'
    time.sleep(1)
    assert len(mail.inbox(CUSTOMER)) == 1, 'the mail came once'


@test
def an_answer_that_had_to_wait_answers_what_its_writer_had_read(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver(letter(1))
    case = desk.wait_for_cases(1)[0]
    mail.stop_exim()
    first = desk.answer(case, 'Morgen komt het.')
    wait_until(lambda: send_error(desk), 20, 'it was tried')
    mail.deliver(letter(2, In_Reply_To='<vraag-1@klant.test>'))
    wait_until(lambda: len(desk.messages(case)) == 3, 15, 'he wrote again meanwhile')
    second = desk.answer(case, 'Toch vandaag.')
    mail.start_exim()
    for message in first, second:
        desk.wait_for_state(case, message, 'sent', 60)
    got = {parse(raw)['Message-ID']: parse(raw) for raw in mail.wait_for_mail(CUSTOMER, 2)}
    assert len(got) == 2, got.keys()
    ours = sorted(got.values(), key=lambda mail: len(mail['References'].split()))
    assert ours[0]['In-Reply-To'] == '<vraag-1@klant.test>', ours[0]['In-Reply-To']
    assert ours[0]['References'].split() == ['<vraag-1@klant.test>'], ours[0]['References']
    assert 'bestelling 1?' in ours[0].get_body(('plain',)).get_content()
    assert ours[1]['In-Reply-To'] == '<vraag-2@klant.test>', ours[1]['In-Reply-To']
    assert ours[1]['References'].split() == ['<vraag-1@klant.test>', ours[0]['Message-ID'],
                                             '<vraag-2@klant.test>'], ours[1]['References']
    assert 'bestelling 2?' in ours[1].get_body(('plain',)).get_content()


@test(engines=BOTH)
def a_bounce_comes_back_onto_the_message_it_is_about(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver(letter(1, sender='verhuisd@klant.test'))  # who has no mailbox there
    case = desk.wait_for_cases(1)[0]
    sent = desk.answer(case, 'Bent u verhuisd?')
    failed = desk.wait_for_state(case, sent, 'failed')
    assert "doesn't exist" in failed['state_words'], failed['state_words']
    assert len(desk.cases()) == 1, 'the bounce is no case of its own'


@test
def a_bounce_that_the_customer_made_up_changes_nothing_and_is_a_mail_of_the_case(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver(letter(1))
    case = desk.wait_for_cases(1)[0]
    sent = desk.answer(case, 'Morgen komt het.')
    desk.wait_for_state(case, sent, 'sent')
    got = parse(mail.wait_for_mail(CUSTOMER)[0])
    forged = ('Return-Path: <>\r\nFrom: Mail Delivery System <Mailer-Daemon@klant.test>\r\n'
              f'To: {COMPANY}\r\nSubject: Mail delivery failed\r\nAuto-Submitted: auto-replied\r\n'
              f'X-Failed-Recipients: {CUSTOMER}\r\n\r\nHa\r\n\r\n------ copy ------\r\n'
              f'Message-ID: {got["Message-ID"]}\r\n')
    mail.submit(forged.encode(), COMPANY, CUSTOMER)
    wait_until(lambda: len(desk.messages(case)) == 3, 15, 'it is in the case')
    desk.wait_for_state(case, sent, 'sent')
    assert len(desk.cases()) == 1


@test(engines=BOTH)
def a_backlog_of_2000_mails_after_an_outage_of_the_mail_server_comes_in_whole(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver(letter(0))
    desk.wait_for_cases(1)
    mail.stop_dovecot()
    wait_until(desk.last_error, 60, 'the channel says that something is wrong')
    mail.fill([letter(n) for n in range(1, 2001)])
    mail.start_dovecot()
    cases = desk.wait_for_cases(2001, 120)
    assert numbers(cases) == list(range(2001))
    wait_until(lambda: not desk.last_error(), 30, 'the channel is well again')
    assert desk.health()['backlog'] == 0


@test(engines=BOTH)
def another_uidvalidity_doubles_nothing_and_loses_nothing(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver([letter(n) for n in range(20)])
    desk.wait_for_cases(20)
    mail.change_uidvalidity(COMPANY)
    mail.deliver(letter(20))
    cases = desk.wait_for_cases(21, 60)
    assert numbers(cases) == list(range(21))
    time.sleep(2)
    assert len(desk.cases()) == 21


@test(engines=BOTH)
def a_server_that_is_killed_in_the_middle_of_a_fetch_loses_and_doubles_nothing(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.fill([letter(n) for n in range(600)])
    for part in (1, 150, 400):
        wait_until(lambda: len(desk.cases()) >= part, 60, f'{part} cases')
        desk.server.kill()
        desk.server.start()
    cases = desk.wait_for_cases(600, 90)
    assert numbers(cases) == list(range(600))
    assert all(case['messages_n'] == 1 for case in cases)
    assert len(mail.inbox(COMPANY)) == 600, 'nothing is removed from the mailbox'


@test(engines=BOTH)
def a_wrong_password_is_told_in_the_health_of_the_channel_and_recovers(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver(letter(0))
    desk.wait_for_cases(1)
    assert not desk.last_error()
    mail.change_password(COMPANY, 'een-nieuw-wachtwoord')
    mail.stop_dovecot()
    mail.start_dovecot()
    wait_until(lambda: 'Authentication failed' in desk.last_error(), 60,
               'the health repeats the words of the mail server')
    assert 'geheim1' not in str(desk.health())
    mail.deliver(letter(1))
    desk.change_password()
    desk.wait_for_cases(2, 60)
    wait_until(lambda: not desk.last_error(), 20, 'the channel is well again')


def send_error(desk):
    return desk.health()['send_error'] or ''


@test(engines=BOTH)
def a_mailbox_that_is_read_well_and_cannot_send_says_so_until_it_can(world):
    mail = world.mail()
    desk = Desk(world, mail, smtp_password='verkeerd')
    events = desk.server.sse(last_event_id=0)
    mail.deliver(letter(1))
    case = desk.wait_for_cases(1)[0]
    sent = desk.answer(case, 'Morgen.')
    wait_until(lambda: 'refused the login' in send_error(desk), 20, 'the health tells it')
    desk.wait_for_event(events, 'channel.send_failing')
    assert 'verkeerd' not in str(desk.health())
    mail.deliver(letter(2))
    desk.wait_for_cases(2)
    health = desk.health()
    assert health['last_error'] is None and 'check the user name' in health['send_error'], health
    desk.change_password()
    assert desk.server.api('POST', f'/api/v1/channels/{desk.channel_id}/test').status == 204
    desk.wait_for_event(events, 'channel.send_working')
    assert not send_error(desk)
    desk.wait_for_state(case, sent, 'sent', 30)
    assert desk.health()['send_good_at']


@test(engines=BOTH)
def the_test_of_a_channel_says_what_is_wrong_with_the_password_the_port_or_the_encryption(world):
    mail = world.mail()
    desk = Desk(world, mail)
    test_path = f'/api/v1/channels/{desk.channel_id}/test'
    right = {**desk.health()['settings'], 'imap_password': mail.passwords[COMPANY]}
    for setting, value, words in (
            ('imap_password', 'verkeerd', 'check the user name and the password'),
            ('imap_port', 1, 'is port 1 right?'),
            ('smtp_security', 'tls', 'did not agree on encryption')):
        desk.change_channel(settings={setting: value})
        answer = desk.server.api('POST', test_path)
        assert answer.status in (502, 503) and words in answer.json['detail'], (setting, answer)
        desk.change_channel(settings={setting: right[setting]})
        assert desk.server.api('POST', test_path).status == 204


@test(engines=BOTH)
def a_mail_server_that_is_gone_is_trouble_of_sending_and_a_recipient_who_is_refused_is_not(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver([letter(1), letter(2, sender='never@klant.test')])
    cases = {case['title']: case for case in desk.wait_for_cases(2)}
    refused = desk.answer(cases['Vraag 2'], 'Bent u er nog?')
    desk.wait_for_state(cases['Vraag 2'], refused, 'failed')
    assert not send_error(desk), 'one recipient is not the channel'
    mail.stop_exim()
    sent = desk.answer(cases['Vraag 1'], 'Morgen.')
    wait_until(lambda: "can't be reached" in send_error(desk), 20, 'the health tells it')
    assert not desk.last_error()
    mail.stop_dovecot()
    wait_until(desk.last_error, 60, 'the mailbox cannot be read either')
    mail.start_exim()
    desk.wait_for_state(cases['Vraag 1'], sent, 'sent', 60)
    assert not send_error(desk) and desk.last_error(), 'what is sent says nothing of reading'
    mail.start_dovecot()
    wait_until(lambda: not desk.last_error(), 60, 'the channel is well again')


# --- the daily reconciliation


class Reconciliation:
    """Everything is compared, the mailbox included; what was found."""

    def __init__(self, desk):
        self.desk = desk

    def _mailbox_is_done(self):
        found = self.desk.server.get('/api/v1/reconciliations/mailboxes')['items']
        return found and all(one['compared_at'] for one in found)

    def run(self):
        server = self.desk.server
        server.post('/api/v1/reconciliations', None)
        server.restart()  # a mailbox that is begun anew is compared at once
        wait_until(self._mailbox_is_done, 30, 'the mailbox is compared')
        wait_until(lambda: server.get('/api/v1/reconciliations')['items'][0]['ended_at'], 30,
                   'the rest is compared')
        found = server.get('/api/v1/differences?all=true')['items']
        return {one['kind']: one for one in found}


@test(engines=BOTH)
def a_mail_that_was_lost_here_is_found_in_the_mailbox_and_all_that_does_not_fit_is_named(world):
    mail = world.mail()
    desk = Desk(world, mail)
    mail.deliver([letter(n) for n in range(5)])
    desk.wait_for_cases(5)
    mail.remove(COMPANY, 2)  # by somebody with another mail program: that is no difference
    assert Reconciliation(desk).run() == {}

    desk.server.stop()
    desk.server.damage("DELETE FROM envelopes WHERE id = (SELECT max(id) FROM envelopes)")
    desk.server.start()
    found = Reconciliation(desk).run()
    assert set(found) == {'mail_missed'}, found
    missed = found['mail_missed']
    assert missed['detail'].startswith('INBOX ') and missed['gone_at'], missed
    envelope = '/api/v1/envelopes/' + missed['about']
    wait_until(lambda: desk.server.get(envelope)['state'] == 'duplicate', 30, 'it is known')
    assert len(desk.cases()) == 5

    desk.server.stop()
    desk.server.damage('UPDATE cases SET messages_n = 9 WHERE id = (SELECT min(id) FROM cases)')
    desk.server.start()
    found = Reconciliation(desk).run()
    assert set(found) == {'mail_missed', 'case_with_other_count'}, found
    assert not found['case_with_other_count']['gone_at']
    metrics = desk.server.api('GET', '/metrics').body.decode()
    assert 'gestand_differences 1' in metrics, metrics
