import { ApiError, type Api, type Case, type Way } from '@gestand/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { takeOver } from '../composer/written';
import { Begin } from './begin.svelte';
import { Reach } from './reach.svelte';
import { bodyOf, isReachable, lackOf, NOTHING, type Begun, type Whom } from './begun';

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
const postFiles = vi.fn<Api['postFiles']>();
const kept = new Map<string, string>();

function begun(): Begin {
  const one = new Begin({ postCases, postFiles } as unknown as Api, told);
  one.follow('usr_1');
  return one;
}

/** As it was begun, whatever it's called. */
function like(one: Begun) {
  return { ...one, id: expect.any(String) as string };
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
  for (const one of [...Object.values(told), postCases, postFiles]) one.mockReset();
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
  one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
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
  one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(postCases).toHaveBeenCalledTimes(1);
  expect(told.over).toHaveBeenCalledWith(expect.objectContaining({ id: 'cas_1' }));
  expect(one.takeBack()).toBe(false);
  expect(kept.size).toBe(0);
});

test('a page that is closed leaves it to the next one, under the same key', async () => {
  postCases.mockRejectedValueOnce(new ApiError(0, 'cut'));
  const one = begun();
  one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
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
  one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
  await vi.advanceTimersByTimeAsync(6000);
  expect(told.failed).toHaveBeenCalledTimes(1);
  expect(one.content.subject).toBe(' Lekkage ');
  expect(one.sending).toBeNull();
});

test('who chooses, writes, attaches or puts aside is at the next one, who only waits is not', () => {
  const sent = () => {
    kept.clear();
    const one = begun();
    one.write(JAN);
    one.seek();
    one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
    return one;
  };
  const after = (does: (one: Begin) => void) => {
    const one = sent();
    does(one);
    return one.isGoingOn;
  };
  postFiles.mockReturnValue(new Promise(() => {}));
  expect(after(() => {})).toBe(false);
  expect(after((one) => one.write({ text: ' ' }))).toBe(false);
  expect(after((one) => one.seek())).toBe(true);
  expect(after((one) => one.write({ whom: EVA.whom }))).toBe(true);
  expect(after((one) => one.write({ subject: 'S' }))).toBe(true);
  expect(after((one) => one.attach([new File(['x'], 'plan.txt')]))).toBe(true);
  const hasAside = (one: Begin) => {
    one.write(EVA);
    one.writeTo(JAN.whom as Whom);
    one.write({ whom: null });
  };
  expect(after(hasAside)).toBe(true);
});

test('a note goes at once', async () => {
  const one = begun();
  one.send(one.content, { to: '06 12345678', note: 'Belde.' });
  await vi.advanceTimersByTimeAsync(0);
  expect(postCases).toHaveBeenCalledTimes(1);
  expect(told.held).not.toHaveBeenCalled();
});

test('who presses twice sends it once, and it is not overtaken by nothing', async () => {
  const one = begun();
  one.write(JAN);
  const { content } = one;
  const body = bodyOf(content, WAY, content.text, []);
  expect(one.send(content, body)).toBe(true);
  expect(one.send(content, body)).toBe(false);
  expect(one.send(one.content, bodyOf(one.content, WAY, '', []))).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(postCases.mock.calls.map(([{ text }]) => text)).toEqual(['Wij komen.']);
});

test('what was written on while it was looked at does not go as it was before', () => {
  const one = begun();
  one.write(JAN);
  const { content } = one;
  one.write({ text: 'Wij komen niet.' });
  expect(one.send(content, bodyOf(content, WAY, content.text, []))).toBe(false);
  expect(one.content.text).toBe('Wij komen niet.');
});

const found = (words: string, detail: string | null) => ({
  ...{ kind: 'promise' as const, what: 'callback', words, detail },
  ...{ isFirm: true, isGuarded: false },
});

