// rowmenu.ts — what can be done with a case from its row.
import type { MenuItem } from '@gestand/kit';
import type { Case } from '@gestand/sdk';

import type { Desk } from '../../app/desk.svelte';
import { keysFor } from '../../app/settings.svelte';
import { t } from '../../app/text.svelte';

import { changeMany } from './many';

export function rowMenuOf(desk: Desk, one: Case): MenuItem[] {
  const isUnread = desk.reads.isUnread(one);
  const isDone = one.status === 'done';
  const me = desk.session.me?.user.id;
  const read = {
    label: t(isUnread ? 'row.read' : 'row.unread'),
    keys: keysFor('list.key.unread', 'U'),
    run: () => void desk.attempt(desk.reads.toggle(one)),
  };
  const pick = {
    label: t(desk.picks.has(one.id) ? 'row.unpick' : 'row.pick'),
    keys: keysFor('list.key.pick', 'X'),
    run: () => desk.picks.toggle(one.id),
  };
  if (!desk.session.can('case:write')) return [read];
  const snooze = {
    label: t('snooze.ask'),
    keys: keysFor('case.snooze.ask', 'H'),
    run: () => (desk.snoozing = [one]),
  };
  const priority = {
    label: t('priority.ask'),
    keys: keysFor('case.priority.ask', 'P'),
    run: () => (desk.deciding = [one]),
  };
  return [
    ...(one.assignee_id === me
      ? []
      : [
          {
            label: t('key.take'),
            keys: keysFor('list.key.take', 'I'),
            run: () => desk.takeAll([one]),
          },
        ]),
    {
      label: t(isDone ? 'case.reopen' : 'case.finish'),
      keys: keysFor('case.key.done', 'E'),
      run: () => void changeMany(desk, [one], { status: isDone ? 'open' : 'done' }),
    },
    ...(isDone ? [] : [snooze]),
    priority,
    read,
    pick,
  ];
}
