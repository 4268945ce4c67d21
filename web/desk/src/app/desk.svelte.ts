// desk.svelte.ts — everything a desk knows, one class a noun, put together once.
import { Toasts } from '@gestand/kit';
import {
  Api,
  type Case,
  type CustomerPromise,
  type Event,
  Live,
  type Macro,
  type View as SavedView,
  type Way,
} from '@gestand/sdk';
import { getContext, setContext, tick } from 'svelte';

import { Alerts } from '../features/alerts/alerts.svelte';
import { tellAlert } from '../features/alerts/told';
import { Begin } from '../features/begin/begin.svelte';
import { toldOf } from '../features/begin/told';
import { Casefile } from '../features/cases/casefile.svelte';
import { Inbox } from '../features/cases/inbox.svelte';
import { changeOpen } from '../features/cases/fields';
import { changeMany } from '../features/cases/many';
import { Picks } from '../features/cases/picks.svelte';
import { Reads } from '../features/cases/reads.svelte';
import { type CaseFilter, viewsOf } from '../features/cases/views';
import type { Audience } from '../features/composer/content';
import type { Offer } from '../features/composer/offer.svelte';
import { Drafts } from '../features/composer/drafts.svelte';
import { Macros } from '../features/composer/macros.svelte';
import { listenerOf } from '../features/composer/told';
import { Conflicts } from '../features/conflicts/conflicts.svelte';
import { Labels } from '../features/labels/labels.svelte';
import { merge, refuse } from '../features/merging/merging';
import { Outgoing } from '../features/outgoing/outgoing.svelte';
import { followOutgoing } from '../features/outgoing/told';
import { Directory } from '../features/people/directory.svelte';
import { Badge } from '../features/promises/badge';
import { Presence } from '../features/presence/presence.svelte';
import { close } from '../features/promises/closing';
import { Today } from '../features/promises/today.svelte';
import { Tasks } from '../features/tasks/tasks.svelte';
import { Start } from '../features/start/start.svelte';
import { tellGone } from '../features/views/remove';
import { SavedViews } from '../features/views/savedviews.svelte';
import { Visitor } from '../features/visitor/visitor.svelte';

import { Device } from './device.svelte';
import { Offers } from './offers.svelte';
import { type Page, pageOf } from './pages';
import { Preferences } from './preferences.svelte';
import { type Place, Router } from './router.svelte';
import { Session } from './session.svelte';
import { t } from './text.svelte';
import { wordsOf } from './words';

const KEY = Symbol('desk');
const WIDE = matchMedia('(min-width: 1241px)');

/** Pages that one looks at in passing: Esc leads to where one was. */
const PASSING = new Set<Page>(['new', 'search', 'people']);
const NAMED = new Set(['person.changed', 'person.merged', 'person.unmerged']);

