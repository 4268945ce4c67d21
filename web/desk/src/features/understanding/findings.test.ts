import { Api, type Understanding } from '@gestand/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Findings } from './findings.svelte';
import { piecesOf } from './pieces';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const NOTHING: Understanding = {
  read: 0,
  language: 'nl',
  margin: 1,
  polarity: 'neu',
  emotion: 'neutral',
  intent: 'other',
  urgency: 'low',
  doubtful: false,
  why: [],
  promises: [],
  referrals: [],
  personal: [],
  style: [],
};
const REFERRAL = { kind: 'call', target: '088', own: false };

function findingIn(found: Partial<Understanding>) {
  const api = new Api();
  const asked = vi.spyOn(api, 'postUnderstand').mockResolvedValue({ ...NOTHING, ...found });
  return { findings: new Findings(api), asked };
}

test('words are found by bytes, whatever letters stand before them', async () => {
  const { findings } = findingIn({ referrals: [{ ...REFERRAL, from: 4, to: 11 }] });
  findings.look('Eén… bel 088.');
  await vi.runAllTimersAsync();
  expect(findings.shown.map(({ words }) => words)).toEqual(['… bel']);
});

test('a text is looked at once, when it rests', async () => {
  const { findings, asked } = findingIn({});
  for (const text of ['W', 'We', 'We bellen']) findings.look(text);
  await vi.runAllTimersAsync();
  expect(asked.mock.calls.map(([{ text }]) => text)).toEqual(['We bellen']);
});

test('what somebody said no to does not come back', async () => {
  const { findings } = findingIn({ referrals: [{ ...REFERRAL, from: 0, to: 3 }] });
  findings.look('bel 088');
  await vi.runAllTimersAsync();
  const [first] = findings.shown;
  if (first) findings.refuse(first);
  findings.look('bel 088 nu');
  await vi.runAllTimersAsync();
  expect(first?.words).toBe('bel');
  expect(findings.shown).toEqual([]);
});

test('sending to ourselves is no referral', async () => {
  const { findings } = findingIn({ referrals: [{ ...REFERRAL, own: true, from: 0, to: 3 }] });
  findings.look('bel 088');
  await vi.runAllTimersAsync();
  expect(findings.shown).toEqual([]);
});

test('of how it reads only what nobody wants is told, as the channel counts', async () => {
  const at = (kind: string, from: number, to: number) => ({ kind, from, to, number: 0 });
  const { findings, asked } = findingIn({
    style: [at('long_sentence', 0, 3), at('forbidden', 4, 10), at('too_long', 11, 13)],
  });
  findings.look('Uw klacht is', 'chn_1');
  await vi.runAllTimersAsync();
  expect(asked.mock.calls[0]?.[0].channel_id).toBe('chn_1');
  expect(findings.shown.map(({ kind, what }) => [kind, what])).toEqual([
    ['style', 'forbidden'],
    ['style', 'too_long'],
  ]);
});

test('personal data comes first, and what is sent knowingly is named', async () => {
  const iban = { kind: 'iban', masked: '****', certainty: 'block', from: 8, to: 12 };
  const { findings } = findingIn({
    personal: [iban],
    referrals: [{ ...REFERRAL, from: 0, to: 7 }],
  });
  findings.look('bel 088 NL91');
  await vi.runAllTimersAsync();
  expect(findings.guarded.map(({ words }) => words)).toEqual(['NL91']);
  expect(findings.others.map(({ kind }) => kind)).toEqual(['referral']);
  expect(findings.accepted).toEqual([]);
  const [first] = findings.guarded;
  if (first) findings.refuse(first);
  expect(findings.guarded).toEqual([]);
  expect(findings.accepted).toEqual(['iban']);
});

test('a text is parted where something was found, and not where its words are gone', () => {
  const found = { what: '', detail: null, isGuarded: false };
  const promise = { ...found, kind: 'promise' as const, words: 'We bellen u' };
  const referral = { ...found, kind: 'referral' as const, words: 'bel 088' };
  const gone = { ...found, kind: 'personal' as const, words: 'NL01' };
  expect(piecesOf('Dag. We bellen u, of bel 088', [referral, gone, promise])).toEqual([
    { text: 'Dag. ' },
    { text: 'We bellen u', kind: 'promise' },
    { text: ', of ' },
    { text: 'bel 088', kind: 'referral' },
  ]);
});

test('in public nothing goes unlooked at but by choice, and then only that text', async () => {
  const { findings, asked } = findingIn({});
  asked.mockRejectedValue(new Error('no answer'));
  expect(await findings.lets('Dag', null, false)).toBe(true);
  expect(await findings.lets('Dag', null, true)).toBe(false);
  expect(findings.unseen).toBe('Dag');
  findings.trust();
  expect(await findings.lets('Dag', null, true)).toBe(true);
  expect(await findings.lets('Dag, u', null, true)).toBe(false);
});

test('what could not be looked at is asked again, after pauses that grow', async () => {
  const { findings, asked } = findingIn({});
  asked.mockRejectedValue(new Error('no answer'));
  expect(await findings.lets('Dag', null, true)).toBe(false);
  const calls = [];
  for (const pause of [1999, 1, 3999, 1]) {
    await vi.advanceTimersByTimeAsync(pause);
    calls.push(asked.mock.calls.length);
  }
  expect(calls).toEqual([1, 2, 2, 3]);
  asked.mockResolvedValue(NOTHING);
  await vi.runAllTimersAsync();
  expect(findings.unseen).toBeNull();
  expect(await findings.lets('Dag', null, true)).toBe(true);
});

/** A server whose answers come when they are given, in any order. */
function slow() {
  const api = new Api();
  const answers: ((found: Partial<Understanding>) => void)[] = [];
  vi.spyOn(api, 'postUnderstand').mockImplementation(
    () => new Promise((done) => answers.push((found) => done({ ...NOTHING, ...found }))),
  );
  return { findings: new Findings(api), answers };
}
const IBAN = { kind: 'iban', masked: '****', certainty: 'block' as const, from: 0, to: 4 };

test('an answer that comes while another text is looked at is still a no', async () => {
  const { findings, answers } = slow();
  const goes = findings.lets('NL91', null, false);
  findings.look('NL91 en');
  answers[0]?.({ personal: [IBAN] });
  expect(await goes).toBe(false);
  expect(findings.knows('NL91')).toBe(false);
  expect(findings.shown).toEqual([]);
});

test('of two looks at one text each knows what it says, and it is shown', async () => {
  const { findings, answers } = slow();
  const both = [findings.lets('NL91', null, false), findings.lets('NL91', null, true)];
  answers[0]?.({ personal: [IBAN] });
  expect(await both[0]).toBe(false);
  expect(findings.guarded.map(({ words }) => words)).toEqual(['NL91']);
  answers[1]?.({ personal: [IBAN] });
  expect(await both[1]).toBe(false);
});

test('without an answer what is known to stand in it still hinders it, and no more', async () => {
  const { findings, asked } = findingIn({ personal: [IBAN] });
  expect(await findings.lets('NL91', null, false)).toBe(false);
  asked.mockRejectedValue(new Error('no answer'));
  expect(await findings.lets('NL91.', null, false)).toBe(false);
  expect(await findings.lets('Dag.', null, false)).toBe(true);
});
