// directory.svelte.ts — colleagues, teams and channels by their id: few, and read once.
import type { Api, Channel, Team, User } from '@gestand/sdk';
import { t } from '../../app/text.svelte';

export class Directory {
  users = $state.raw<User[]>([]);
  teams = $state.raw<Team[]>([]);
  channels = $state.raw<Channel[]>([]);

  constructor(private api: Api) {}

  async load() {
    const [users, teams, channels] = await Promise.all([
      this.api.getUsers({ limit: 200 }),
      this.api.getTeams({ limit: 200 }),
      this.api.getChannels(),
    ]);
    this.users = users.items;
    this.teams = teams.items;
    this.channels = channels.items;
  }

  nameOf(userId: string | null | undefined): string {
    const user = this.users.find((one) => one.id === userId);
    return user?.name || user?.email || t('people.system');
  }

  teamOf(teamId: string | null): string {
    return this.teams.find((one) => one.id === teamId)?.name ?? '';
  }

  channelOf(channelId: string | null | undefined): Channel | null {
    return this.channels.find((one) => one.id === channelId) ?? null;
  }
}
