// speed.js URL EMAIL PASSWORD [ROUNDS] — how fast the desk of a server is: one line a figure,
// NAME VALUE LIMIT ok|short. `bench/run desk` calls it, with a million cases behind the desk.
//
// Everything is measured in a real browser without a graphics card, which shares the machine's cores
// with the server: what is drawn here in software, elsewhere a card draws beside. The clock starts
// when the address is asked for, the button of the mouse or the key goes down, and stops when the
// frame with what was asked for has been painted.
import { chromium } from 'playwright-core';

const [URL_OF_IT, EMAIL, PASSWORD, ROUNDS_WANTED = '40'] = process.argv.slice(2);
const ROUNDS = Number(ROUNDS_WANTED);
const COLD_ROUNDS = Math.max(2, Math.round(ROUNDS / 4));
const MANY_ROWS = ROUNDS < 40 ? 400 : 10_000;
const WINDOW = { viewport: { width: 1440, height: 900 }, locale: 'nl-NL' };
const SCROLL_PIXELS_PER_S = 6000;
const SCROLL_S = 6;
let page;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const list = () => page.getByRole('region', { name: 'Lijst van zaken' });

function at(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

function show(name, value, limit = '', decimals = 0) {
  const bound = Number(limit.replace(/^[<>]=?/, ''));
  const isGood = limit.startsWith('>=') ? value >= bound : value < bound;
  const verdict = limit && (isGood ? ' ok' : ' short');
  console.log(`desk.${name} ${value.toFixed(decimals)} ${limit || '-'}${verdict}`);
}

function showTimes(name, times, limit) {
  show(`${name}.p50_ms`, at(times, 0.5));
  show(`${name}.p95_ms`, at(times, 0.95), limit);
  show(`${name}.longest_ms`, at(times, 1));
}

function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

/* --- from nothing ------------------------------------------------------------------------------ */

async function logIn(browser) {
  const context = await browser.newContext(WINDOW);
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${URL_OF_IT}/`);
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
  return context.storageState();
}

/** In the page, before anything of ours: when the first rows were painted, and when one thing after
 * another could be done again. */
function watchFirst() {
  const look = () => {
    if (document.querySelectorAll('.list li a').length < 5) return requestAnimationFrame(look);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      globalThis.painted = performance.now();
      // A press now waits for whatever still runs.
      setTimeout(() => (globalThis.usable = performance.now()));
    };
    channel.port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

/** A browser that was never here but for who is logged in: no cache, nothing compiled. */
async function measureCold(session) {
  const times = [];
  let weights = { all: 0, fonts: 0 };
  for (let i = 0; i < COLD_ROUNDS; i++) {
    const browser = await launch();
    const context = await browser.newContext({ ...WINDOW, storageState: session });
    page = await context.newPage();
    weights = { all: 0, fonts: 0 };
    const wire = await context.newCDPSession(page);
    const kinds = new Map();
    await wire.send('Network.enable');
    wire.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = kinds.get(requestId);
      if (kind === 'Font') weights.fonts += encodedDataLength;
      else if (kind !== 'Fetch' && kind !== 'XHR') weights.all += encodedDataLength;
    });
    await page.addInitScript(watchFirst);
    await page.goto(`${URL_OF_IT}/desk/ours`);
    await page.waitForFunction(() => globalThis.usable > 0);
    times.push(await page.evaluate(() => globalThis.usable));
    // What comes by itself soon after belongs to the first load, too.
    await pause(1500);
    await browser.close();
  }
  showTimes('cold', times, '<1000');
  show('first_load_kb', weights.all / 1000, '<200', 1);
  show('first_load.fonts_kb', weights.fonts / 1000, '', 1);
}

/* --- from a press to the case ------------------------------------------------------------------ */

/** In the page: from the press to the painted frame in which another case is whole. */
function watch() {
  globalThis.took = [];
  /** The case that the list says is open, by its reference: titles are alike. */
  const open = () => document.querySelector('.list [aria-current="true"]')?.pathname;
  const isWhole = () => {
    const head = document.querySelector('#case header')?.textContent ?? '';
    const reference = open()?.split('/').pop();
    return head.includes(reference) && document.querySelector('#case article') !== null;
  };
  const begin = ({ timeStamp, type, key }) => {
    if (type === 'keydown' && !/^[jk]$/.test(key)) return;
    const before = open();
    const look = () => {
      if (open() === before || !isWhole()) return requestAnimationFrame(look);
      // What comes behind this frame's painting.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => globalThis.took.push(performance.now() - timeStamp);
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  };
  addEventListener('pointerdown', begin, { capture: true });
  addEventListener('keydown', begin, { capture: true });
}

async function took(act) {
  await page.evaluate(() => (globalThis.took = []));
  await act();
  await page.waitForFunction(() => globalThis.took.length > 0);
  return page.evaluate(() => globalThis.took[0]);
}

async function measure(name, act, rounds = ROUNDS) {
  const times = [];
  for (let i = 0; i < rounds; i++) {
    times.push(await took(() => act(i)));
    // Between two looks an agent reads.
    await pause(300);
  }
  showTimes(name, times, '<100');
}

/** Rows are clicked where they are seen; the list scrolls along. */
async function click(place) {
  await list().evaluate((view, n) => {
    const { offsetHeight } = view.querySelector('li');
    view.scrollTop = Math.max(0, (n - 3) * offsetHeight);
  }, place);
  const found = list().locator(`li[aria-posinset="${place + 1}"] a`);
  const { x, y, width, height } = await found.boundingBox();
  await page.mouse.move(700, 5);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.up();
}

async function openView(view) {
  await page.goto(`${URL_OF_IT}/desk/${view}`);
  await list().getByRole('link').nth(5).waitFor();
  await page.evaluate(watch);
  // Warm: one case was open before.
  await click(0);
  await page.locator('#case article').first().waitFor();
  await pause(1000);
}

async function measureOpening() {
  const somewhere = (i) => click(2 + ((i * 7) % 80));
  await openView('ours');
  await measure('open_click', somewhere);
  await measure('open_click_again', somewhere);
  await openView('ours');
  await measure('open_key', () => page.keyboard.press('j'));
  // Of the newest cases every tenth has 200 messages.
  await openView('all');
  const long = await page.evaluate(() =>
    fetch('/api/v1/cases?status=all&sort=newest&limit=100')
      .then((answer) => answer.json())
      .then(({ items }) => items.flatMap((one, i) => (one.messages_n > 100 && i > 0 ? [i] : []))),
  );
  if (long.length > 0) await measure('open_long_click', (i) => click(long[i]), long.length);
}

/* --- a list that is scrolled -------------------------------------------------------------------- */

/** Goes down until so many rows are there. */
async function fillList() {
  const rows = () => list().evaluate((view) => Number(view.querySelector('li').ariaSetSize));
  for (let n = await rows(); n < MANY_ROWS; n = await rows()) {
    await list().evaluate((view) => (view.scrollTop = view.scrollHeight));
    await page.waitForFunction(
      (before) => Number(document.querySelector('.list li').ariaSetSize) > before,
      n,
    );
  }
  return rows();
}

/** In the page: scrolls that fast up or down, and says of each frame how long it was after the one
 * before, how long the page itself worked on it, and whether rows were in sight. */
function scrollAlong([pixelsPerS, seconds]) {
  const view = document.querySelector('.list [role="region"]');
  const box = view.getBoundingClientRect();
  const sign = view.scrollTop > pixelsPerS * seconds ? -1 : 1;
  const from = view.scrollTop;
  const frames = [];
  return new Promise((done) => {
    let began;
    let last;
    const step = (now) => {
      const woke = performance.now();
      began ??= now;
      if (last !== undefined) frames.push({ ms: now - last, work: 0, isBlank: false });
      last = now;
      if (now - began > seconds * 1000) return done(frames);
      view.scrollTop = from + (sign * pixelsPerS * (now - began)) / 1000;
      requestAnimationFrame(step);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const frame = frames.at(-1);
        if (!frame) return;
        frame.work = performance.now() - woke;
        const seen = document.elementFromPoint(box.left + 100, box.top + box.height / 2);
        frame.isBlank = !seen?.closest('li');
      };
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(step);
  });
}

async function measureScrolling() {
  await page.goto(`${URL_OF_IT}/desk/all`);
  await list().getByRole('link').nth(5).waitFor();
  const rows = await fillList();
  await pause(1000);
  const frames = await page.evaluate(scrollAlong, [SCROLL_PIXELS_PER_S, SCROLL_S]);
  const seconds = frames.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  const work = frames.map((frame) => frame.work);
  const every = frames.map((frame) => frame.ms);
  show('scroll.rows', rows);
  show('scroll.frames_per_s', frames.length / seconds, '>=59', 1);
  show('scroll.frame.p95_ms', at(every, 0.95), '<18', 1);
  show('scroll.frame.longest_ms', at(every, 1), '', 1);
  show('scroll.work.p95_ms', at(work, 0.95), '<16.7', 1);
  show('scroll.blank_frames', frames.filter(({ isBlank }) => isBlank).length, '<1');
}

const browser = await launch();
try {
  const session = await logIn(browser);
  const warm = page;
  await measureCold(session);
  page = warm;
  await measureOpening();
  await measureScrolling();
} finally {
  await browser.close();
}
