import type { Api, Case, Channel, User } from '@gestand/sdk';
import { expect, test } from 'vitest';
import type { Preferences } from '../../app/preferences.svelte';
import type { Session } from '../../app/session.svelte';
import type { Directory } from '../people/directory.svelte';
import { Start } from './start.svelte';

const working = { enabled: true, last_error: null, send_error: null };
const ofDemo = { ...working, id: 'chn_demo', type: 'email', is_demo: true } as Channel;
const own = { ...working, id: 'chn_own', type: 'email', is_demo: false } as Channel;

/** Of each channel, the titles of its cases; all of them are answered. */
function begin(channels: Channel[], cases: Record<string, string[]>): Start {
  const getCases = ({ channel }: { channel?: string }) => {
    const titles = channel ? (cases[channel] ?? []) : Object.values(cases).flat();
    const items = titles.map((title) => ({ title, updated_at: '2026-11-30' }) as unknown as Case);
    return Promise.resolve({ items, next: null });
  };
  return new Start(
    { getCases } as unknown as Api,
    { can: () => true, me: { user: { name: 'Noor' } } } as unknown as Session,
    { channels, users: [{} as User], teams: [] } as unknown as Directory,
    { now: { settings: {}, signature: '' } } as unknown as Preferences,
  );
}

test('what the demo brought along does no step for whoever connects a mailbox', async () => {
  const start = begin([ofDemo], { chn_demo: ['Lekkage'] });
  await start.load();
  expect(start.isDone('channel')).toBe(false);
  expect(start.isDone('mail')).toBe(false);
  expect(start.newest).toBe(null);
  expect(start.isFresh).toBe(false);
});

test('of a channel of ones own the first message is seen beside a demo', async () => {
  const start = begin([ofDemo, own], { chn_demo: ['Lekkage'], chn_own: ['Mijn eerste'] });
  await start.load();
  expect(start.isDone('channel')).toBe(true);
  expect(start.isDone('mail')).toBe(true);
  expect(start.newest?.title).toBe('Mijn eerste');
});

test('without a demo any case counts, and without any the steps come first', async () => {
  const empty = begin([own], {});
  await empty.load();
  expect(empty.isFresh).toBe(true);
  const begun = begin([own], { chn_own: ['Dag'] });
  await begun.load();
  expect(begun.isFresh).toBe(false);
  expect(begun.newest?.title).toBe('Dag');
});
