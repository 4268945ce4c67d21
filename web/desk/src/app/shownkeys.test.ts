import { shownKey } from '@gestand/kit';
import { expect, test } from 'vitest';

test('on a Mac the signs of its keyboard stand for the keys, in its own order', () => {
  const keys = ['Ctrl+K', 'Ctrl+Shift+↵', 'Alt+T', 'Shift+D', 'J', '+', 'ArrowDown'];
  expect(keys.map((one) => shownKey(one, true))).toEqual([
    ...['⌘K', '⇧⌘↵', '⌥T', '⇧D', 'J', '+', '↓'],
  ]);
  expect(keys.map((one) => shownKey(one, false))).toEqual([
    ...['Ctrl K', 'Ctrl Shift ↵', 'Alt T', 'Shift D', 'J', '+', '↓'],
  ]);
});
