import { expect, test, vi } from 'vitest';
import { Settings } from './settings.svelte';

// What this device keeps is read as soon as the module is.
const kept = vi.hoisted(() => {
  const all = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => all.get(key) ?? null,
    setItem: (key: string, value: string) => all.set(key, value),
    removeItem: (key: string) => all.delete(key),
  });
  return all;
});

test('on a shared device each has his own keys, and who chose none the usual ones', () => {
  kept.set('gestand.keyMap', '{"case.key.done":"x"}');
  kept.set('gestand.keyMap.usr_1', '{"case.key.done":"f"}');
  const settings = new Settings();
  expect(settings.keyMap).toEqual({});
  settings.isOf('usr_1');
  expect(settings.keyMap).toEqual({ 'case.key.done': 'f' });
  settings.isOf('');
  expect(settings.keyMap).toEqual({});
  settings.isOf('usr_2');
  expect(settings.keyMap).toEqual({});
  expect(kept.has('gestand.keyMap')).toBe(false);
});
