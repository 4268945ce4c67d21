import { Api, type CustomerPromise } from '@gestand/sdk';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Badge } from './badge';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function badged(items: Array<Partial<CustomerPromise>>) {
  const api = new Api();
  const asked = vi
    .spyOn(api, 'getPromises')
    .mockImplementation(() => Promise.resolve({ next: null, items: items as CustomerPromise[] }));
  const icon = {
    setAppBadge: vi.fn(() => Promise.resolve()),
    clearAppBadge: vi.fn(() => Promise.resolve()),
  };
  return { badge: new Badge(api, icon), asked, icon };
}

test('the icon counts what is at risk and what is broken, not all that is owed', async () => {
  const { badge, asked, icon } = badged([
    { state: 'broken', is_at_risk: false },
    { state: 'open', is_at_risk: true },
    { state: 'open', is_at_risk: false },
  ]);
  badge.follow('usr_1');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveBeenCalledWith({ owner: 'usr_1', limit: 100 });
  expect(icon.setAppBadge).toHaveBeenLastCalledWith(2);
});

test('it is counted again when a promise changes, and by time alone', async () => {
  const { badge, asked } = badged([]);
  badge.follow('usr_1');
  await vi.advanceTimersByTimeAsync(1000);
  badge.happened('message.received');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveBeenCalledTimes(1);
  badge.happened('promise.made');
  badge.happened('promise.kept');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(asked).toHaveBeenCalledTimes(3);
});

test('who logs out leaves no number, and a browser without an icon asks nothing', async () => {
  const { badge, icon, asked } = badged([]);
  const leave = badge.follow('usr_1');
  leave();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(icon.clearAppBadge).toHaveBeenCalled();
  expect(asked).not.toHaveBeenCalled();
  const api = new Api();
  const other = vi.spyOn(api, 'getPromises');
  new Badge(api, {}).follow('usr_1');
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(other).not.toHaveBeenCalled();
});
