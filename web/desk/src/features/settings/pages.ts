// pages.ts — the pages of the settings, and the right that each needs.
import type { Component } from 'svelte';
import type { TextKey } from '../../app/text.svelte';
import TablesPage from '../tables/TablesPage.svelte';
import Blocked from './Blocked.svelte';
import Channels from './Channels.svelte';
import Envelopes from './Envelopes.svelte';
import Jobs from './Jobs.svelte';
import Labels from './Labels.svelte';
import Macros from './Macros.svelte';
import Outbox from './Outbox.svelte';
import Profile from './Profile.svelte';
import RecordTypes from './RecordTypes.svelte';
import Roles from './Roles.svelte';
import Teams from './Teams.svelte';
import ThisDevice from './ThisDevice.svelte';
import Users from './Users.svelte';
import Wording from './Wording.svelte';

export const GROUPS = ['self', 'work', 'customers', 'people', 'operations'] as const;

export interface SettingsPage {
  /** As it stands in the address. */
  id: string;
  label: TextKey;
  group: (typeof GROUPS)[number];
  /** null: everybody has it. */
  right: string | null;
  view: Component;
}

function page(
  id: string,
  label: TextKey,
  group: SettingsPage['group'],
  right: string | null,
  view: Component,
): SettingsPage {
  return { id, label, group, right, view };
}

export const PAGES: readonly SettingsPage[] = [
  page('profile', 'settings.profile', 'self', null, Profile),
  page('device', 'settings.device', 'self', null, ThisDevice),
  page('channels', 'settings.channels', 'work', 'channel:read', Channels),
  page('labels', 'settings.labels', 'work', 'case:read', Labels),
  page('macros', 'settings.macros', 'work', 'case:read', Macros),
  page('wording', 'settings.wording', 'work', 'organisation:write', Wording),
  page('tables', 'settings.tables', 'customers', 'person:write', TablesPage),
  page('record-types', 'settings.types', 'customers', 'record:read', RecordTypes),
  page('blocks', 'settings.blocks', 'customers', 'case:read', Blocked),
  page('users', 'settings.users', 'people', 'user:read', Users),
  page('teams', 'settings.teams', 'people', 'user:read', Teams),
  page('roles', 'settings.roles', 'people', 'user:read', Roles),
  page('envelopes', 'settings.envelopes', 'operations', 'envelope:read', Envelopes),
  page('outbox', 'settings.outbox', 'operations', 'outbox:read', Outbox),
  page('jobs', 'settings.jobs', 'operations', 'outbox:read', Jobs),
];
