import { beforeEach, expect, test, vi } from 'vitest';
import { Keyboard, type Binding } from './keys';

let did: string[];
const say = (keys: string) => did.push(keys);
const bindings: Binding[] = [
  { keys: 'G P', group: 'go', label: 'frame.inbox', run: say },
  { keys: 'G 1', also: ['G 2'], group: 'go', label: 'key.view', run: say },
  { keys: 'E', group: 'case', label: 'key.done', run: say },
  { keys: 'Ctrl+K', group: 'everywhere', label: 'key.palette', run: say },
  { keys: 'J', also: ['ArrowDown'], group: 'list', label: 'key.next', run: say },
];

function pressed(key: string, more: object = {}): KeyboardEvent {
  const event = { key, timeStamp: 1000, target: null, preventDefault: () => {}, ...more };
  return event as unknown as KeyboardEvent;
}

beforeEach(() => {
  did = [];
  vi.stubGlobal('Element', class {});
  vi.stubGlobal('HTMLElement', class {});
});

test('two keys behind one another do one thing, and it knows which', () => {
  const keyboard = new Keyboard();
  for (const key of ['g', 'Shift', '2', 'e']) keyboard.press(pressed(key), bindings, true);
  expect(did).toEqual(['G 2', 'E']);
});

test('the first of two keys is forgotten by another key, and after a while', () => {
  const keyboard = new Keyboard();
  for (const key of ['g', 'x', 'p']) keyboard.press(pressed(key), bindings, true);
  keyboard.press(pressed('g'), bindings, true);
  keyboard.press(pressed('p', { timeStamp: 4000 }), bindings, true);
  expect(did).toEqual([]);
});

test('single keys that are switched off leave those with Ctrl', () => {
  const keyboard = new Keyboard();
  for (const key of ['e', 'g', 'p']) keyboard.press(pressed(key), bindings, false);
  keyboard.press(pressed('k', { ctrlKey: true }), bindings, false);
  expect(did).toEqual(['Ctrl+K']);
});

/** What has the focus: inside `within`, as high as it is, with so much in it. */
function element(within: object | null, { overflowY = 'visible', tall = false, walked = false }) {
  return Object.assign(new Element(), {
    parentElement: within,
    clientHeight: 100,
    scrollHeight: tall ? 900 : 100,
    overflowY,
    closest: (sought: string) => (sought === '[data-walked]' && walked ? {} : null),
  });
}

test('arrows scroll what the focus is in, and walk the list elsewhere', () => {
  vi.stubGlobal('getComputedStyle', (one: object) => one);
  const keyboard = new Keyboard();
  const down = (target: object) => keyboard.press(pressed('ArrowDown', { target }), bindings, true);
  const timeline = element(null, { overflowY: 'auto', tall: true });
  down(timeline);
  down(element(timeline, {}));
  keyboard.press(pressed('j', { target: timeline }), bindings, true);
  expect(did).toEqual(['J']);
  down(element(null, { overflowY: 'auto' }));
  down(element(null, { overflowY: 'auto', tall: true, walked: true }));
  expect(did).toEqual(['J', 'ArrowDown', 'ArrowDown']);
});
