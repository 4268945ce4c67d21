// worker.ts — the service worker: the desk without a line, and what its user is told while it's
// closed. Built into one file of its own by desk/worker.js, which fills in what is in capitals.
//
// Kept are the files of the desk, the lists as they were seen last, and the cases that were opened
// last: never what nobody opened here, never anything of somebody else, nothing behind a logout.

/** The parts of a service worker that are used here; TypeScript can't know page and worker at once. */
interface WindowClient {
  url: string;
  focus(): Promise<WindowClient>;
  postMessage(message: unknown): void;
}
interface LateEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends LateEvent {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface PushedEvent extends LateEvent {
  data: { json(): unknown } | null;
}
interface ClickedEvent extends LateEvent {
  notification: Notification;
}
interface Worker {
  location: Location;
  registration: ServiceWorkerRegistration;
  clients: {
    claim(): Promise<void>;
    matchAll(options: object): Promise<WindowClient[]>;
    openWindow(address: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', run: (event: LateEvent) => void): void;
  addEventListener(kind: 'fetch', run: (event: RequestEvent) => void): void;
  addEventListener(kind: 'push', run: (event: PushedEvent) => void): void;
  addEventListener(kind: 'notificationclick', run: (event: ClickedEvent) => void): void;
}
declare const self: Worker;
/** All files of this version, and a name for it. */
declare const FILES: string[];
declare const VERSION: string;
/** By language, what is said of each kind of notice. */
declare const TEXTS: Record<string, Record<string, string>>;

const SHELL = 'shell-';
const DATA = 'data';
const PAGE = '/';
/** What is that page, too: its own router knows which part of it. */
const DESK = /^\/(desk(\/.*)?)?$/;
/** A page that takes longer comes from what is kept. */
const PATIENCE_MS = 3000;
/** As long as a session lives without being used. */
const KEPT_MS = 14 * 24 * 60 * 60 * 1000;
const CASE = /^\/api\/v1\/cases\/[^/]+$/;
const LIST = /^\/api\/v1\/cases$/;
const ALWAYS = /^\/api\/v1\/(me|me\/preferences|users|teams|channels|labels|views|macros)$/;
/** How many of each are kept, the last ones. */
const KEPT: ReadonlyArray<{ path: RegExp; most: number }> = [
  { path: CASE, most: 50 },
  { path: LIST, most: 20 },
  { path: ALWAYS, most: 20 },
];
const ME = '/api/v1/me';
const DOOR = /^\/api\/v1\/(login|logout)$/;

/** What comes back after a logout is kept no more. */
let round = 0;

async function forget() {
  round++;
  await caches.delete(DATA);
}

/* --- the desk's own files ------------------------------------------------------------------- */

async function install() {
  const shell = await caches.open(SHELL + VERSION);
  await shell.addAll(FILES.map((path) => new Request(path, { cache: 'reload' })));
  await self.skipWaiting();
}

/** The version before stays: a window that is still open may ask for a part of it. */
async function activate() {
  const shells = (await caches.keys()).filter((name) => name.startsWith(SHELL));
  const before = shells.filter((name) => name !== SHELL + VERSION);
  await Promise.all(before.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** The page is asked for each time: an old version is never in the way of a new one. */
async function page(request: Request): Promise<Response> {
  const kept = async () => {
    const shell = await caches.open(SHELL + VERSION);
    return shell.match(PAGE, { ignoreVary: true });
  };
  const late = new Promise<undefined>((done) => setTimeout(done, PATIENCE_MS));
  const fresh = fetch(request);
  const first = await Promise.race([fresh, late.then(kept)]).catch(kept);
  return first ?? fresh;
}

/* --- what the server said last -------------------------------------------------------------- */

async function isSomebodyElse(data: Cache, answer: Response): Promise<boolean> {
  const before = await data.match(ME);
  const idOf = async (one: Response) => ((await one.json()) as { user: { id: string } }).user.id;
  return before !== undefined && (await idOf(before)) !== (await idOf(answer.clone()));
}

async function keep(request: Request, answer: Response, path: RegExp, most: number) {
  const began = round;
  let data = await caches.open(DATA);
  if (new URL(request.url).pathname === ME && (await isSomebodyElse(data, answer))) {
    await caches.delete(DATA);
    data = await caches.open(DATA);
  }
  await data.delete(request);
  await data.put(request, answer);
  const alike = (await data.keys()).filter(({ url }) => path.test(new URL(url).pathname));
  await Promise.all(
    alike.slice(0, Math.max(0, alike.length - most)).map((one) => data.delete(one)),
  );
  if (began !== round) await caches.delete(DATA);
}

async function kept(request: Request): Promise<Response | undefined> {
  const answer = await (await caches.open(DATA)).match(request);
  const at = Date.parse(answer?.headers.get('Date') ?? '');
  return Date.now() - at < KEPT_MS ? answer : undefined;
}

async function data(event: RequestEvent, path: RegExp, most: number): Promise<Response> {
  const { request } = event;
  const began = round;
  try {
    const answer = await fetch(request);
    if (answer.status === 401) await forget();
    if (answer.ok && began === round) event.waitUntil(keep(request, answer.clone(), path, most));
    return answer;
  } catch (error) {
    const last = await kept(request);
    if (last) return last;
    throw error;
  }
}

/** Whoever comes or goes: what was kept is gone before and after. */
async function door(request: Request): Promise<Response> {
  await forget();
  try {
    return await fetch(request);
  } finally {
    await forget();
  }
}

function answer(event: RequestEvent) {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== 'GET') {
    if (DOOR.test(pathname)) event.respondWith(door(request));
    return;
  }
  if (request.mode === 'navigate') {
    if (DESK.test(pathname)) event.respondWith(page(request));
    return;
  }
  if (pathname !== PAGE && FILES.includes(pathname)) return event.respondWith(file(request));
  const rule = KEPT.find(({ path }) => path.test(pathname));
  // What was sought, and the depths of a list, are looked at once.
  const isPassing = /[?&](q|cursor)=/.test(search);
  if (rule && !isPassing) event.respondWith(data(event, rule.path, rule.most));
  else if (pathname.startsWith('/assets/')) event.respondWith(file(request));
}

/* --- what one is told ----------------------------------------------------------------------- */

interface Notice {
  kind: string;
  reference: string;
  language: string;
}

/** Which case and what of it; not a word of the customer, which a lock screen would show. */
async function tell({ kind, reference, language }: Notice) {
  const texts = TEXTS[language] ?? TEXTS.nl ?? {};
  const body = (texts[`push.${kind}`] ?? '{reference}').replace('{reference}', reference);
  await self.registration.showNotification(texts['product'] ?? '', {
    body,
    lang: language,
    // The same again takes the place of the one before.
    tag: `${kind} ${reference}`,
    icon: '/icon-192.png',
    badge: '/badge.png',
    data: { reference },
  });
}

async function open(reference: string) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const desk = windows[0];
  if (!desk) return self.clients.openWindow(`/desk/all/${encodeURIComponent(reference)}`);
  desk.postMessage({ open: reference });
  return desk.focus();
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', answer);
self.addEventListener('push', (event) => {
  const notice = event.data?.json() as Notice | undefined;
  if (notice) event.waitUntil(tell(notice));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data as { reference: string }).reference));
});

export {};
