"""An invented corporation's day, played by the program into an organisation of its own."""

import json
import os
import subprocess

from gestand import ADMIN
from peers import BINARY, test

BOTH = ('sqlite', 'postgres')
WEEK = ('--days', '7', '--tenants', '4000', '--until', '2026-11-27T17:00:00Z')
DAY = ('--day', '--tenants', '300', '--stories', '60', '--until', '2026-11-26T17:00:00Z')


def play(world, *options, days=DAY):
    """A fresh organisation with days in it: its server, and the lines of the truth."""
    server = world.gestand(start=False)
    truth = os.path.join(server.folder, 'truth.jsonl')
    server.command('simulate', *days, '--truth', truth, *options, seconds=300)
    with open(truth) as file:
        return server, truth, [json.loads(line) for line in file]


def contacts(lines):
    """Who said what, when and how, and what he was promised: all but the ids that are drawn."""
    return [[line[name] for name in ('kind', 'contact', 'story', 'person', 'need', 'way', 'how',
                                     'at', 'due', 'done')]
            for line in lines if line['kind'] in ('contact', 'promise')]


@test(engines=BOTH)
def an_invented_day_comes_in_by_every_channel_and_stands_in_the_right_cases(world):
    server, truth, lines = play(world, '--seed', '5')
    told = [line for line in lines if line['kind'] == 'contact']
    assert len(told) >= 60, len(told)
    assert {line['way'] for line in told} == {'mail', 'phone', 'chat', 'app', 'sms'}
    # The limits are the command's own: it ends with 1 when one is missed.
    server.command('simulate', '--check', truth)
    server.start()
    cases = server.get('/api/v1/cases?status=all&limit=200')['items']
    assert {case['status'] for case in cases} >= {'new', 'waiting', 'done'}, cases
    promised = {line['promise'] for line in lines if line['kind'] == 'promise'}
    assert len(promised) > 10, promised
    owed = server.get('/api/v1/promises?limit=200')['items']
    assert owed and {promise['id'] for promise in owed} & promised, owed
    assert server.get('/api/v1/envelopes')['items'] == []
    assert server.get('/api/v1/outbox?state=failed')['items'] == []
    assert server.get('/api/v1/jobs')['items'] == []
    server.stop()
    server.command('doctor')


@test
def the_same_seed_is_the_same_day_and_another_seed_another(world):
    first, again, other = (contacts(play(world, '--seed', seed)[2]) for seed in ('5', '5', '6'))
    assert first == again and first != other


@test
def days_that_are_past_go_into_a_fresh_organisation_only(world):
    server, _, _ = play(world)
    again = subprocess.run([BINARY, 'simulate', '--data', server.data], capture_output=True,
                           text=True, timeout=60)
    assert again.returncode == 1 and '--real-time' in again.stderr, again
    assert ADMIN in server.command('user list')


@test
def of_an_invented_week_nearly_every_contact_stands_in_its_case_and_nobody_is_merged_wrongly(world):
    server, truth, lines = play(world, '--seed', '1', days=WEEK)
    assert len([line for line in lines if line['kind'] == 'contact']) > 500
    # It ends with 1 when a limit of docs/operating.md is missed.
    server.command('simulate', '--check', truth)
