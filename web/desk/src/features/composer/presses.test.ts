import { expect, test, vi } from 'vitest';
import { press } from './presses';

function pressed(key: string, mods: Partial<KeyboardEvent> = {}) {
  const preventDefault = vi.fn();
  const event = { key, code: '', preventDefault, stopPropagation: vi.fn(), ...mods };
  const isKept = () => preventDefault.mock.calls.length > 0;
  return { event: event as unknown as KeyboardEvent, isKept };
}

test('a key does what it is for where one writes, and is kept from the desk', () => {
  const does = { accept: vi.fn(), send: vi.fn(), way: vi.fn() };
  const accepts = pressed('Enter', { altKey: true });
  press(accepts.event, {}, does);
  expect(does.accept).toHaveBeenCalledTimes(1);
  expect(accepts.isKept()).toBe(true);
  press(pressed('Enter', { ctrlKey: true }).event, {}, does);
  expect(does.send).toHaveBeenCalledTimes(1);
  press(pressed('2', { altKey: true, code: 'Digit2' }).event, {}, does);
  expect(does.way).toHaveBeenCalledWith(2);
});

test('a key that does nothing here, and what is text, is left alone', () => {
  for (const one of [
    pressed('Escape'),
    pressed('a'),
    pressed('2', { altKey: true, code: 'Digit2' }),
  ]) {
    press(one.event, {}, { send: vi.fn() });
    expect(one.isKept()).toBe(false);
  }
});
