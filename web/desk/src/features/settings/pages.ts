// pages.ts — the pages of the settings, and the right that each needs; what stands on them is in
// views.ts, so that the palette knows the names alone.
import type { TextKey } from '../../app/text.svelte';

export const GROUPS = ['self', 'work', 'customers', 'people', 'operations'] as const;

export interface SettingsPage {
  /** As it stands in the address. */
  id: string;
  label: TextKey;
  group: (typeof GROUPS)[number];
  /** null: everybody has it. */
  right: string | null;
}

function page(
  id: string,
  label: TextKey,
  group: SettingsPage['group'],
  right: string | null,
): SettingsPage {
  return { id, label, group, right };
}

export const PAGES = [
  page('profile', 'settings.profile', 'self', null),
  page('device', 'settings.device', 'self', null),
  page('channels', 'settings.channels', 'work', 'channel:read'),
  page('calendars', 'settings.calendars', 'work', 'case:read'),
  page('labels', 'settings.labels', 'work', 'case:read'),
  page('macros', 'settings.macros', 'work', 'case:read'),
  page('task-kinds', 'settings.taskKinds', 'work', 'task:read'),
  page('wording', 'settings.wording', 'work', 'organisation:write'),
  page('tables', 'settings.tables', 'customers', 'person:write'),
  page('record-types', 'settings.types', 'customers', 'record:read'),
  page('blocks', 'settings.blocks', 'customers', 'case:read'),
  page('users', 'settings.users', 'people', 'user:read'),
  page('teams', 'settings.teams', 'people', 'user:read'),
  page('roles', 'settings.roles', 'people', 'user:read'),
  page('tokens', 'settings.tokens', 'people', 'user:write'),
  page('audit', 'settings.audit', 'people', 'audit:read'),
  page('envelopes', 'settings.envelopes', 'operations', 'envelope:read'),
  page('outbox', 'settings.outbox', 'operations', 'outbox:read'),
  page('jobs', 'settings.jobs', 'operations', 'outbox:read'),
  page('differences', 'settings.differences', 'operations', 'outbox:read'),
];
