// main.ts — the chat as one sees it, inside its frame; or as a page of its own.
import { Api, type Item } from './api';
import { Chat, type Waiting } from './chat';
import { button, h } from './dom';
import { Room } from './room';
import { language, speak, t } from './texts';

const base = location.pathname.replace(/\/$/, '');
const isFramed = parent !== window;
const root = document.body;
const log = h('div', { id: 'log', role: 'log', tabindex: '0' });
const notes = h('p', { id: 'notes', role: 'status' });
const status = h('span', { id: 'state' });
const title = h('h1', { class: 'vh' });
const name = h('strong');
const text = h('textarea', { id: 'text', rows: '1' });
const note = (words: string) => (notes.textContent = words);
const textMax = () => chat.site.text_max;
const room = new Room(text, textMax, note);
const file = h('input', { type: 'file', multiple: true, hidden: true, tabindex: '-1' });
const launcher = button('', 'chat', () => show(true), { id: 'launcher' });
const count = h('b', { id: 'count', 'aria-hidden': 'true' });
const menu = h('div', { id: 'menu', hidden: true });
const panel = h('section', { id: 'panel', hidden: true });
const shown = new Map<string, HTMLElement>();
const IDLE_MS = 5000;
let idle: ReturnType<typeof setTimeout> | undefined;
let wantsOpen = false;
let isReady = false;

/** A private conversation is another one than what this browser may have begun itself. */
const own = /^#plk_[0-9a-z]+$/.exec(location.hash)?.[0] ?? '';
const chat = new Chat(new Api(base), `gestand${base}${own}`, draw, ring);

/* --- what is drawn ----------------------------------------------------------------------- */