export class Desk {
  readonly api = new Api();
  readonly session = new Session(this.api);
  readonly router = new Router();
  readonly toasts = new Toasts();
  readonly preferences = new Preferences(this.api);
  readonly directory = new Directory(this.api);
  readonly inbox = new Inbox(this.api);
  readonly alerts = new Alerts(this.api);
  readonly reads = new Reads(this.api, this.inbox, this.alerts);
  readonly picks = new Picks();
  readonly offers = new Offers();
  readonly conflicts = new Conflicts();
  readonly outgoing = new Outgoing(this.api, this.conflicts);
  readonly casefile = new Casefile(this.api, this.outgoing);
  readonly labels = new Labels(this.api);
  readonly macros = new Macros(this.api);
  readonly presence = new Presence(this.api, () => this.session.me?.user.id);
  readonly visitor = new Visitor(this.api);
  readonly today = new Today(this.api);
  readonly tasks = new Tasks(this.api);
  readonly saved = new SavedViews(this.api);
  readonly device = new Device(this.api);
  readonly badge = new Badge(this.api);
  readonly start = new Start(this.api, this.session, this.directory, this.preferences);
  readonly drafts = new Drafts(this.api, listenerOf(this));
  readonly begun = new Begin(this.api, toldOf(this));
  readonly views = $derived([...viewsOf(this.directory.teams, t), ...this.saved.lists]);
  readonly view = $derived(
    this.views.find((view) => view.id === this.router.place.view) ?? this.views[0],
  );
  /** What stands in the place of list and case: search, somebody's page. */
  readonly page = $derived(pageOf(this.router.place.view));
  /** The case that is open, as the address names it. */
  readonly reference = $derived(this.page ? null : this.router.place.reference);
  /** What the list asks for: its view's filter, or what is filtered in place of it. */
  readonly filter = $derived(this.inbox.filterFor(this.view?.id, this.view?.filter ?? {}));
  /** The list that was open last: where one comes back to from a page. */
  lastList = 'ours';
  isFiltering = $state(false);
  isOnline = $state(true);
  /** The customer's pane: beside the case, or on a narrow screen over it. */
  hasCustomer = $state(WIDE.matches);
  hasKeys = $state(false);
  /** What stands in the palette when it opens; null: it's not there. */
  palette = $state<string | null>(null);
  /** What of the open case goes on paper; null: nobody asked. */
  printing = $state<'customer' | 'withTeam' | null>(null);
  /** The list that is being given a name. */
  saving = $state.raw<CaseFilter | null>(null);
  /** The view whose name or filter is being changed. */
  editing = $state.raw<SavedView | null>(null);
  /** Those of whom is asked until when they are snoozed. */
  snoozing = $state.raw<readonly Case[] | null>(null);
  /** Those whose priority is asked for. */
  deciding = $state.raw<readonly Case[] | null>(null);
  /** The promise that is moved or withdrawn, outside of its card. */
  settling = $state.raw<{ of: CustomerPromise; act: 'move' | 'withdraw' } | null>(null);
  /** The case that can't be closed before somebody says what becomes of what it owes. */
  closing = $state.raw<{ of: Case; owed: readonly CustomerPromise[] } | null>(null);
  /** The case that is to become part of another one, or what is to be moved out of it. */
  merging = $state.raw<{ of: Case; items: readonly string[] } | null>(null);
  /** What was looked for last, and the hit that was opened: back leads there. */
  sought = $state.raw<{ query: string; hit: string } | null>(null);
  /** A page with a list of its own walks through that one. */
  walk: ((by: 1 | -1) => void) | null = null;
  /** Takes the first proposal of who is the same person; somebody's page sets it. */
  join: (() => void) | null = null;
  /** Refuses it. */
  keepApart: (() => void) | null = null;
  /** What keys do with the task that is open; its page sets it. */
  task: { take: () => void; finish: () => void } | null = null;
  /** Of which case a task is given to somebody; an empty id: of none. */
  giving = $state.raw<{ caseId: string } | null>(null);
  /** Puts the cursor in the field of search, when that page is open already. */
  seek: () => void = () => {};
  /** Puts the cursor where the customer is chosen who is written to, when that page is open. */
  beginHere: () => void = () => {};
  /** The ways to the customer of the open case; its composer sets them. */
  ways = $state.raw<{
    open: readonly Way[];
    take: (way: Way) => void;
    next: () => void;
  } | null>(null);
  /** Puts the cursor where one writes; the composer of the open case sets it. */
  write: (audience: Audience) => void = () => {};
  /** Asks what the answer promises beside what its text says; null without a composer. */
  promise: (() => void) | null = null;
  /** The case that is given another title. */
  renaming = $state.raw<Case | null>(null);
  /** What can be done with what stands in the composer of the open case; it sets it. */
  composer = $state.raw<Offer | null>(null);
  /** Puts the words of a macro where one writes; null without a composer. */
  insert = $state.raw<((macro: Macro) => void) | null>(null);
  /** Pages that follow what happens. */
  #followers = new Set<(event: Event | null) => void>();
  #live = new Live();
  #hasLine = false;
  /** What is about to be asked. */
  #toAsk = 0;
  /** Where one was, and before what is only looked at in passing. */
  #last: Place = { view: 'ours', reference: null };
  #before = new Map<Page, Place>();
  #isBack = false;

