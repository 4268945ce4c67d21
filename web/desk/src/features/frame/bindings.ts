// bindings.ts — the keys of DESIGN.md section 9 that do something already.
import type { Desk } from '../../app/desk.svelte';
import type { Binding } from '../../app/keys';
import { settings } from '../../app/settings.svelte';
import { goPrivate } from '../private/private.svelte';
import { nextPane } from './nextpane';

export function bindingsOf(desk: Desk): Binding[] {
  return [
    {
      keys: 'Ctrl+K',
      group: 'everywhere',
      label: 'key.palette',
      run: () => (desk.palette = ''),
    },
    { keys: '/', group: 'everywhere', label: 'key.search', run: () => desk.search() },
    { keys: '?', group: 'everywhere', label: 'key.keys', run: () => (desk.hasKeys = true) },
    {
      keys: 'O',
      group: 'everywhere',
      label: 'key.customer',
      run: () => (desk.hasCustomer = !desk.hasCustomer),
    },
    {
      keys: 'Shift+D',
      group: 'everywhere',
      label: 'key.theme',
      run: () => settings.switchTheme(),
    },
    { keys: 'Z', group: 'everywhere', label: 'key.undo', run: () => desk.toasts.undo() },
    { keys: 'F6', also: ['Shift+F6'], group: 'everywhere', label: 'key.pane', run: nextPane },
    {
      keys: ',',
      group: 'everywhere',
      label: 'key.settings',
      run: () => desk.router.go({ view: 'settings', reference: null }),
    },
    { keys: 'Esc', group: 'everywhere', label: 'key.back', run: () => desk.back() },
    {
      keys: 'G P',
      group: 'go',
      label: 'frame.inbox',
      run: () => desk.router.go({ view: 'ours', reference: null }),
    },
    {
      keys: 'G D',
      group: 'go',
      label: 'page.duplicates',
      run: () => desk.router.go({ view: 'duplicates', reference: null }),
    },
    {
      keys: 'G 1',
      also: ['G 2', 'G 3', 'G 4', 'G 5', 'G 6', 'G 7', 'G 8', 'G 9'],
      group: 'go',
      label: 'key.view',
      run: (keys) => desk.goToView(Number(keys.at(-1))),
    },
    {
      keys: 'J',
      also: ['ArrowDown'],
      group: 'list',
      walks: true,
      label: 'key.next',
      run: () => void desk.step(1),
    },
    {
      keys: 'K',
      also: ['ArrowUp'],
      group: 'list',
      walks: true,
      label: 'key.previous',
      run: () => void desk.step(-1),
    },
    { keys: '↵', group: 'list', label: 'key.open', run: () => desk.write('customer') },
    { keys: 'I', group: 'list', isOfCase: true, label: 'key.take', run: () => desk.take() },
    { keys: 'X', group: 'list', label: 'key.pick', run: () => void desk.pick(false) },
    { keys: 'Shift+X', group: 'list', label: 'key.pickRange', run: () => void desk.pick(true) },
    { keys: 'U', group: 'list', label: 'key.unread', run: () => void desk.switchRead() },
    {
      keys: 'F',
      group: 'list',
      label: 'key.filter',
      run: () => (desk.isFiltering = !desk.isFiltering),
    },
    { keys: 'R', group: 'case', label: 'key.reply', run: () => desk.write('customer') },
    { keys: 'W', group: 'case', label: 'key.way', run: () => desk.ways?.next() },
    { keys: 'Shift+P', group: 'case', label: 'private.ask', run: () => void goPrivate(desk) },
    { keys: 'N', group: 'case', label: 'key.note', run: () => desk.write('team') },
    { keys: 'A', group: 'case', label: 'key.assign', run: () => desk.choose('palette.assign') },
    { keys: 'M', group: 'everywhere', label: 'key.join', run: () => desk.joinOrMerge() },
    { keys: 'Shift+M', group: 'everywhere', label: 'key.apart', run: () => desk.keepApart?.() },
    { keys: 'H', group: 'case', label: 'snooze.ask', run: () => void desk.snooze() },
    { keys: 'V', group: 'case', label: 'journey.open', run: () => void desk.openJourney() },
    { keys: 'M', group: 'case', label: 'merge.ask', run: () => void desk.merge() },
    { keys: 'Y', group: 'case', label: 'proposal.accept', run: () => void desk.decide(true) },
    {
      keys: 'Shift+Y',
      group: 'case',
      label: 'proposal.refuse',
      run: () => void desk.decide(false),
    },
    { keys: '.', group: 'case', label: 'case.copy', run: () => void desk.copyReference() },
    { keys: 'E', group: 'case', label: 'key.done', run: () => void desk.finish() },
    { keys: 'Ctrl+↵', group: 'answer', label: 'key.send' },
    { keys: 'Ctrl+Shift+↵', group: 'answer', label: 'key.sendAs' },
    { keys: 'Ctrl+Shift+A', group: 'answer', label: 'key.attach' },
    { keys: 'Alt+1…9', group: 'answer', label: 'key.toCustomer' },
    { keys: 'Alt+T', group: 'answer', label: 'key.toTeam' },
    { keys: 'Alt+P', group: 'answer', label: 'private.ask' },
    { keys: 'Esc', group: 'answer', label: 'key.leave' },
  ];
}
