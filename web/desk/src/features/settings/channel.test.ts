import type { Channel } from '@gestand/sdk';
import { expect, test, vi } from 'vitest';

vi.hoisted(() => vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} }));

import { draftOf, flatDraft, flatOf, healthOf, partsOf, type ChannelField } from './channel';

const fields = [
  { name: 'sender_name', kind: 'text', is_required: false, is_secret: false },
  { name: 'imap_password', kind: 'text', is_required: false, is_secret: true },
] as unknown as ChannelField[];
const channel = {
  name: 'E-mail',
  team_id: null,
  version: 3,
  settings: { sender_name: 'Wij' },
} as unknown as Channel;

test('a channel is compared setting by setting, and never by its secrets', () => {
  expect(flatOf(fields, channel)).toEqual({
    name: 'E-mail',
    team_id: null,
    version: 3,
    'settings/sender_name': 'Wij',
  });
});

test('the fields of a mailbox stand together by what they are for, none is left out', () => {
  const named = (...names: string[]) => names.map((name) => ({ name }) as ChannelField);
  const mail = named('address', 'smtp_host', 'imap_host', 'sent_folder', 'smtp_port', 'ca_file');
  const parts = partsOf(mail).map(({ part, fields: own }) => [part, ...own.map((one) => one.name)]);
  expect(parts).toEqual([
    ['all', 'address'],
    ['imap', 'imap_host', 'sent_folder'],
    ['smtp', 'smtp_host', 'smtp_port', 'ca_file'],
  ]);
  expect(partsOf(named('address')).map(({ part }) => part)).toEqual(['all']);
});

test('what is compared becomes again what the server takes', () => {
  const draft = { name: 'Mail', team_id: 'tem_1', settings: { imap_password: 'x' } };
  expect(draftOf(flatDraft(draft))).toEqual(draft);
  expect(draftOf(flatDraft({ ...draft, settings: {} }))).toEqual({
    name: 'Mail',
    team_id: 'tem_1',
  });
});

test('a channel of a demo is called that, and not broken; its chat works', () => {
  const demo = { ...channel, enabled: true, is_demo: true, send_error: 'nobody there', backlog: 0 };
  expect(healthOf(demo)).toEqual([
    { text: expect.stringMatching(/^Demo/) as string, isBad: false },
  ]);
  expect(healthOf({ ...demo, type: 'chat' })[0]?.isBad).toBe(true);
});
