import { expect, test } from 'vitest';
import type { TimelineItem } from './casefile.svelte';
import { changesOf, deliveryOf, parted, rowsOf, shownItems } from './timeline';

function item(id: string, kind = 'message'): TimelineItem {
  return { id, kind, at: '2026-11-29T10:00:00.000Z', actor_kind: 'customer' };
}

test('what stands below a mail is parted from it by bytes, not by letters', () => {
  const text = 'Eén vraag: ça va?\n\n> van gisteren';
  const foldAt = new TextEncoder().encode('Eén vraag: ça va?\n\n').length;
  expect(parted(text, foldAt)).toEqual({ said: 'Eén vraag: ça va?', quoted: '> van gisteren' });
});

test('a mail with nothing below it is shown whole', () => {
  for (const foldAt of [undefined, 0, 5, 99])
    expect(parted('Dank!', foldAt)).toEqual({ said: 'Dank!', quoted: '' });
});

function told(n: number, more: Partial<TimelineItem> = {}): TimelineItem[] {
  return Array.from({ length: n }, (_, i) => ({ ...item(`m${i}`), direction: 'out', ...more }));
}
function folded(items: readonly TimelineItem[]): string[] {
  return rowsOf(items).rows.flatMap(({ id, isFolded }) => (isFolded ? [id] : []));
}

test('all but the newest six are folded, and what is no message is not counted', () => {
  expect(folded([...told(8), item('e1', 'case.changed')])).toEqual(['m0', 'm1']);
  expect(folded(told(6))).toEqual([]);
});

test('what nobody answered is not folded, nor what failed to go out', () => {
  expect(folded(told(8, { direction: 'in' }))).toEqual([]);
  expect(folded([...told(3, { state: 'failed' }), ...told(8)]).includes('m0')).toBe(false);
  const answered = [...told(8, { direction: 'in' }), { ...item('a'), direction: 'out' as const }];
  expect(folded(answered)).toEqual(['m0', 'm1', 'm2']);
});

test('of many words the oldest are one line, with the events between them, until asked for', () => {
  const items = [...told(30), item('e1', 'case.changed'), ...told(3).map((one) => ({ ...one }))];
  items.splice(2, 0, item('e0', 'case.changed'));
  const { rows, older } = rowsOf(items);
  expect(older).toHaveLength(21);
  expect(rows.map(({ id }) => id)).not.toContain('e0');
  expect(rows.map(({ id }) => id)).toContain('e1');
  expect(rowsOf(items, 100)).toMatchObject({ older: [], rows: { length: items.length } });
});

test('each row knows the moment of the one above it, and the first has none', () => {
  const { rows } = rowsOf(told(2));
  expect(rows.map(({ before }) => before)).toEqual([undefined, item('').at]);
});

test('an event that says nothing beside its message is not shown', () => {
  const items = [item('m1'), item('e1', 'message.sent'), item('e2', 'message.failed')];
  expect(shownItems(items).map(({ id }) => id)).toEqual(['m1', 'e2']);
});

test('who takes a case opens it, which needs no saying', () => {
  const data = { status: 'open', assignee_id: 'usr_1' };
  expect(changesOf({ ...item('e', 'case.changed'), data })).toEqual([['assignee_id', 'usr_1']]);
});

test('only a changed case has changes', () => {
  expect(changesOf({ ...item('e', 'case.changed'), data: { status: 'done' } })).toEqual([
    ['status', 'done'],
  ]);
  expect(changesOf({ ...item('e', 'case.labelled'), data: { label: 'x' } })).toEqual([]);
});

test('a message that is on its way too long says that it waits, and a sent one never does', () => {
  const at = Date.parse(item('').at);
  const sending = { ...item('m'), state: 'sending' as const };
  expect(deliveryOf(sending, at + 60_000)).toBe('sending');
  expect(deliveryOf(sending, at + 180_000)).toBe('late');
  expect(deliveryOf({ ...sending, state: 'sent' }, at + 180_000)).toBe('sent');
});

test('what a channel of a demo sent says that it was a demo', () => {
  const sent = { ...item('m'), state: 'sent' as const };
  expect(deliveryOf(sent, 0, true)).toBe('demo');
  expect(deliveryOf(sent, 0)).toBe('sent');
});