function momentOf(at: string) {
  return new Date(at).toLocaleString(language, {
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
}

function stateOf(): string {
  const { news, site } = chat;
  if (chat.isBlocked) return t('blocked');
  if (chat.isFast) return t('fast');
  if (chat.isLost || !navigator.onLine) return t('offline');
  if (news?.colleague) {
    const name = news.colleague;
    return t(news.colleague_state === 'typing' ? 'types' : 'reads', { name });
  }
  if (news?.is_open ?? site.is_open) return t('here');
  const when = news?.opens_at ?? site.opens_at;
  return when ? t('away', { when: momentOf(when) }) : t('closed');
}

async function save(path: string, name: string) {
  const blob = await (await chat.api.ask('GET', path)).blob();
  const url = URL.createObjectURL(blob);
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function bubbleOf(item: Item) {
  const isOwn = item.direction === 'in';
  const who = isOwn ? t('you') : (item.author ?? chat.site.title);
  const bubble = h('div', { class: isOwn ? 'b me' : 'b' }, h('span', { class: 'who' }, `${who}: `));
  for (const part of item.text.split(/(https?:\/\/[^\s<>"]+)/))
    if (/^https?:/.test(part))
      bubble.append(h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part));
    else bubble.append(part);
  for (const { id, name } of item.files)
    bubble.append(
      h(
        'button',
        { type: 'button', class: 'file', click: () => void save(`files/${id}`, name) },
        name,
      ),
    );
  return bubble;
}

function waitingOf({ text: said, files, isRefused }: Waiting) {
  const names = (files ?? []).map((one) => one.name).join(', ');
  const how = t(isRefused ? 'failed' : 'waiting');
  return h('div', { class: 'b me wait' }, said || names, h('small', {}, how));
}

/** What stands there stays: a reader that speaks hears only what is new. */
function drawLog() {
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const keys = new Set<string>();
  const put = (key: string, make: () => HTMLElement) => {
    keys.add(key);
    let element = shown.get(key);
    if (!element) shown.set(key, (element = make()));
    return element;
  };
  const all: HTMLElement[] = [];
  if (chat.site.greeting)
    all.push(put('greeting', () => h('div', { class: 'b' }, chat.site.greeting ?? '')));
  for (const item of chat.items) all.push(put(`i${item.position}`, () => bubbleOf(item)));
  if (chat.news?.is_seen && chat.items.at(-1)?.direction === 'in')
    all.push(put('seen', () => h('small', { class: 'seen' }, t('seen'))));
  for (const one of chat.outbox) all.push(put(`w${one.id}${one.isRefused}`, () => waitingOf(one)));
  for (const [key, element] of shown)
    if (!keys.has(key)) {
      element.remove();
      shown.delete(key);
    }
  all.forEach((element, i) => {
    if (log.children[i] !== element) log.insertBefore(element, log.children[i] ?? null);
  });
  if (isAtEnd) log.scrollTop = log.scrollHeight;
}

function draw() {
  if (!isReady) return;
  const { unread } = chat;
  status.textContent = stateOf();
  count.textContent = unread > 0 ? String(unread) : '';
  launcher.setAttribute('aria-label', unread > 0 ? t('openUnread', { n: unread }) : t('open'));
  drawLog();
  const form = document.getElementById('offline');
  if (chat.needsAddress && !form) panel.insertBefore(offlineForm(), composer);
  if (!chat.needsAddress) form?.remove();
  composer.hidden = chat.needsAddress || chat.isBlocked;
}

function ring() {
  if (!chat.hasSound || (chat.isOpen && !document.hidden)) return;
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const gain = audio.createGain();
  gain.gain.value = 0.05;
  tone.connect(gain).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.15);
  tone.onended = () => void audio.close();
}

function show(isOpen: boolean) {
  chat.isOpen = isOpen;
  panel.hidden = !isOpen;
  launcher.hidden = isOpen;
  if (isFramed) parent.postMessage({ gestand: 'size', isOpen }, '*');
  if (isOpen) {
    log.scrollTop = log.scrollHeight;
    (composer.hidden ? (panel.querySelector('form input') as HTMLElement) : text)?.focus();
    void chat.begin(language).catch(() => {});
  } else {
    launcher.focus();
  }
  void chat.say();
  draw();
}

/* --- what one does ------------------------------------------------------------------------ */

function send() {
  const said = text.value.trim();
  if (!said || !room.fits()) return;
  text.value = '';
  room.fits();
  text.style.height = '';
  log.scrollTop = log.scrollHeight;
  chat.write(said);
}

/** All of them, or none and the reason: nobody has to look which of his files went. */
function attach(files: Iterable<File>) {
  const all = [...files];
  if (all.length === 0) return;
  const { file_mb, files_max } = chat.site;
  const large = all.find(({ size }) => size > file_mb * 2 ** 20);
  if (all.length > files_max) return note(t('tooMany', { n: all.length, max: files_max }));
  if (large) return note(t('tooLarge', { name: large.name, n: file_mb }));
  note('');
  chat.write('', all);
}

const composer = h(
  'form',
  { id: 'composer', submit: (event) => (event.preventDefault(), send()) },
  file,
);
file.addEventListener('change', () => {
  attach(file.files ?? []);
  file.value = '';
});
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
text.addEventListener('input', () => {
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight, 120)}px`;
  void chat.say(text.value !== '');
  // What is said of typing lapses: who stops is still here.
  clearTimeout(idle);
  idle = setTimeout(() => void chat.say(), IDLE_MS);
});
text.addEventListener('paste', (event) => attach(event.clipboardData?.files ?? []));
panel.addEventListener('dragover', (event) => event.preventDefault());
panel.addEventListener('drop', (event) => {
  event.preventDefault();
  attach(event.dataTransfer?.files ?? []);
});
addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape' || !chat.isOpen) return;
  if (!menu.hidden) showMenu(false);
  else if (isFramed) show(false);
});

function field(label: string, id: string, type: string, needed = false) {
  const input = h('input', {
    id,
    type,
    required: needed,
    autocomplete: type === 'email' ? 'email' : 'name',
  });
  return { input, all: h('div', { class: 'field' }, h('label', { for: id }, label), input) };
}

function isAddress(address: string) {
  return /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(address);
}

function offlineForm() {
  const name = field(t('name'), 'off-name', 'text');
  const email = field(t('email'), 'off-email', 'email', true);
  const message = h('textarea', { id: 'off-text', rows: '4', required: true });
  const error = h('p', { class: 'error', role: 'alert' });
  const room = new Room(message, textMax, (words) => (error.textContent = words));
  const form = h(
    'form',
    { id: 'offline', novalidate: true },
    h('p', {}, chat.site.offline_text ?? t(chat.site.has_mail ? 'leave' : 'leaveHere')),
    name.all,
    email.all,
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'off-text' }, t('message')),
      message,
      room.counter,
    ),
    error,
    h('button', { type: 'submit', class: 'pri' }, t('send')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    error.textContent = isAddress(email.input.value) ? '' : t('badEmail');
    if (error.textContent) return email.input.focus();
    if (!message.value.trim() || !room.fits()) return message.focus();
    void (async () => {
      await chat.begin(language);
      const contact = { email: email.input.value, name: name.input.value || undefined };
      await chat.api.ask('PUT', 'contact', contact);
      await chat.refresh();
      chat.write(message.value.trim());
      notes.textContent = t(chat.site.has_mail ? 'kept' : 'keptHere');
    })().catch(() => (error.textContent = t('offline')));
  });
  return form;
}

function showMenu(isOpen: boolean) {
  menu.hidden = !isOpen;
  more.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) fillMenu();
  if (isOpen) (menu.querySelector('button, input') as HTMLElement).focus();
  else more.focus();
}

function mailForm(path: string, label: string, done: string) {
  const email = field(t('email'), `mail-${path}`, 'email', true);
  email.input.value = chat.news?.email ?? '';
  const form = h('form', { novalidate: true }, email.all, h('button', { type: 'submit' }, label));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!isAddress(email.input.value)) {
      notes.textContent = t('badEmail');
      return email.input.focus();
    }
    void chat.api.ask(path === 'contact' ? 'PUT' : 'POST', path, { email: email.input.value }).then(
      () => ((notes.textContent = done), showMenu(false)),
      () => (notes.textContent = t('notMailed')),
    );
  });
  return form;
}

function fillMenu() {
  const sound = h('input', { id: 'sound', type: 'checkbox' });
  sound.checked = chat.hasSound;
  sound.addEventListener('change', () => {
    chat.hasSound = sound.checked;
    chat.keep();
  });
  menu.replaceChildren(
    h('div', { class: 'check' }, sound, h('label', { for: 'sound' }, t('sound'))),
  );
  if (chat.site.has_mail && chat.items.length > 0) {
    menu.append(mailForm('transcript', t('transcript'), t('mailed')));
    if (!chat.news?.email) menu.append(mailForm('contact', t('keepMail'), t('kept')));
  }
  if (chat.api.token) menu.append(h('button', { type: 'button', click: askForget }, t('forget')));
}

function askForget() {
  menu.replaceChildren(
    h('p', {}, t('forgetSure')),
    h(
      'button',
      {
        type: 'button',
        class: 'danger',
        click: () => void chat.forget().then(() => showMenu(false)),
      },
      t('yes'),
    ),
    h('button', { type: 'button', click: () => showMenu(false) }, t('no')),
  );
  (menu.querySelector('button') as HTMLElement).focus();
}

const more = button('', 'more', () => showMenu(menu.hidden), {
  id: 'more',
  'aria-expanded': 'false',
  'aria-controls': 'menu',
});

/* --- beginning ---------------------------------------------------------------------------- */

function build() {
  const { site } = chat;
  if (site.colour) document.documentElement.style.setProperty('--site', site.colour);
  document.title = site.title;
  title.textContent = name.textContent = site.title;
  log.setAttribute('aria-label', t('log'));
  text.placeholder = t('write');
  for (const label of ['aria-label', 'title']) more.setAttribute(label, t('more'));
  const close = button(t('close'), 'small', () => show(false), { id: 'close' });
  const attachButton = button(t('attach'), 'clip', () => file.click(), { id: 'attach' });
  const sendButton = button(t('send'), 'send', send, { id: 'send' });
  composer.append(
    attachButton,
    h('label', { for: 'text', class: 'vh' }, t('write')),
    text,
    sendButton,
    room.counter,
  );
  panel.append(
    h('header', {}, h('div', {}, name, status), more, ...(isFramed ? [close] : [])),
    menu,
    log,
    notes,
    composer,
  );
  launcher.append(count);
  root.append(h('main', {}, title, ...(isFramed ? [launcher] : []), panel));
  isReady = true;
  draw();
  if (wantsOpen || !isFramed) show(true);
}

addEventListener('message', ({ source, data }: MessageEvent) => {
  if (!isFramed || source !== parent || data?.gestand !== 'page') return;
  chat.page = String(data.page ?? '').slice(0, 2000);
  if (!isReady) speak(data.language as string);
  if (data.token) chat.identify(String(data.token));
  if (data.open && isReady) show(true);
  wantsOpen ||= data.open === true;
  void chat.say();
});
document.addEventListener('visibilitychange', () => void chat.say(false, document.hidden));
addEventListener('pagehide', () => void chat.say(false, true));
addEventListener('online', () => (draw(), void chat.flush()));
addEventListener('offline', draw);
setInterval(() => chat.isOpen && !document.hidden && void chat.say(), 60_000);
log.addEventListener('scroll', () => void chat.say());

async function begin() {
  speak(navigator.language);
  if (isFramed) parent.postMessage({ gestand: 'ready' }, '*');
  // What the page around says of its language comes first.
  await Promise.all([chat.start(), new Promise((next) => setTimeout(next, isFramed ? 60 : 0))]);
  build();
}
begin().catch(() => setTimeout(() => location.reload(), 30_000));
