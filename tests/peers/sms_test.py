"""SMS: through the real Kannel to an operator and back, and a provider that speaks as Twilio does."""

import base64
import collections
import hashlib
import hmac
import http.server
import json
import os
import random
import threading
import time
import urllib.parse

import sms
from peers import Skip, free_port, test, wait_until

BOTH = ('sqlite', 'postgres')
OPTIONS = ('--allow-private',)  # Kannel is on this machine
JAN = '+31612345678'
LONG = 'Beste mevrouw, ' + 'wij komen morgen tussen acht en twaalf uur bij u langs. ' * 5
EMOJI = 'Tot morgen \U0001f600'


class Line:
    """The program, connected to Kannel, with an operator behind that."""

    def __init__(self, world, report=lambda number: 'DELIVRD', **settings):
        if not sms.is_installed():
            raise Skip('Kannel is not installed')
        self.server = world.gestand(options=OPTIONS)
        self.operator = sms.Operator(report)
        self.kannel = sms.Kannel(os.path.join(world.folder, 'kannel'), self.operator)
        world.servers.append(self.kannel)
        world.logs += self.kannel.logs()
        self.channel = self.server.post('/api/v1/channels', {
            'type': 'sms_kannel', 'name': 'SMS', 'settings': {
                'address': sms.OUR_NUMBER, 'send_url': self.kannel.send_url,
                'username': sms.USER, 'password': sms.PASSWORD,
                'our_url': f'http://127.0.0.1:{self.server.port}', **settings}})
        self.path = f'/api/v1/channels/{self.channel["id"]}'
        self.kannel.start(self.server.get(f'{self.path}/secret')['url'])

    def cases(self):
        return {one['person_name']: one for one in
                self.server.get('/api/v1/cases?status=all&limit=200')['items']}

    def case_of(self, number, seconds=30):
        wait_until(lambda: number in self.cases(), seconds, f'there is a case of {number}')
        return self.cases()[number]['id']

    def texts(self, case):
        return [item['text'] for item in self.server.get(f'/api/v1/cases/{case}')['timeline']
                if item['kind'] == 'message' and item['direction'] == 'in']

    def answer(self, case, text, key=None):
        return self.server.post(f'/api/v1/cases/{case}/messages', {'text': text},
                                headers={'Idempotency-Key': key} if key else {})['id']

    def state(self, message):
        return self.server.get(f'/api/v1/messages/{message}')

    def wait_for(self, message, state, seconds=30):
        wait_until(lambda: self.state(message)['state'] == state, seconds,
                   f'{message} is {state}: {self.state(message)["state"]}')
        return self.state(message)


@test(engines=BOTH)
def an_sms_through_kannel_is_a_case_and_the_answer_comes_back_with_its_report(world):
    line = Line(world, lambda number: 'UNDELIV' if number.endswith('999') else 'DELIVRD')
    server, operator = line.server, line.operator
    assert server.api('POST', f'{line.path}/test').status == 204
    operator.send(JAN, 'Mijn kraan lekt')
    operator.send('+32475123456', LONG)
    operator.send('+31687654321', EMOJI + ' ы')
    operator.send('+31611111999', 'Waar blijft het?')
    jan = line.case_of(JAN)
    assert line.texts(jan) == ['Mijn kraan lekt']
    person = server.get(f'/api/v1/people/{server.get(f"/api/v1/cases/{jan}")["person_id"]}')
    assert [(one['kind'], one['value'], one['state']) for one in person['identities']] == \
        [('phone', JAN, 'verified')], person
    assert line.texts(line.case_of('+32475123456')) == [LONG]
    assert line.texts(line.case_of('+31687654321')) == [EMOJI + ' ы']
    operator.send(JAN, 'Al twee dagen')
    wait_until(lambda: len(line.texts(jan)) == 2, 20, 'the second one is in the same case')

    for n, text in enumerate(('Onderweg: café voor €5', LONG, EMOJI)):
        line.wait_for(line.answer(jan, text), 'delivered')
        assert operator.received(JAN)[n] == text, operator.received(JAN)
    assert len([one for _, one in operator.submitted if one.parts > 1]) == 2

    unreached = line.case_of('+31611111999')
    failed = line.wait_for(line.answer(unreached, 'Onderweg'), 'failed')
    assert 'UNDELIV' in failed['state_words'], failed
    assert server.get(f'/api/v1/cases/{unreached}')['status'] == 'open'
    health = server.get(line.path)
    assert health['last_good_at'] and health['send_good_at'] and not health['send_error'], health


