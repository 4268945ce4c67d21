import { Api, type Case } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { Casefile, type TimelineItem } from './casefile.svelte';

/** A word with so many before it; ids have the order of what happened. */
function word(n: number, kind = 'message'): TimelineItem {
  const id = `msg_${String(n).padStart(13, '0')}`;
  return { id, kind, at: new Date(n * 1000).toISOString(), text: String(n) } as TimelineItem;
}
const words = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => word(from + i));

/** A case of so many words, of which the server gives the newest ten at first. */
async function opened(n: number) {
  const api = new Api();
  const server = { all: words(0, n) };
  const caseOf = (): Case =>
    ({
      id: 'cas_1',
      reference: 'one',
      version: server.all.length,
      timeline: server.all.slice(-10),
      has_older: server.all.length > 10,
    }) as unknown as Case;
  vi.spyOn(api, 'getCasesById').mockImplementation(() => Promise.resolve(caseOf()));
  const ask = vi.spyOn(api, 'getCasesByIdTimeline');
  ask.mockImplementation((_, { before, after, around } = {}) => {
    const { all } = server;
    const at = all.findIndex(({ id }) => id === (before ?? after ?? around));
    const from = before ? Math.max(0, at - 10) : after ? at + 1 : Math.max(0, at - 2);
    const to = before ? at : after ? at + 11 : at + 3;
    const items = at < 0 ? [] : all.slice(from, to);
    return Promise.resolve({ items, has_older: from > 0, has_newer: to < all.length });
  });
  const casefile = new Casefile(api);
  await casefile.open('one');
  const put = vi.spyOn(api, 'putMessagesByIdCorrectionsBySubject');
  put.mockImplementation((id) => {
    server.all = server.all.map((item) => (item.id === id ? { ...item, text: '1000' } : item));
    return Promise.resolve(undefined as never);
  });
  const said = () => casefile.timeline.map(({ text }) => Number(text));
  const now = () => casefile.now as Case;
  return { casefile, server, said, now, ask };
}
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test('older parts come before what is read, each word once', async () => {
  const { casefile, said, now } = await opened(25);
  for (let i = 0; i < 2; i++) casefile.past.addOlder(now(), await casefile.past.older(now()));
  expect(said()).toEqual(numbers(0, 25));
  expect(casefile.past.hasOlder(now())).toBe(false);
});

test('what comes in leaves the older ones that were read where they are, without a gap', async () => {
  const { casefile, server, said, now } = await opened(25);
  casefile.past.addOlder(now(), await casefile.past.older(now()));
  server.all.push(...words(25, 28));
  await casefile.refresh();
  expect(said()).toEqual(numbers(5, 28));
  expect(casefile.past.hasOlder(now())).toBe(true);
});

test('after more came in than one part has, nothing is shown as if nothing was between', async () => {
  const { casefile, server, said, now } = await opened(25);
  casefile.past.addOlder(now(), await casefile.past.older(now()));
  server.all.push(...words(25, 60));
  await casefile.refresh();
  expect(said()).toEqual(numbers(50, 60));
  expect(casefile.past.hasOlder(now())).toBe(true);
});

test('what was moved to another case is not kept from what was read before', async () => {
  const { casefile, server, said, now } = await opened(25);
  casefile.past.addOlder(now(), await casefile.past.older(now()));
  server.all = [...server.all.filter(({ text }) => text !== '7'), word(25, 'case.moved')];
  await casefile.refresh();
  expect(said()).not.toContain(7);
});

test('a word far up is reached alone, and read on from there to the newest', async () => {
  const { casefile, said, now } = await opened(40);
  expect(await casefile.past.reach(now(), word(12).id)).toBe(true);
  expect(said()).toEqual(numbers(10, 15));
  expect(casefile.past.isApart(now())).toBe(true);
  await casefile.past.newer(now());
  expect(said()).toEqual(numbers(10, 25));
  await casefile.past.newer(now());
  await casefile.past.newer(now());
  expect(casefile.past.isApart(now())).toBe(false);
  expect(said()).toEqual(numbers(10, 40));
});

test('what is not in the case is not reached, and what is shown stays', async () => {
  const { casefile, said, now } = await opened(25);
  expect(await casefile.past.reach(now(), 'msg_zzzzzzzzzzzzz')).toBe(false);
  expect(said()).toEqual(numbers(15, 25));
});

test('who reads far up is left there by what comes in', async () => {
  const { casefile, server, said, now } = await opened(40);
  await casefile.past.reach(now(), word(12).id);
  server.all.push(...words(40, 42));
  await casefile.refresh();
  expect(said()).toEqual(numbers(10, 15));
  casefile.past.leave();
  expect(said()).toEqual(numbers(32, 42));
});

test('an older part that comes after one went back to the newest leaves no hole', async () => {
  const { casefile, said, now } = await opened(40);
  await casefile.past.reach(now(), word(12).id);
  const coming = casefile.past.older(now());
  casefile.past.leave();
  expect(casefile.past.addOlder(now(), await coming)).toBe(false);
  expect(said()).toEqual(numbers(30, 40));
  expect(casefile.past.hasOlder(now())).toBe(true);
});

test('an older part that comes after something new came in is shown all the same', async () => {
  const { casefile, server, said, now } = await opened(25);
  casefile.past.addOlder(now(), await casefile.past.older(now()));
  const coming = casefile.past.older(now());
  server.all.push(...words(25, 26));
  await casefile.refresh();
  expect(casefile.past.addOlder(now(), await coming)).toBe(true);
  expect(said()).toEqual(numbers(0, 26));
});

test('what is corrected far up is shown corrected, in a part that is apart and in one that is not', async () => {
  const near = await opened(25);
  near.casefile.past.addOlder(near.now(), await near.casefile.past.older(near.now()));
  await near.casefile.correct(word(7).id, 'emotion', 'angry');
  expect(near.said()).toEqual([5, 6, 1000, ...numbers(8, 25)]);
  const apart = await opened(40);
  await apart.casefile.past.reach(apart.now(), word(12).id);
  await apart.casefile.correct(word(12).id, 'emotion', 'angry');
  expect(apart.said()).toEqual([10, 11, 1000, 13, 14]);
  expect(apart.casefile.past.isApart(apart.now())).toBe(true);
});

test('what happens to a message far up is asked for, and of no other one', async () => {
  const { casefile, server, said, now, ask } = await opened(25);
  casefile.past.addOlder(now(), await casefile.past.older(now()));
  server.all = server.all.map((item) => (item.text === '7' ? { ...item, text: '1000' } : item));
  const before = ask.mock.calls.length;
  await casefile.refresh(word(20).id);
  await casefile.refresh('prm_1');
  expect(ask.mock.calls.length).toBe(before);
  await casefile.refresh(word(7).id);
  expect(said()[2]).toBe(1000);
  expect(ask.mock.calls.length).toBe(before + 1);
});
