import type { Api, Case, Way } from '@gestand/sdk';
import { expect, test } from 'vitest';
import { EMPTY, type Content } from './content';
import { lengthIn, segmentsOf } from './measure';
import { by, choiceOf, hindranceOf, isElsewhere, Ways } from './ways.svelte';

const MAIL = {
  channel_id: 'chn_mail',
  channel: 'E-mail',
  type: 'email',
  identity_id: 'idn_1',
  address: 'jan@klant.test',
  conversation_id: 'cnv_1',
  is_here: true,
  is_usual: true,
  text_unit: 'characters',
  text_max: 0,
  can_attach: true,
  can_copy: true,
  signs: true,
  heard_at: '2027-01-15T08:00:00.000Z',
  why_not: null,
} as Way;
const SMS = {
  ...MAIL,
  channel_id: 'chn_sms',
  type: 'sms_kannel',
  identity_id: 'idn_2',
  address: '+31612345678',
  conversation_id: null,
  is_here: false,
  is_usual: false,
  text_unit: 'segments',
  text_max: 2,
  can_attach: false,
  can_copy: false,
  signs: false,
  heard_at: null,
} as Way;

const says = (text: string, more: Partial<Content> = {}): Content => ({ ...EMPTY, text, ...more });
const caseWith = (...said: [channel: string, direction: 'in' | 'out', at: string][]) =>
  ({
    timeline: said.map(([channel_id, direction, at]) => ({
      kind: 'message',
      channel_id,
      direction,
      at,
    })),
  }) as unknown as Case;

/** Ways that were read. */
async function waysOf(...items: Way[]) {
  const api = { getCasesByIdWays: () => Promise.resolve({ items, next: null }) };
  const ways = new Ways(api as unknown as Api, 'cas_1');
  await ways.refresh();
  return ways;
}

test('a text has the segments that the server counts', () => {
  const rows: [what: string, n: number, behind: string, segments: number][] = [
    ['', 0, '', 0],
    ['a', 160, '', 1],
    ['a', 161, '', 2],
    ['a', 306, '', 2],
    ['a', 307, '', 3],
    ['a', 158, '€', 1],
    ['a', 159, '€', 2],
    ['€', 80, '', 1],
    ['€', 81, '', 2],
    ['€', 152, '', 2],
    ['€', 153, '', 3],
    ['é', 160, '', 1],
    ['ë', 70, '', 1],
    ['ë', 71, '', 2],
    ['ë', 134, '', 2],
    ['ë', 135, '', 3],
    ['a', 69, '’', 1],
    ['👍', 35, '', 1],
    ['👍', 66, '', 2],
    ['👍', 67, '', 3],
  ];
  for (const [what, n, behind, segments] of rows)
    expect([what, n, segmentsOf(what.repeat(n) + behind)]).toEqual([what, n, segments]);
});

test('a family is one grapheme and seven characters', () => {
  expect(lengthIn('graphemes', '👨‍👩‍👧‍👦')).toBe(1);
  expect(lengthIn('characters', '👨‍👩‍👧‍👦')).toBe(7);
});

test('what a way does not carry hinders it', () => {
  const file = { id: 'fil_1', name: 'a.pdf', size: 1 };
  expect(hindranceOf(SMS, says('a'.repeat(306)))).toBeNull();
  expect(hindranceOf(SMS, says('a'.repeat(307)))).toBe('long');
  expect(hindranceOf(SMS, says('a', { files: [file] }))).toBe('files');
  expect(hindranceOf({ ...MAIL, why_not: 'off' }, says('a'))).toBe('shut');
  expect(hindranceOf(MAIL, says('a'.repeat(9999), { files: [file] }))).toBeNull();
  expect(hindranceOf(null, says('a', { files: [file] }))).toBeNull();
});

test('copies and recipients of a mail do not go along by SMS', () => {
  const mail = says('a', { to: 'x@y.test', cc: ['z@y.test'], reason: 'choice' });
  expect(by(SMS, mail, true)).toMatchObject({
    ...choiceOf(SMS),
    to: null,
    cc: [],
    reason: 'choice',
  });
  expect(by(MAIL, mail, false)).toMatchObject({
    channel: null,
    to: 'x@y.test',
    cc: ['z@y.test'],
    reason: null,
  });
});

test('an answer goes by the first way, unless another was chosen for it', async () => {
  const ways = await waysOf(MAIL, SMS);
  const one = caseWith(['chn_mail', 'in', '2027-01-15T08:00:00.000Z']);
  expect(ways.of(EMPTY, one)).toBe(MAIL);
  expect(ways.of(says('', choiceOf(SMS)), one)).toBe(SMS);
  expect(ways.behind(MAIL)).toBe(SMS);
  expect(ways.behind(SMS)).toBe(MAIL);
  expect(isElsewhere(SMS, one)).toBe(true);
  expect(isElsewhere(MAIL, one)).toBe(false);
});

test('where we went on we go on, until the customer writes elsewhere', async () => {
  const ways = await waysOf(MAIL, { ...SMS, is_here: true });
  const asked = ['chn_mail', 'in', '2027-01-15T08:00:00.000Z'] as const;
  const moved = ['chn_sms', 'out', '2027-01-15T09:00:00.000Z'] as const;
  expect(ways.of(EMPTY, caseWith([...asked], [...moved]))?.type).toBe('sms_kannel');
  const back = ['chn_mail', 'in', '2027-01-15T10:00:00.000Z'] as const;
  expect(ways.of(EMPTY, caseWith([...asked], [...moved], [...back]))).toBe(MAIL);
});

test('where we asked him to come and he came, he is answered', async () => {
  const chat = {
    ...SMS,
    type: 'chat',
    channel_id: 'chn_chat',
    heard_at: '2027-01-15T09:30:00.000Z',
  };
  const ways = await waysOf(chat, MAIL);
  const one = caseWith(
    ['chn_mail', 'in', '2027-01-15T08:00:00.000Z'],
    ['chn_mail', 'out', '2027-01-15T09:00:00.000Z'],
  );
  expect(ways.of(EMPTY, one)).toBe(chat);
});

test('a way that cannot be used now is none to answer by, but stays where it was chosen', async () => {
  const shut = { ...MAIL, why_not: 'window' };
  const ways = await waysOf(shut, SMS);
  const one = caseWith(['chn_mail', 'in', '2027-01-15T08:00:00.000Z']);
  expect(ways.of(EMPTY, one)).toBe(SMS);
  expect(ways.of(says('', choiceOf(shut)), one)).toBe(shut);
  expect(ways.closed).toEqual([shut]);
});
