import { ApiError, type Api, type Case, type Way } from '@gestand/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Begin } from './begin.svelte';
import { bodyOf, isReachable, lackOf, NOTHING, type Begun } from './begun';

const WAY = {
  channel_id: 'chn_1',
  identity_id: 'idn_1',
  has_subject: true,
  why_not: null,
} as Way;
const JAN: Begun = {
  ...NOTHING,
  whom: { person: null, to: 'jan@x.nl', name: ' Jan ' },
  subject: ' Lekkage ',
  text: 'Wij komen.',
};

test('an address or a number is written to as it is typed, and words are not', () => {
  for (const one of ['jan@x.nl', '06-12345678', '+31 6 123 456 78', '(020) 123 45 67'])
    expect(isReachable(one), one).toBe(true);
  for (const one of ['jan', 'jan@', '12345', '4K7-M2QX', '06 jan'])
    expect(isReachable(one)).toBe(false);
});

test('what is missing is named in the order of the page', () => {
  expect(lackOf(NOTHING, null)).toBe('whom');
  expect(lackOf(JAN, null)).toBe('way');
  expect(lackOf(JAN, { ...WAY, why_not: 'stopped' })).toBe('way');
  expect(lackOf({ ...JAN, subject: ' ' }, WAY)).toBe('subject');
  expect(lackOf({ ...JAN, subject: '' }, { ...WAY, has_subject: false })).toBeNull();
  expect(lackOf({ ...JAN, text: ' ' }, WAY)).toBe('text');
  expect(lackOf({ ...JAN, isNote: true, subject: '' }, null)).toBeNull();
});

test('somebody new is named by address and name, who is known by himself and his address', () => {
  const body = bodyOf(JAN, WAY, 'Wij komen.\n\nBas', ['iban']);
  expect(body).toMatchObject({
    to: 'jan@x.nl',
    name: 'Jan',
    subject: 'Lekkage',
    text: 'Wij komen.\n\nBas',
    channel_id: 'chn_1',
    personal: ['iban'],
  });
  expect(body).not.toHaveProperty('identity_id');
  const known = bodyOf({ ...JAN, whom: { person: 'per_1', to: '', name: 'Jan' } }, WAY, 'A', []);
  expect(known).toMatchObject({ person_id: 'per_1', identity_id: 'idn_1' });
  expect(known).not.toHaveProperty('to');
});

test('a note goes to nobody outside', () => {
  const body = bodyOf({ ...JAN, isNote: true }, null, 'Belde.', []);
  expect(body).toMatchObject({ note: 'Belde.', to: 'jan@x.nl' });
  expect(body).not.toHaveProperty('text');
  expect(body).not.toHaveProperty('channel_id');
});

const told = { held: vi.fn(), over: vi.fn(), failed: vi.fn() };
const postCases = vi.fn<Api['postCases']>();
const kept = new Map<string, string>();

function begun(): Begin {
  const one = new Begin({ postCases } as unknown as Api, told);
  one.follow('usr_1');
  return one;
}

beforeEach(() => {
  vi.useFakeTimers();
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  for (const one of [...Object.values(told), postCases]) one.mockReset();
  postCases.mockResolvedValue({ id: 'cas_1', messages_n: 1 } as Case);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what is written outlives the page', () => {
  begun().write({ text: 'Wij komen.' });
  expect(begun().content.text).toBe('Wij komen.');
});

test('in the first seconds it can be taken back, and nothing was asked', async () => {
  const one = begun();
  one.write(JAN);
  one.send(bodyOf(JAN, WAY, JAN.text, []));
  expect(one.content).toEqual(NOTHING);
  await vi.advanceTimersByTimeAsync(4000);
  expect(one.takeBack()).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(postCases).not.toHaveBeenCalled();
  expect(one.content.text).toBe('Wij komen.');
  expect(told.over).toHaveBeenCalledWith(null);
});

test('then it goes once, and nothing of it is left here', async () => {
  const one = begun();
  one.write(JAN);
  one.send(bodyOf(JAN, WAY, JAN.text, []));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(postCases).toHaveBeenCalledTimes(1);
  expect(told.over).toHaveBeenCalledWith(expect.objectContaining({ id: 'cas_1' }));
  expect(one.takeBack()).toBe(false);
  expect(kept.size).toBe(0);
});

test('a page that is closed leaves it to the next one, under the same key', async () => {
  postCases.mockRejectedValueOnce(new ApiError(0, 'cut'));
  const one = begun();
  one.send(bodyOf(JAN, WAY, JAN.text, []));
  await vi.advanceTimersByTimeAsync(5500);
  const next = begun();
  expect(next.sending?.key).toBe(one.sending?.key);
  await vi.advanceTimersByTimeAsync(10_000);
  const keys = new Set(postCases.mock.calls.map(([, key]) => key));
  expect(postCases.mock.calls.length).toBeGreaterThan(1);
  expect(keys.size).toBe(1);
});

test('what the server refuses is back to be changed', async () => {
  postCases.mockRejectedValueOnce(new ApiError(422, 'no'));
  const one = begun();
  one.write(JAN);
  one.send(bodyOf(JAN, WAY, JAN.text, []));
  await vi.advanceTimersByTimeAsync(6000);
  expect(told.failed).toHaveBeenCalledTimes(1);
  expect(one.content.subject).toBe(' Lekkage ');
  expect(one.sending).toBeNull();
});

test('a note goes at once', async () => {
  const one = begun();
  one.send({ to: '06 12345678', note: 'Belde.' });
  await vi.advanceTimersByTimeAsync(0);
  expect(postCases).toHaveBeenCalledTimes(1);
  expect(told.held).not.toHaveBeenCalled();
});
