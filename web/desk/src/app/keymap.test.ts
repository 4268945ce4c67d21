import { expect, test } from 'vitest';
import { changed, conflictOf, isFixed, readMap, withMap } from './keymap';
import type { Binding } from './keys';

const next: Binding = { keys: 'J', also: ['ArrowDown'], group: 'list', label: 'key.next' };
const done: Binding = { keys: 'E', group: 'case', label: 'key.done' };
const inbox: Binding = { keys: 'G P', group: 'go', label: 'frame.inbox' };
const send: Binding = { keys: 'Ctrl+↵', group: 'answer', label: 'key.send' };
const merge: Binding = { keys: 'M', group: 'case', label: 'merge.ask' };
const join: Binding = { keys: 'M', group: 'people', label: 'key.join' };
const macro: Binding = { keys: '/', group: 'answer', label: 'composer.macro' };
const all = [next, done, inbox, send, merge, join, macro];

test('a key of ones own takes the place of the usual ones, and off is none at all', () => {
  const mine = withMap(all, { 'list.key.next': 'N', 'case.key.done': '' });
  expect(mine[0]).toEqual({ ...next, keys: 'N' });
  expect(mine[1]?.keys).toBe('');
  expect(mine[2]).toBe(inbox);
});

test('a conflict is what can be meant at the same moment, or hides behind the first of two', () => {
  expect(conflictOf(all, done, 'J')).toBe(next);
  expect(conflictOf(all, done, 'ArrowDown')).toBe(next);
  expect(conflictOf(all, done, 'G')).toBe(inbox);
  expect(conflictOf(all, done, 'E P')).toBeUndefined();
  expect(conflictOf(all, done, 'Ctrl+↵')).toBeUndefined();
  expect(conflictOf(all, merge, 'M')).toBeUndefined();
  expect(conflictOf(all, next, 'M')).toBe(merge);
});

test('who takes the key of another leaves that one none, and back to usual leaves nothing', () => {
  const map = changed({}, all, done, 'J');
  expect(map).toEqual({ 'case.key.done': 'J', 'list.key.next': '' });
  expect(changed(map, all, done, 'E')).toEqual({ 'list.key.next': '' });
  expect(changed({}, all, done, '')).toEqual({ 'case.key.done': '' });
});

test('signs of a text and families of keys stay what they are', () => {
  expect(all.filter(isFixed)).toEqual([macro]);
  const views = { ...inbox, keys: 'G 1', also: ['G 2', 'G 3', 'G 4'] };
  expect(isFixed(views)).toBe(true);
});

test('what is no map of keys is none', () => {
  expect(readMap('')).toEqual({});
  expect(readMap('[1')).toEqual({});
  expect(readMap('{"a":"B","c":1}')).toEqual({ a: 'B' });
});

const palette: Binding = { keys: 'Ctrl+K', group: 'everywhere', label: 'key.palette' };
const ways: Binding = { keys: 'Alt+1…9', group: 'answer', label: 'key.toCustomer' };
const views: Binding = {
  keys: 'G 1',
  also: ['G 2', 'G 3', 'G 4'],
  shown: ['G 1…4'],
  group: 'go',
  label: 'key.view',
};

test('a family of keys is each of them, and is named before what could give its keys away', () => {
  const known = [...all, views, ways, palette];
  expect(conflictOf(known, done, 'G 3')).toBe(views);
  expect(conflictOf(known, send, 'Alt+3')).toBe(ways);
  expect(conflictOf(known, palette, 'Alt+9')).toBe(ways);
  expect(conflictOf(known, send, 'Alt+0')).toBeUndefined();
  expect(conflictOf(known, done, 'G')).toBe(views);
});

test('what is heard while one writes is not given to the answer without a word', () => {
  const known = [...all, palette];
  expect(conflictOf(known, send, 'Ctrl+K')).toBe(palette);
  expect(conflictOf(known, palette, 'Ctrl+↵')).toBe(send);
  expect(conflictOf(known, macro, 'J')).toBeUndefined();
});

test('the other key of what got a new one stays, until something else has it or it is off', () => {
  const shown = { ...next, shown: ['J', '↓'] };
  const [mine] = withMap([shown, done], { 'list.key.next': 'N' });
  expect(mine).toEqual({ ...next, keys: 'N' });
  const map = changed({}, [shown, done], done, 'ArrowDown');
  expect(map).toEqual({ 'case.key.done': 'ArrowDown' });
  expect(withMap([shown, done], map)[0]).toEqual({ keys: 'J', group: 'list', label: 'key.next' });
  expect(withMap([next], { 'list.key.next': '' })[0]).toEqual({
    keys: '',
    group: 'list',
    label: 'key.next',
  });
});