@test
def a_telephone_of_kannels_own_writes_and_is_answered(world):
    line = Line(world)
    log = os.path.join(world.folder, 'fakesmsc.log')
    phone = line.kannel.telephone(log, '5551234 1008 text Hallo')
    case = line.case_of('5551234')
    assert line.texts(case) == ['Hallo']
    line.wait_for(line.answer(case, 'Hallo terug'), 'delivered')
    with open(log) as file:
        assert '<1008 5551234 text Hallo terug>' in file.read()
    phone.stop()


@test
def what_kannel_refuses_says_why_in_the_channels_health(world):
    line = Line(world)
    line.operator.send(JAN, 'Hallo')
    case = line.case_of(JAN)
    etag = line.server.api('GET', line.path).headers['etag']
    changed = line.server.api('PATCH', line.path, {'settings': {'password': 'fout'}},
                              headers={'If-Match': etag})
    assert changed.status == 200, changed
    tried = line.server.api('POST', f'{line.path}/test')
    assert tried.status == 502 and sms.USER in tried.json['detail'], tried
    message = line.answer(case, 'Onderweg')
    wait_until(lambda: line.server.get(line.path)['send_error'], 20, 'the channel says why')
    assert '403' in line.server.get(line.path)['send_error']
    assert line.state(message)['state'] == 'queued'


@test
def a_channel_sends_no_more_a_second_than_it_may(world):
    line = Line(world, per_second=5)
    line.operator.send(JAN, 'Hallo')
    case = line.case_of(JAN)
    for n in range(11):
        line.answer(case, f'Antwoord {n}')
    wait_until(lambda: len(line.operator.moments()) == 11, 30, 'all went')
    moments = line.operator.moments()
    assert moments[-1] - moments[0] > 1.7, moments
    assert collections.Counter(line.operator.received(JAN)) == \
        collections.Counter(f'Antwoord {n}' for n in range(11))


@test(engines=BOTH)
def kill_9_loses_no_sms_and_doubles_none(world):
    line = Line(world)
    server, operator = line.server, line.operator
    operator.send(JAN, 'Hallo')
    case = line.case_of(JAN)
    numbers = [f'+3161{n:07}' for n in range(60)]
    chance = random.Random(8)
    answers = {}
    for round_ in range(4):
        for number in numbers[round_ * 15:round_ * 15 + 15]:
            operator.send(number, f'Bericht van {number}')
        for n in range(5):
            text = f'Antwoord {round_}.{n}'
            answers[text] = line.answer(case, text, key=text)
        time.sleep(chance.uniform(0, 0.15))
        server.kill()
        server.start()
    wait_until(lambda: set(numbers) <= set(line.cases()), 60, 'every SMS is a case')
    for number in numbers:
        assert line.texts(line.cases()[number]['id']) == [f'Bericht van {number}'], number
    assert line.texts(case) == ['Hallo']

    # What was interrupted says so, unless its report told better; nothing went twice.
    def is_settled():
        return all(line.state(one)['state'] in ('delivered', 'failed') for one in answers.values())

    wait_until(is_settled, 60, 'every answer has its end')
    went = collections.Counter(operator.received(JAN))
    for text, message in answers.items():
        state = line.state(message)
        assert went[text] <= 1, (text, went[text])
        if went[text] == 1 and state['state'] == 'failed':
            wait_until(lambda: line.state(message)['state'] == 'delivered', 30,
                       f'{text} arrived, and its report says so')
        assert went[text] == 1 or 'interrupted' in state['state_words'], (text, state)


# --- a provider that speaks as Twilio does -----------------------------------------------------