  /** Follows what happens, as long as somebody is logged in; stops with the returned function. */
  listen(): () => void {
    WIDE.onchange = () => (this.hasCustomer = WIDE.matches);
    this.#live.onLine = (isOpen) => {
      // Whatever happened while the line was down, or before it was there, is asked for, not guessed.
      if (isOpen && !this.isOnline) this.#catchUp();
      else if (isOpen && !this.#hasLine) this.#lookAgain();
      this.#hasLine ||= isOpen;
      this.isOnline = isOpen;
      if (isOpen) this.presence.refresh();
    };
    this.#live.onEvent = (event) => this.#happened(event);
    this.#live.onPresence = () => {
      this.presence.refresh();
      this.visitor.refresh();
    };
    this.#live.onLoggedOut = () => this.api.onLoggedOut();
    this.#live.start();
    // The browser knows sooner than a silent line does.
    const lost = () => (this.isOnline = false);
    const found = () => this.#live.start();
    addEventListener('offline', lost);
    addEventListener('online', found);
    this.saved.onGone = (view) => tellGone(this, view);
    this.alerts.onNew = (alert) => tellAlert(this, alert);
    const leaveOutgoing = followOutgoing(this);
    const leaveBegun = this.begun.follow(this.session.me?.user.id ?? '');
    this.session.beforeLogout = () => this.begun.hurry();
    const leaveDrafts = this.drafts.follow(this.session.me?.user.id ?? '');
    const leaveBadge = this.badge.follow(this.session.me?.user.id ?? '');
    return () => {
      leaveOutgoing();
      leaveDrafts();
      leaveBegun();
      this.session.beforeLogout = () => Promise.resolve();
      leaveBadge();
      removeEventListener('offline', lost);
      removeEventListener('online', found);
      this.#live.stop();
    };
  }

  /** Tells a page what happens, and with null that anything may have; until what it returns is called. */
  follow(heard: (event: Event | null) => void): () => void {
    this.#followers.add(heard);
    return () => this.#followers.delete(heard);
  }

  #happened(event: Event) {
    this.badge.happened(event.kind);
    this.directory.happened(event);
    this.saved.happened(event);
    for (const heard of this.#followers) heard(event);
    // Who is called otherwise now is so in all of his cases.
    if (NAMED.has(event.kind)) {
      this.inbox.refresh();
      void this.casefile.refresh();
    }
    if (event.kind.startsWith('task.')) {
      this.tasks.happened(event);
      this.alerts.happened(event);
    }
    if (!event.case_id) return;
    this.drafts.happened(event.case_id);
    this.inbox.refresh();
    this.saved.refresh();
    this.alerts.happened(event);
    this.today.happened(event);
    this.start.refresh();
    this.casefile.forget(event.case_id);
    // Of a case that was merged into another one, or moved from, both are meant.
    const { now } = this.casefile;
    if (now && (event.case_id === now.id || event.about === now.id))
      void this.casefile.refresh(event.about);
  }

  /** Asks for all that stands on the desk once more, as if it were opened anew. */
  readAgain() {
    void this.api.getMe().catch(() => {});
    void this.preferences.load().catch(() => {});
    this.#catchUp();
  }

  #catchUp() {
    void this.outgoing.flush();
    this.drafts.catchUp();
    this.directory.refresh();
    this.#lookAgain();
  }

  #lookAgain() {
    for (const heard of this.#followers) heard(null);
    this.inbox.refresh();
    this.saved.refresh();
    this.alerts.refresh();
    this.today.refresh();
    this.tasks.refresh();
    this.casefile.forget();
    void this.casefile.refresh();
  }

  /** In a fresh installation the inbox gives way to the first steps, once a visit. */
  greet() {
    const { view, reference } = this.router.place;
    // Who is there already has been greeted.
    const isThere = view === 'start' || (view === 'ours' && !reference);
    if (isThere && this.start.greet() && view !== 'start')
      this.router.replace({ view: 'start', reference: null });
  }

  /** The open case becomes one's own. */
  async take() {
    if (this.task) return this.task.take();
    if (this.picks.ids.size > 0) return this.takeAll(this.picked);
    const me = this.session.me?.user.id;
    const now = await this.#open();
    if (me && now) await changeOpen(this, now, { assignee_id: me });
  }

  /** The open case as it is once it has come; one that doesn't says so. */
  async #open(): Promise<Case | null> {
    await this.casefile.settled();
    const { now } = this.casefile;
    if (!now && this.reference) this.toasts.warn(t('case.failed'));
    return now;
  }

  /** Those of the list that are picked; without any, keys mean the case that is open. */
  get picked(): Case[] {
    return this.picks.of(this.inbox.cases);
  }

  takeAll(cases: readonly Case[]) {
    const me = this.session.me?.user.id;
    if (me) void changeMany(this, cases, { assignee_id: me });
  }

  /** Picks the open case, or all up to it. */
  async pick(isRange: boolean) {
    await this.casefile.settled();
    const { now } = this.casefile;
    if (!now || this.page || !this.session.can('case:write')) return;
    if (isRange) this.picks.range(now.id, this.inbox.cases);
    else this.picks.toggle(now.id);
  }

  /** Unread again, or read. */
  async switchRead() {
    await this.casefile.settled();
    const { now } = this.casefile;
    const { picked } = this;
    if (picked.length > 0) {
      void changeMany(this, picked, { is_unread: !picked.some((one) => one.is_unread) });
    } else if (now) void this.attempt(this.reads.toggle(now));
  }

  /** Closes the open case, or opens it again. */
  async finish() {
    if (this.task) return this.task.finish();
    if (this.picks.ids.size > 0) return void changeMany(this, this.picked, { status: 'done' });
    const now = await this.#open();
    if (now?.status === 'done') await changeOpen(this, now, { status: 'open' });
    else if (now && (await close(this, now))) await this.sayOpenTasks(now.id);
  }

  /** What is still done for a case that was closed goes on: one is told, and comes to it. */
  async sayOpenTasks(caseId: string) {
    if (!this.session.can('task:read')) return;
    const ask = this.api.getTasks({ case: caseId, state: 'open', limit: 50 });
    const { items } = await ask.catch(() => ({ items: [] }));
    const [first] = items;
    if (!first) return;
    this.toasts.say(t('case.openTasks', { n: items.length }), {
      label: t('case.showTasks'),
      leads: true,
      run: () => this.router.go({ view: 'tasks', reference: first.id }),
    });
  }

  /** Opens the palette where only one kind of command fits, for the picked or the open case. */
  choose(command: 'palette.assign') {
    if (this.casefile.now || this.picks.ids.size > 0) this.palette = t(command, { name: '' });
  }

  /** Asks until when the picked cases, or the open one, are snoozed. */
  async snooze() {
    this.snoozing = (await this.#asking(this.#meant())) ?? this.snoozing;
  }

  /** Asks which priority they have. */
  async prioritise() {
    this.deciding = (await this.#asking(this.#meant())) ?? this.deciding;
  }

  /** Is something asked about a case, also when it doesn't stand there yet? */
  get isAsking(): boolean {
    const { snoozing, deciding, renaming, giving, merging, closing, settling } = this;
    const asked = [snoozing, deciding, renaming, giving, merging, closing, settling];
    return this.#toAsk > 0 || asked.some((one) => one !== null);
  }
  async #asking<T>(work: Promise<T>): Promise<T> {
    this.#toAsk++;
    return work.finally(() => this.#toAsk--);
  }

  /** The picked cases, else the open one; null where there are none, or nothing may be done to them. */
  async #meant(): Promise<readonly Case[] | null> {
    if (!this.session.can('case:write')) return null;
    if (this.picks.ids.size > 0) return this.picked;
    await this.casefile.settled();
    return this.casefile.now && !this.page ? [this.casefile.now] : null;
  }

  /** Asks what the open case is to be called. */
  async rename() {
    await this.#asking(this.casefile.settled());
    if (this.casefile.now && !this.page && this.session.can('case:write'))
      this.renaming = this.casefile.now;
  }

  /** Asks what somebody has to do for the open case; on the page of tasks for none. */
  async giveTask() {
    if (!this.session.can('task:write')) return;
    if (!this.page) await this.#asking(this.casefile.settled());
    const { now } = this.casefile;
    if (this.page === 'tasks') this.giving = { caseId: '' };
    else if (now && !this.page) this.giving = { caseId: now.id };
  }

  async openJourney() {
    await this.casefile.settled();
    const { now } = this.casefile;
    if (now && !this.page) this.router.go({ view: 'journey', reference: now.reference });
  }

  /** Asks which case the open one is to become part of. */
  async merge() {
    await this.#asking(this.casefile.settled());
    const { now } = this.casefile;
    if (now && this.session.can('case:write')) this.merging = { of: now, items: [] };
  }

  /** The likeliest case that the open one may be part of: it is, or it isn't. */
  async decide(isPart: boolean) {
    await this.casefile.settled();
    const { now } = this.casefile;
    const proposal = now?.proposals?.[0];
    if (!now || !proposal || !this.session.can('case:write')) return;
    const into = { id: proposal.to_case_id, reference: proposal.reference };
    await (isPart ? merge(this, now, into) : refuse(this, now, proposal));
  }

  async copyReference() {
    await this.casefile.settled();
    const { now } = this.casefile;
    if (!now || !(await this.attempt(navigator.clipboard.writeText(now.reference)))) return;
    this.toasts.say(t('case.copied', { reference: now.reference }));
  }

  /** The views by their place, from 1. */
  goToView(place: number) {
    const view = this.views[place - 1];
    if (view) this.router.go({ view: view.id, reference: null });
  }

  /** Opens the case before or behind the one that is open, in the view that was asked for last. */
  async step(by: 1 | -1) {
    if (this.page) return this.walk?.(by);
    await tick();
    await this.inbox.settled();
    const { view, reference } = this.router.place;
    const next = this.inbox.beside(reference, by);
    if (!next) return;
    // It is being read while the list is drawn anew.
    this.casefile.expect(next.reference);
    this.router.go({ view, reference: next.reference });
  }

  /** From a case to its list, from a page to the desk. */
  back() {
    if (this.picks.ids.size > 0) return this.picks.clear();
    const { reference, query } = this.router.place;
    // What was opened from the results of a search leads back to them.
    if (!this.page && this.sought && query?.startsWith('at='))
      return this.router.go({ view: 'search', reference: null, query: this.sought.query });
    if (this.page === 'journey') return this.router.go({ view: this.lastList, reference });
    const before = this.page && this.#before.get(this.page);
    this.#isBack = true;
    if (before) return this.router.go(before);
    const view = this.page ? this.lastList : (this.view?.id ?? 'ours');
    this.router.go({ view, reference: null });
  }

  /** Remembers where Esc leads back to. */
  passed() {
    const { place } = this.router;
    const isOther = pageOf(this.#last.view) !== this.page;
    if (isOther && !this.#isBack && this.page && PASSING.has(this.page))
      this.#before.set(this.page, this.#last);
    this.#isBack = false;
    this.#last = place;
  }

  /** Writes to somebody first; `person`: to that one. */
  begin(person?: string) {
    if (!this.session.can('case:write')) return;
    if (this.page === 'new' && !person) return this.beginHere();
    const query = person ? `person=${encodeURIComponent(person)}` : '';
    this.router.go({ view: 'new', reference: null, query });
  }

  /** The case of what we owe next, broken or not. */
  async nextPromise() {
    const ask = async () => {
      const { items } = await this.api.getPromises({ limit: 1 });
      const view = items[0] ? 'all' : 'promises';
      this.router.go({ view, reference: items[0]?.reference ?? null });
    };
    await this.attempt(ask());
  }

  search() {
    if (this.page === 'search') this.seek();
    else this.router.go({ view: 'search', reference: null });
  }

  /** Does it, and says so when it doesn't work. */
  async attempt(work: Promise<unknown>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      this.toasts.warn(wordsOf(error));
      return false;
    }
  }
}

export function provideDesk(): Desk {
  return setContext(KEY, new Desk());
}
export function useDesk(): Desk {
  return getContext<Desk>(KEY);
}
