import { expect, test, vi } from 'vitest';
import type { Desk } from '../../app/desk.svelte';
import { conflictOf } from '../../app/keymap';
import { pressOf } from '../composer/presses';
import { bindingsOf } from './bindings';

vi.mock('../../app/settings.svelte', () => ({ settings: {} }));

const bindings = bindingsOf({ join: null, keepApart: null } as Desk);
const keysOf = (of: typeof bindings) => of.flatMap(({ keys, also }) => [keys, ...(also ?? [])]);

test('of the keys that are there always, each is listed once', () => {
  const keys = keysOf(bindings.filter(({ group, isThere }) => group !== 'answer' && !isThere));
  expect(keys).toEqual([...new Set(keys)]);
});

test('a group says each thing and each key once', () => {
  for (const group of new Set(bindings.map((one) => one.group))) {
    const own = bindings.filter((one) => one.group === group);
    expect(new Set(own.map(({ label }) => label)).size).toBe(own.length);
    expect(new Set(keysOf(own)).size).toBe(keysOf(own).length);
  }
});

test('what is no key of the composer does something by itself', () => {
  const idle = bindings.filter(({ group, run }) => group !== 'answer' && !run);
  expect(idle).toEqual([]);
});

function pressed(keys: string): KeyboardEvent {
  const parts = keys.split('+');
  const name = parts.at(-1) ?? '';
  const code = { '↵': 'Enter' }[name] ?? (/^\d/.test(name) ? `Digit${name[0]}` : `Key${name}`);
  const key = { '↵': 'Enter', Esc: 'Escape' }[name] ?? name;
  const [ctrlKey, altKey, shiftKey] = ['Ctrl', 'Alt', 'Shift'].map((one) => parts.includes(one));
  return { key, code, ctrlKey, altKey, shiftKey, metaKey: false } as KeyboardEvent;
}

test('the composer does what is listed of it', () => {
  const SIGNS = ['/', '@', '{{'];
  const listed = bindings.filter(({ group, keys }) => group === 'answer' && !SIGNS.includes(keys));
  expect(listed.map(({ keys }) => pressOf(pressed(keys)))).not.toContain(null);
  expect(listed).toHaveLength(8);
});

test('a key with Alt is meant by its place, whatever sign it makes', () => {
  const alt = { altKey: true, ctrlKey: false, metaKey: false, shiftKey: false };
  const press = (key: string, code: string) => pressOf({ ...alt, key, code } as KeyboardEvent);
  expect([press('&', 'Digit1'), press('†', 'KeyT'), press('π', 'KeyP')]).toEqual([
    1,
    'team',
    'private',
  ]);
  expect(pressOf({ ...alt, ctrlKey: true, key: '@', code: 'Digit2' } as KeyboardEvent)).toBeNull();
});

test('nobody is given the keys of the lists or of the ways to a customer without a word', () => {
  const of = (label: string) => bindings.find((one) => one.label === label) ?? bindings[0]!;
  const named = (label: string, keys: string) => conflictOf(bindings, of(label), keys)?.label;
  expect(named('key.done', 'G 3')).toBe('key.view');
  expect(named('key.send', 'Alt+3')).toBe('key.toCustomer');
  expect(named('key.send', 'Ctrl+K')).toBe('key.palette');
});