test('what is only noted becomes a sentence for the customer, and is promised in its words', () => {
  const one = begun();
  one.write({ ...JAN, text: 'Dag. !morgen 12:00' });
  const sentence = 'Wij bellen u morgen, voor $& geen cent.';
  const noted = found('!morgen 12:00', '2027-01-15T12:00:00+01:00');
  expect(takeOver(one, noted, () => sentence)).toBe(true);
  expect(one.content.text).toBe(`Dag. ${sentence}`);
  expect(one.content.promises.map(({ words }) => words)).toEqual([sentence]);
  const said = found('Wij bellen', '2027-01-16T12:00:00+01:00');
  expect(takeOver(one, said, () => 'nooit')).toBe(true);
  expect(one.content.promises.map(({ words }) => words)).toEqual([sentence, 'Wij bellen']);
});

test('without a moment nothing is promised, nor by words that are gone', () => {
  const one = begun();
  one.write({ ...JAN, text: 'Wij bellen u.' });
  expect(takeOver(one, found('Wij bellen u.', null), () => '')).toBe(false);
  expect(one.content.promises).toEqual([]);
  takeOver(one, found('Wij bellen u.', '2027-01-16T12:00:00+01:00'), () => '');
  expect(one.content.promises).toHaveLength(1);
  one.write({ text: 'Tot dan.' });
  expect(one.content.promises).toEqual([]);
});

const EVA: Begun = {
  ...NOTHING,
  whom: { person: 'per_2', to: '', name: 'Eva' },
  subject: 'Sleutel',
  text: 'Uw sleutel ligt klaar.',
  files: [{ id: 'fil_2', name: 'plan.txt', size: 8 }],
};

test('what was begun to another meanwhile is put aside whole, and taken up again', () => {
  const one = begun();
  one.write(JAN);
  one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
  one.write(EVA);
  one.takeBack();
  expect(one.content).toEqual(like(JAN));
  const next = begun();
  expect(next.aside.map(({ content }) => content)).toEqual([like(EVA)]);
  const [waiting] = next.aside;
  if (waiting) next.takeUp(waiting);
  expect(next.content).toEqual(like(EVA));
  expect(next.aside.map(({ content }) => content)).toEqual([like(JAN)]);
});

test('what was begun to the same one meanwhile comes under it with its files', () => {
  const one = begun();
  one.write(JAN);
  one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
  const promise = { kind: 'visit', words: 'morgen', due: 'x' } as never;
  one.write({ whom: JAN.whom, text: 'Morgen.', files: EVA.files, promises: [promise] });
  one.takeBack();
  expect(one.content).toMatchObject({
    subject: JAN.subject,
    text: 'Wij komen.\n\nMorgen.',
    files: EVA.files,
    promises: [promise],
  });
  expect(one.aside).toEqual([]);
});

test('what is for the team never comes under what a customer reads', () => {
  const one = begun();
  one.write(JAN);
  one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
  one.write({ whom: JAN.whom, isNote: true, text: 'Lastige man.' });
  one.takeBack();
  expect(one.content.text).toBe('Wij komen.');
  expect(one.aside.map(({ content }) => content.text)).toEqual(['Lastige man.']);
});

test('who comes from another page writes to that one, and finds what he wrote to each', () => {
  const one = begun();
  one.write(JAN);
  one.writeTo(EVA.whom as Whom);
  expect(one.content).toEqual(like({ ...NOTHING, whom: EVA.whom }));
  one.write({ text: EVA.text });
  one.writeTo(JAN.whom as Whom);
  expect(one.content).toEqual(like(JAN));
  one.writeTo(EVA.whom as Whom);
  expect(one.content.text).toBe(EVA.text);
});

test('a file comes to what it was given to, whatever is written by then', async () => {
  let given: (file: { id: string }) => void = () => {};
  postFiles.mockImplementation(() => new Promise((done) => (given = done as typeof given)));
  const one = begun();
  one.write(JAN);
  one.attach([new File([], 'leeg.txt')]);
  one.writeTo(EVA.whom as Whom);
  given({ id: 'fil_9' });
  await vi.advanceTimersByTimeAsync(0);
  expect(one.content.files).toEqual([]);
  expect(one.aside[0]?.content.files.map(({ id }) => id)).toEqual(['fil_9']);
});

