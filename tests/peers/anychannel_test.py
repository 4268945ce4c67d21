"""A customer who is answered on another channel than he wrote on, and one who goes private."""

import concurrent.futures
import http.client

from peers import test, wait_until
from sms_test import BOTH, JAN, Line

MAIL = ('From: Jan <jan@klant.example>\r\nTo: hallo@bedrijf.test\r\nMessage-ID: <{id}@klant>\r\n'
        'Subject: {subject}\r\n\r\n{text}\r\n')
BROWSERS = 12


def texts_of(server, case):
    return [item['text'] for item in server.get(f'/api/v1/cases/{case}')['timeline']
            if item['kind'] == 'message']


@test(engines=BOTH)
def a_mail_is_answered_by_sms_and_the_sms_that_comes_back_is_in_its_case(world):
    line = Line(world)
    server, operator = line.server, line.operator
    mail = server.post('/api/v1/channels', {
        'type': 'email', 'name': 'Mail', 'settings': {
            'address': 'hallo@bedrijf.test', 'smtp_host': '127.0.0.1', 'smtp_port': 1,
            'smtp_security': 'plain'}})['id']
    operator.send(JAN, 'Vraag over de huur van mijn garage')
    garage = line.case_of(JAN)
    person = server.get(f'/api/v1/cases/{garage}')['person_id']
    server.post(f'/api/v1/people/{person}/identities',
                {'kind': 'email', 'value': 'jan@klant.example', 'state': 'verified'})
    server.command('deliver', '--channel', mail, input=MAIL.format(
        id='a', subject='Lekkage in de keuken', text='De kraan lekt al drie dagen.').encode())
    wait_until(lambda: len(server.get('/api/v1/cases?status=all')['items']) == 2, 20,
               'the mail is a case of its own')
    kitchen = next(one['id'] for one in server.get('/api/v1/cases?status=all')['items']
                   if one['id'] != garage)
    ways = server.get(f'/api/v1/cases/{kitchen}/ways')['items']
    assert [way['type'] for way in ways] == ['email', 'sms_kannel'], ways
    sent = server.post(f'/api/v1/cases/{kitchen}/messages', {
        'channel_id': ways[1]['channel_id'], 'identity_id': ways[1]['identity_id'],
        'reason': 'choice', 'text': 'De monteur komt morgen om negen uur.'})['id']
    line.wait_for(sent, 'delivered')
    assert operator.received(JAN) == ['De monteur komt morgen om negen uur.']
    operator.send(JAN, 'Dan ben ik thuis')
    wait_until(lambda: 'Dan ben ik thuis' in texts_of(server, kitchen), 20,
               'the SMS is in the case that we asked about')
    assert 'Dan ben ik thuis' not in texts_of(server, garage)
    journey = server.get(f'/api/v1/cases/{kitchen}/journey')
    assert (journey['moves_n'], journey['switches'][0]['kind']) == (1, 'own'), journey


def press(server, path, cookie=None, body='', more=''):
    """A button of the page, in a browser with this cookie."""
    connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=30)
    headers = {'Content-Type': 'application/x-www-form-urlencoded',
               'Origin': f'http://127.0.0.1:{server.port}'}
    if cookie:
        headers['Cookie'] = cookie
    connection.request('POST', path + more, body, headers)
    reply = connection.getresponse()
    reply.read()
    connection.close()
    given = reply.headers.get('Set-Cookie')
    return reply.status, given.split(';')[0] if given else None


def look(server, path, cookie):
    connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=30)
    connection.request('GET', path, headers={'Cookie': cookie} if cookie else {})
    reply = connection.getresponse()
    body = reply.read().decode()
    connection.close()
    return reply.status, body


@test(engines=BOTH)
def of_many_who_press_at_once_one_opens_a_private_link_and_keeps_it_over_a_crash(world):
    server = world.gestand(options=('--public-address', 'https://hulp.x.test'))
    server.post('/api/v1/channels', {'type': 'chat', 'name': 'Site', 'settings': {
        'address': 'www.x.test'}})
    net = server.post('/api/v1/channels', {'type': 'api', 'name': 'Net', 'settings': {
        'address': '@x', 'is_public': True}})['id']
    case = server.post(f'/api/v1/channels/{net}/messages', {
        'external_id': 'n1', 'from': '@jan', 'text': 'Derde dag zonder warm water'})['case_id']
    url = server.post(f'/api/v1/cases/{case}/private-links', {})['url']
    assert url.startswith('https://hulp.x.test/p/'), url
    path = url[url.index('/p/'):]
    for _ in range(3):  # programs that look at links for others
        assert look(server, path, None)[0] == 200
    with concurrent.futures.ThreadPoolExecutor(BROWSERS) as pool:
        answers = list(pool.map(lambda _: press(server, path), range(BROWSERS)))
    cookies = [cookie for status, cookie in answers if cookie]
    assert len(cookies) == 1, answers
    assert sorted({status for status, cookie in answers if not cookie}) == [410], answers

    server.kill()
    server.restart()
    jan = cookies[0]
    assert press(server, path, jan, 'is=yes', '/answer')[0] == 303
    assert press(server, path, jan, 'id=a1&text=Het+gaat+om+nummer+12', '/messages')[0] == 303
    assert press(server, path, None, 'id=a2&text=Ik+ook', '/messages')[0] == 410
    said = texts_of(server, case)
    assert 'Het gaat om nummer 12' in said and 'Ik ook' not in said, said
    status, page = look(server, path, jan)
    word = page.split('class="code">')[1][:6]
    server.post(f'/api/v1/channels/{net}/messages',
                {'external_id': 'n2', 'from': '@jan', 'text': f'{word} ben ik'})
    link = server.get(f'/api/v1/cases/{case}/private-links')['items'][0]
    assert link['proved_at'] and link['said'] == 'yes', link
    person = server.get(f'/api/v1/people/{server.get(f"/api/v1/cases/{case}")["person_id"]}')
    assert {one['kind'] for one in person['identities']} == {'external'}, person
    assert len(person['identities']) == 2, person
