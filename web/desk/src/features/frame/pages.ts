// pages.ts — what the menu leads to, above one's views.
import { FlagIcon, Inbox, ListChecks, Search, SquareCheck, UserRound } from '@gestand/kit';
import type { Component } from 'svelte';
import type { Desk } from '../../app/desk.svelte';
import { t } from '../../app/text.svelte';

export interface MenuPage {
  view: string;
  icon: Component;
  label: string;
  /** How much there is of it that asks for somebody. */
  count: string;
  /** On a phone it's among the rest, behind the last tab. */
  isRest?: boolean;
}

export function pagesOf(desk: Desk): MenuPage[] {
  const atRisk = desk.today.now.at_risk_n;
  const mine = desk.tasks.load.mine_n;
  return [
    { view: 'ours', icon: Inbox, label: t('frame.inbox'), count: '' },
    {
      view: 'promises',
      icon: FlagIcon,
      label: t('page.promises'),
      count: atRisk > 0 ? String(atRisk) : '',
    },
    ...(desk.session.can('task:read')
      ? [
          {
            view: 'tasks',
            icon: SquareCheck,
            label: t('page.tasks'),
            count: mine > 0 ? String(mine) : '',
            isRest: true,
          },
        ]
      : []),
    ...(desk.session.can('person:read')
      ? [{ view: 'customers', icon: UserRound, label: t('page.customers'), count: '' }]
      : []),
    { view: 'search', icon: Search, label: t('key.search'), count: '' },
    ...(desk.start.isThere
      ? [
          {
            view: 'start',
            icon: ListChecks,
            label: t('page.start'),
            count: desk.start.progress,
            isRest: true,
          },
        ]
      : []),
  ];
}