test('a page with a file under way is not left unasked, and the line wakes it', async () => {
  const heard = new Map<string, (event: Event) => void>();
  vi.stubGlobal('addEventListener', (name: string, run: () => void) => heard.set(name, run));
  postFiles.mockRejectedValue(new ApiError(0, 'cut'));
  const one = begun();
  const isAsked = () => {
    const event = { preventDefault: vi.fn() };
    heard.get('beforeunload')?.(event as unknown as Event);
    return event.preventDefault.mock.calls.length > 0;
  };
  expect(isAsked()).toBe(false);
  one.attach([new File(['tekening'], 'plan.txt')]);
  expect(isAsked()).toBe(true);
  await vi.advanceTimersByTimeAsync(0);
  const before = postFiles.mock.calls.length;
  heard.get('online')?.({} as Event);
  expect(postFiles.mock.calls.length).toBe(before + 1);
});

/** Two tabs of one device, each told of what the other keeps; the first has a file on its way. */
function tabs() {
  const heard: Array<(event: StorageEvent) => void> = [];
  vi.stubGlobal('addEventListener', (name: string, run: (event: StorageEvent) => void) => {
    if (name === 'storage') heard.push(run);
  });
  let given: (file: { id: string }) => void = () => {};
  postFiles.mockImplementation(() => new Promise((done) => (given = done as typeof given)));
  const [one, other] = [begun(), begun()];
  const tell = (tab: 0 | 1) => heard[tab]?.({ key: null } as StorageEvent);
  one.write(JAN);
  one.attach([new File([], 'leeg.txt')]);
  tell(1);
  const comes = async () => {
    given({ id: 'fil_9' });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { one, other, tell, comes };
}
const filesOf = ({ content, aside }: Begin) =>
  [content, ...aside.map((one) => one.content)].map((one) => [
    one.whom?.name ?? '',
    one.text,
    one.files.map(({ id }) => id).join(),
  ]);

test('a file goes to whom it was given to, whomever another tab writes to by then', async () => {
  const { one, other, tell, comes } = tabs();
  const goes = vi.fn();
  one.uploads.whenWhole(goes);
  other.writeTo(EVA.whom as Whom);
  tell(0);
  await comes();
  expect(filesOf(one)).toEqual([
    ['Eva', '', ''],
    [' Jan ', JAN.text, 'fil_9'],
  ]);
  expect(goes).not.toHaveBeenCalled();
});

test('a file stays with what is aside, in whatever order another tab leaves it', async () => {
  const { one, other, tell, comes } = tabs();
  one.writeTo(EVA.whom as Whom);
  one.write({ text: EVA.text });
  tell(1);
  other.writeTo({ person: 'per_3', to: '', name: 'Piet' });
  const [jan] = other.aside;
  other.write({ text: 'Dag Piet.' });
  if (jan) other.takeUp(jan);
  tell(0);
  await comes();
  expect(filesOf(one)).toEqual([
    [' Jan ', JAN.text, 'fil_9'],
    ['Eva', EVA.text, ''],
    ['Piet', 'Dag Piet.', ''],
  ]);
});

test('a file of what another tab sent without it stays for the same customer', async () => {
  const { one, other, tell, comes } = tabs();
  other.send(other.content, bodyOf(JAN, WAY, JAN.text, []));
  tell(0);
  one.write({ whom: EVA.whom });
  await comes();
  expect(filesOf(one)).toEqual([
    ['Eva', '', ''],
    [' Jan ', '', 'fil_9'],
  ]);
});

test('a page that is left while something is held asks, and sends it once as it goes', async () => {
  const heard = new Map<string, (event: Event) => void>();
  vi.stubGlobal('addEventListener', (name: string, run: () => void) => heard.set(name, run));
  const one = begun();
  const isAsked = () => {
    const event = { preventDefault: vi.fn() };
    heard.get('beforeunload')?.(event as unknown as Event);
    return event.preventDefault.mock.calls.length > 0;
  };
  one.write(JAN);
  expect(isAsked()).toBe(false);
  one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
  expect(isAsked()).toBe(true);
  postCases.mockReturnValue(new Promise(() => {}));
  heard.get('pagehide')?.({} as Event);
  heard.get('pagehide')?.({} as Event);
  expect(postCases).toHaveBeenCalledTimes(1);
  // The next page can't take back what may be there, and sends it under the same key.
  const next = begun();
  expect(next.takeBack()).toBe(false);
  await vi.advanceTimersByTimeAsync(0);
  const [first, second] = postCases.mock.calls.map(([, key]) => key);
  expect(second).toBe(first);
});

test('who logs out waits until it is there, but not for ever', async () => {
  const one = begun();
  let isOver = false;
  let answer: (one: Case) => void = () => {};
  const leave = () => {
    isOver = false;
    one.write(JAN);
    one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
    void one.hurry().then(() => (isOver = true));
  };
  postCases.mockImplementation(() => new Promise((done) => (answer = done)));
  leave();
  await vi.advanceTimersByTimeAsync(100);
  expect(isOver).toBe(false);
  answer({ id: 'cas_1', messages_n: 1 } as Case);
  await vi.advanceTimersByTimeAsync(0);
  expect(isOver).toBe(true);
  expect(kept.size).toBe(0);
  leave();
  await vi.advanceTimersByTimeAsync(4000);
  expect(isOver).toBe(true);
  expect(kept.size).toBe(1);
});

test('on a device that is full it goes all the same, and that it is not kept is known', async () => {
  const one = begun();
  vi.stubGlobal('localStorage', {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    removeItem: () => {},
  });
  one.write(JAN);
  expect(one.isKept).toBe(false);
  one.send(one.content, bodyOf(JAN, WAY, JAN.text, []));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(postCases).toHaveBeenCalledTimes(1);
  expect(one.isKept).toBe(true);
});

test('ways that could not be asked for are asked again, at once when the line is back', async () => {
  const getWays = vi.fn<Api['getWays']>().mockRejectedValue(new ApiError(0, 'cut'));
  const reach = new Reach({ getWays } as unknown as Api);
  await reach.look(JAN.whom, false);
  expect(reach.trouble).not.toBe('');
  await reach.look(JAN.whom, false);
  expect(getWays).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(getWays).toHaveBeenCalledTimes(2);
  getWays.mockResolvedValue({ items: [WAY] } as never);
  await reach.look(JAN.whom, true);
  expect(reach.open).toEqual([WAY]);
  expect(reach.trouble).toBe('');
});

test('an address that the server refuses is asked about once', async () => {
  const getWays = vi.fn<Api['getWays']>().mockRejectedValue(new ApiError(422, 'no such domain'));
  const reach = new Reach({ getWays } as unknown as Api);
  await reach.look(JAN.whom, true);
  await vi.advanceTimersByTimeAsync(60_000);
  await reach.look(JAN.whom, true);
  expect(getWays).toHaveBeenCalledTimes(1);
  expect(reach.trouble).not.toBe('');
});

test('what another tab writes while one is being sent is neither lost nor sent', async () => {
  const { one, other, tell, comes } = tabs();
  const asked: Array<(made: Case) => void> = [];
  postCases.mockImplementation(() => new Promise((done) => asked.push(done)));
  const now = one.content;
  one.send(now, bodyOf(now, WAY, now.text, []));
  tell(1);
  await vi.advanceTimersByTimeAsync(10_000);
  other.writeTo(EVA.whom as Whom);
  other.write({ text: EVA.text });
  tell(0);
  expect(one.content.text).toBe(EVA.text);
  expect(one.sending).not.toBeNull();
  for (const answer of asked) answer({ id: 'cas_1', messages_n: 1 } as Case);
  await comes();
  expect([one.sending, one.content.text]).toEqual([null, EVA.text]);
});
