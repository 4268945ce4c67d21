// device.svelte.ts — this browser as a device: the desk without a line, on the home screen, and
// telling its user something while it's closed.
import { kept, type Api, type Device as Known } from '@gestand/sdk';
import type { Router } from './router.svelte';
import { texts } from './text.svelte';

export const NOTICES = ['assigned', 'answered', 'mentioned', 'woke', 'promise'] as const;
export type Notice = (typeof NOTICES)[number];
export type Notices = Record<Notice, boolean>;
export const ALL_NOTICES: Notices = {
  assigned: true,
  answered: true,
  mentioned: true,
  woke: true,
  promise: true,
};

/** What the browser offers before it asks whether the desk belongs on the home screen. */
interface InstallEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}
interface Policy {
  createScriptURL(address: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: Policy): Policy;
}

const WORKER = '/worker.js';

/** A page may make it once, however often the desk is made anew. */
let policy: Policy | null = null;

/** The page's own policy lets only this one script be a worker. */
function workerAddress(): string {
  const factory = (window as { trustedTypes?: PolicyFactory }).trustedTypes;
  const rules = { createScriptURL: () => WORKER };
  policy ??= factory?.createPolicy('gestand-worker', rules) ?? rules;
  return policy.createScriptURL(WORKER);
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker?.getRegistration();
  return (await registration?.pushManager?.getSubscription()) ?? null;
}

/** Whoever logs out leaves nothing to read here, and is told nothing more. */
export async function forgetDevice() {
  await kept.forget().catch(() => {});
  const left = await subscription().catch(() => null);
  await left?.unsubscribe().catch(() => false);
}

/** By which its user knows it among his others: the browser's and the system's own words. */
function nameOf(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)/.exec(agent)?.[1] ?? '';
  const system = /(Android|iPhone|iPad|Windows|Mac|Linux)/.exec(agent)?.[1] ?? '';
  return [browser.replace('Edg', 'Edge').replace('OPR', 'Opera'), system].join(' ').trim() || '?';
}

export class Device {
  /** Can the browser put it on the home screen now? */
  offer = $state.raw<InstallEvent | null>(null);
  isInstalled = $state(matchMedia('(display-mode: standalone)').matches);
  /** What this device is told; null: nothing. */
  notices = $state.raw<Notices | null>(null);
  isRefused = $state(false);
  readonly canTell =
    'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  #place = '';

  constructor(private api: Api) {
    // The browser asks only when its user does, in the settings.
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.offer = event as InstallEvent;
    });
    addEventListener('appinstalled', () => {
      this.isInstalled = true;
      this.offer = null;
    });
  }

  /** Once somebody is logged in; stops with the returned function. `again` reads what a worker that
   * has only now taken charge couldn't keep. */
  follow(router: Router, userId: string, again: () => void): (() => void) | undefined {
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
    if (!navigator.serviceWorker.controller)
      navigator.serviceWorker.addEventListener('controllerchange', again, { once: true });
    this.#place = `gestand.notices.${userId}`;
    void navigator.serviceWorker.register(workerAddress()).catch(() => {});
    void this.#resume().catch(() => {});
    const asked = ({ data }: MessageEvent<unknown>) => {
      const reference = (Object(data) as { open?: unknown }).open;
      if (typeof reference === 'string') router.go({ view: 'all', reference });
    };
    navigator.serviceWorker.addEventListener('message', asked);
    return () => navigator.serviceWorker.removeEventListener('message', asked);
  }

  async install() {
    const offer = this.offer;
    this.offer = null;
    if (offer && (await offer.prompt()).outcome === 'accepted') this.isInstalled = true;
  }

  /** Asks the browser first, which may refuse: then nothing is told. */
  async tell(notices: Notices) {
    this.isRefused = (await Notification.requestPermission()) !== 'granted';
    if (this.isRefused) return;
    await this.#subscribe(notices);
    localStorage.setItem(this.#place, JSON.stringify(notices));
  }

  async tellNothing(known: Known | undefined) {
    localStorage.removeItem(this.#place);
    this.notices = null;
    if (known) await this.api.deleteMeDevicesById(known.id);
    await (await subscription())?.unsubscribe();
  }

  /** A new session is a new device to the server: who wanted to be told here is told on. */
  async #resume() {
    const stored = localStorage.getItem(this.#place);
    if (!stored || !this.canTell || Notification.permission !== 'granted') return;
    // Kept by an earlier version, it doesn't say all.
    await this.#subscribe({ ...ALL_NOTICES, ...(JSON.parse(stored) as Partial<Notices>) });
  }

  async #subscribe(notices: Notices) {
    const registration = await navigator.serviceWorker.ready;
    const { key } = await this.api.getMePushKey();
    const options = { userVisibleOnly: true, applicationServerKey: key };
    const { endpoint, keys } = (await registration.pushManager.subscribe(options)).toJSON();
    await this.api.putMeDevices({
      name: nameOf(navigator.userAgent),
      language: texts.language,
      endpoint: endpoint ?? '',
      p256dh: keys?.p256dh ?? '',
      auth: keys?.auth ?? '',
      notify_assigned: notices.assigned,
      notify_answered: notices.answered,
      notify_mentioned: notices.mentioned,
      notify_woke: notices.woke,
      notify_promise: notices.promise,
    });
    this.notices = notices;
  }
}
