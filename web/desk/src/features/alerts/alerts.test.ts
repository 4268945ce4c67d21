import { type Alert, Api, type Event } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';
import { Alerts } from './alerts.svelte';

const alertOf = (id: string, at = '2026-11-30T10:00:00Z') =>
  ({ case_id: id, kind: 'mentioned', at, title: id }) as unknown as Alert;

function alerted() {
  const api = new Api();
  const items: Alert[] = [];
  const get = vi.spyOn(api, 'getMeAlerts');
  get.mockImplementation(() => Promise.resolve({ items: [...items], next: null }));
  const alerts = new Alerts(api);
  const told: string[] = [];
  alerts.onNew = ({ case_id }) => told.push(case_id ?? '');
  return { alerts, items, told, get };
}

test('what was there before the desk opened is counted, what comes is told once', async () => {
  const { alerts, items, told } = alerted();
  items.push(alertOf('one'));
  await alerts.load();
  expect(alerts.all.length).toBe(1);
  expect(told).toEqual([]);
  items.unshift(alertOf('two'));
  await alerts.load();
  await alerts.load();
  expect(told).toEqual(['two']);
});

test('whoever is named again in the same case is told again', async () => {
  const { alerts, items, told } = alerted();
  items.push(alertOf('one'));
  await alerts.load();
  items[0] = alertOf('one', '2026-11-30T11:00:00Z');
  await alerts.load();
  expect(told).toEqual(['one']);
});

test('a case that was read has nothing more to tell', async () => {
  const { alerts, items } = alerted();
  items.push(alertOf('one'), alertOf('two'));
  await alerts.load();
  alerts.drop('one');
  expect(alerts.has('one')).toBe(false);
  expect(alerts.has('two')).toBe(true);
});

test('many events are one look, and others are none', async () => {
  vi.useFakeTimers();
  const { alerts, get } = alerted();
  for (const kind of ['message.received', 'note.added', 'case.woke', 'note.added'])
    alerts.happened({ kind } as Event);
  await vi.runAllTimersAsync();
  expect(get).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});