class Provider:
    """Takes forms as Twilio's API does, and signs what it posts as its documentation says."""

    def __init__(self, token):
        self.token, self.taken, self.status = token, [], 201
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer(self, 200 if provider.is_let_in(self) else 401, {})

            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length'])).decode()
                if not provider.is_let_in(self):
                    return provider.answer(self, 401, {'message': 'Authenticate'})
                if provider.status != 201:
                    return provider.answer(self, provider.status, {'message': 'No such number'})
                provider.taken.append((self.path, dict(urllib.parse.parse_qsl(body))))
                return provider.answer(self, 201, {'sid': 'SM1', 'status': 'queued'})

            def log_message(self, *words):
                pass

        self.port = free_port()
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', self.port), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def is_let_in(self, request):
        wanted = 'Basic ' + base64.b64encode(f'AC1:{self.token}'.encode()).decode()
        return request.headers['Authorization'] == wanted

    def answer(self, request, status, what):
        body = json.dumps(what).encode()
        request.send_response(status)
        request.send_header('Content-Length', str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def post(self, server, url, form):
        signed = url + ''.join(name + form[name] for name in sorted(form))
        mark = base64.b64encode(hmac.digest(self.token.encode(), signed.encode(), hashlib.sha1))
        return server.api('POST', url.split(str(server.port), 1)[1],
                          urllib.parse.urlencode(form).encode(), token='',
                          headers={'Content-Type': 'application/x-www-form-urlencoded',
                                   'X-Twilio-Signature': mark.decode()})


@test(engines=BOTH)
def a_provider_as_twilio_hands_in_signed_forms_and_takes_ours(world):
    server = world.gestand(options=OPTIONS)
    provider = Provider('sleutel-van-de-proef')
    world.servers.append(provider)
    channel = server.post('/api/v1/channels', {
        'type': 'sms_twilio', 'name': 'SMS', 'settings': {
            'address': '+31687654321', 'account': 'AC1', 'token': provider.token,
            'api_url': f'http://127.0.0.1:{provider.port}',
            'our_url': f'http://127.0.0.1:{server.port}'}})
    path = f'/api/v1/channels/{channel["id"]}'
    assert server.api('POST', f'{path}/test').status == 204
    url = server.get(f'{path}/secret')['url']
    form = {'MessageSid': 'SM9', 'From': JAN, 'To': '+31687654321', 'Body': 'Hé \U0001f600 & zo',
            'NumMedia': '0'}
    for _ in range(2):
        answer = provider.post(server, url, form)
        assert answer.status == 200 and answer.body == b'<Response/>', answer
    assert provider.post(server, url + '?x=1', form).status == 200
    wait_until(lambda: server.get('/api/v1/cases')['items'], 20, 'there is a case')
    [case] = server.get('/api/v1/cases')['items']
    assert case['messages_n'] == 1 and case['person_name'] == JAN, case

    message = server.post(f'/api/v1/cases/{case["id"]}/messages', {'text': 'Kom maar: €5 + hé'})['id']
    wait_until(lambda: provider.taken, 20, 'the provider has it')
    where, sent = provider.taken[0]
    assert where == '/2010-04-01/Accounts/AC1/Messages.json', where
    assert (sent['From'], sent['To'], sent['Body']) == ('+31687654321', JAN, 'Kom maar: €5 + hé')
    for status, state in (('sent', 'sent'), ('delivered', 'delivered'), ('sent', 'delivered')):
        answer = provider.post(server, sent['StatusCallback'], {'MessageStatus': status})
        assert answer.status == 204, answer
        assert server.get(f'/api/v1/messages/{message}')['state'] == state

    provider.status = 400
    refused = server.post(f'/api/v1/cases/{case["id"]}/messages', {'text': 'Nog een'})['id']
    wait_until(lambda: server.get(f'/api/v1/messages/{refused}')['state'] == 'failed', 20,
               'what the provider refuses is failed')
    assert 'No such number' in server.get(f'/api/v1/messages/{refused}')['state_words']
    provider.token = 'een-andere'
    assert provider.post(server, url, form).status == 401
