// views.ts — what stands on each page of the settings.
import type { Component } from 'svelte';
import Calendars from '../calendars/Calendars.svelte';
import TaskKinds from '../tasks/TaskKinds.svelte';
import TablesPage from '../tables/TablesPage.svelte';
import Audit from './Audit.svelte';
import Blocked from './Blocked.svelte';
import Channels from './Channels.svelte';
import Differences from './Differences.svelte';
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
import Tokens from './Tokens.svelte';
import Users from './Users.svelte';
import Wording from './Wording.svelte';

export const VIEWS: Record<string, Component> = {
  profile: Profile,
  device: ThisDevice,
  channels: Channels,
  calendars: Calendars,
  labels: Labels,
  macros: Macros,
  'task-kinds': TaskKinds,
  wording: Wording,
  tables: TablesPage,
  'record-types': RecordTypes,
  blocks: Blocked,
  users: Users,
  teams: Teams,
  roles: Roles,
  tokens: Tokens,
  envelopes: Envelopes,
  outbox: Outbox,
  jobs: Jobs,
  differences: Differences,
  audit: Audit,
};
