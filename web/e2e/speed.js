// speed.js [CASES [FOLDER]] — how long from click to content, on a warm desk, with so many cases behind it
// (1,000,000 when left out: making these takes minutes); one line a figure, in milliseconds. What
// is made in a FOLDER is kept for the next run.
//
// It wants the program and bench_generate in one build folder: tools/build test, and
// tools/build test bench/bench_generate. The clock starts when the button of the mouse or the key
// goes down, and stops when the frame with the newest message has been painted.
import { chromium } from 'playwright-core';
import { EMAIL, Gestand, PASSWORD } from './gestand.js';
import { startMailServer } from './mail.js';

const CASES = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = 40;
const LIMIT_MS = 100;

const gestand = new Gestand(process.argv[3]);
const mail = await startMailServer();
let page;

/** In the page: from the press to the painted frame in which the case of that name is whole. */
function watch() {
  globalThis.took = [];
  const isWhole = () => {
    const open = document.querySelector('.list [aria-current="true"] .subject')?.textContent;
    const title = document.querySelector('#case h1')?.textContent;
    return open && open === title && document.querySelector('#case article') !== null;
  };
  const begin = ({ timeStamp, type, key }) => {
    if (type === 'keydown' && !/^[jk]$/.test(key)) return;
    const before = document.querySelector('#case h1')?.textContent;
    const look = () => {
      const isOther = document.querySelector('#case h1')?.textContent !== before;
      if (!isOther || !isWhole()) return requestAnimationFrame(look);
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

function show(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  const verdict = at(0.95) < LIMIT_MS ? 'ok' : 'short';
  const [p50, p95, most] = [at(0.5), at(0.95), at(1)].map((ms) => ms.toFixed(0));
  console.log(`${name} p50 ${p50} p95 ${p95} most ${most} <${LIMIT_MS} ${verdict}`);
}

async function measure(name, act, rounds = ROUNDS) {
  const times = [];
  for (let i = 0; i < rounds; i++) {
    times.push(await took(() => act(i)));
    // Between two looks an agent reads; what was fetched ahead is done by then.
    await new Promise((done) => setTimeout(done, 400));
  }
  show(name, times);
}

/** Rows are clicked where they are seen; the list scrolls along. */
async function row(place) {
  const list = page.getByRole('region', { name: 'Lijst van zaken' });
  await list.evaluate((view, n) => {
    const { offsetHeight } = view.querySelector('li');
    view.scrollTop = Math.max(0, (n - 3) * offsetHeight);
  }, place);
  const found = list.locator(`li[aria-posinset="${place + 1}"] a`);
  const { x, y, width, height } = await found.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

async function click(place, hover = 0) {
  const { x, y } = await row(place);
  await page.mouse.move(700, 5);
  await page.mouse.move(x, y);
  if (hover) await new Promise((done) => setTimeout(done, hover));
  await page.mouse.down();
  await page.mouse.up();
}

async function openView(view) {
  await page.goto(`${gestand.url}/desk/${view}`);
  await page.getByRole('region', { name: 'Lijst van zaken' }).getByRole('link').nth(5).waitFor();
  await page.evaluate(watch);
  // Warm: one case was open before.
  await click(0);
  await page.locator('#case article').first().waitFor();
  await new Promise((done) => setTimeout(done, 1000));
}

async function run() {
  await page.goto(`${gestand.url}/`);
  await page.getByLabel('E-mail').fill(EMAIL);
  await page.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
  await openView('active');
  await measure('open-click', (i) => click(2 + ((i * 7) % 80)));
  await measure('open-click-again', (i) => click(2 + ((i * 7) % 80)));
  await openView('active');
  await measure('open-click-hover', (i) => click(3 + ((i * 7) % 80), 80));
  await openView('active');
  await measure('open-key', () => page.keyboard.press('j'));
  // Of the newest cases every tenth has 200 messages.
  await openView('all');
  const long = await page.evaluate(() =>
    fetch('/api/v1/cases?status=all&sort=newest&limit=100')
      .then((answer) => answer.json())
      .then(({ items }) => items.flatMap((one, i) => (one.messages_n > 100 && i > 0 ? [i] : []))),
  );
  await measure('open-long-click', (i) => click(long[i]), long.length);
}

async function prepare() {
  if (gestand.isThere) return gestand.resume();
  const began = Date.now();
  await gestand.start(mail.port);
  await gestand.fill(CASES);
  console.error(`# ${CASES} cases made in ${Math.round((Date.now() - began) / 1000)} s`);
}

await prepare();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'nl-NL' });
  page.setDefaultTimeout(15_000);
  await run();
} finally {
  await browser.close();
  await gestand.stop();
  mail.stop();
}
