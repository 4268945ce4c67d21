// chat.js — a visitor on the demo page and a colleague at the desk, live, both ways.
//
// Run alone: node e2e/chat.js. Its pictures stay in e2e/output.
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { EMAIL, Gestand, PASSWORD } from './gestand.js';

const OUTPUT = new URL('output/', import.meta.url).pathname;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
mkdirSync(OUTPUT, { recursive: true });

const gestand = new Gestand();
const tests = [];
const complaints = [];
let browser;
let site;
let desk;
let chat;
let visitor;

const test = (name, run) => tests.push({ name, run });
const check = (isSo, what) => {
  if (!isSo) throw new Error(what);
};
const frameOf = (page) => page.frameLocator('#gestand-chat');
const write = async (said) => {
  await visitor.locator('#text').fill(said);
  await visitor.locator('#text').press('Enter');
};

/** No violation in the frame, in both themes and sizes; a picture of each. */
async function holds(name) {
  for (const colorScheme of ['light', 'dark'])
    for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
      await site.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await site.setViewportSize(viewport);
      await new Promise((done) => setTimeout(done, 200));
      await site.screenshot({ path: `${OUTPUT}${name}-${size}-${colorScheme}.png` });
      const frame = site.frames().find((one) => one.url().includes('/chat/'));
      await frame.evaluate(axe.source);
      const { violations } = await frame.evaluate(() => globalThis.axe.run());
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
      );
      check(found.length === 0, `${name}, ${size}, ${colorScheme}: ${found.join('\n')}`);
    }
  await site.setViewportSize(DESK);
  await site.emulateMedia({ colorScheme: 'light' });
}

test('a visitor opens the chat by the keyboard and writes', async () => {
  await site.goto(`${gestand.url}/demo/${chat}`);
  visitor = frameOf(site);
  await visitor.getByRole('button', { name: 'Open de chat' }).waitFor();
  await holds('chat-closed');
  await visitor.locator('#launcher').focus();
  await site.keyboard.press('Enter');
  await visitor.getByRole('log', { name: 'Berichten' }).waitFor();
  await site.keyboard.type('Geen warm water, ketel knippert E119');
  await site.keyboard.press('Enter');
  await visitor.locator('.b.me:not(.wait)').filter({ hasText: 'E119' }).waitFor();
});

test('the colleague sees it, the answer comes back, and is read', async () => {
  await desk.goto(`${gestand.url}/`);
  await desk.getByLabel('E-mail').fill(EMAIL);
  await desk.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
  await desk.keyboard.press('Enter');
  await desk.getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
  const later = desk.getByRole('button', { name: 'Later' });
  const row = desk.getByRole('region', { name: 'Lijst van zaken' }).getByRole('link').first();
  await Promise.race([row.waitFor(), later.waitFor()]);
  if (await later.isVisible()) await later.click();
  await row.click();
  await desk.getByText('Bezoeker is in de chat').waitFor();
  await desk.keyboard.press('r');
  await desk.keyboard.type('Dag, met Noor. Ik regel het.');
  await visitor.getByText('typt…').waitFor();
  await desk.keyboard.press('Control+Enter');
  await visitor.locator('.b:not(.me)').filter({ hasText: 'Ik regel het' }).waitFor();
  await desk.getByText('gelezen', { exact: true }).waitFor();
  await holds('chat-open');
  await desk.screenshot({ path: `${OUTPUT}chat-at-the-desk.png` });
});

test('what is written without a line goes once when it is back', async () => {
  await site.context().setOffline(true);
  await write('En de verwarming doet het ook niet');
  await visitor.locator('.b.wait').waitFor();
  await site.context().setOffline(false);
  await visitor.locator('.b.me:not(.wait)').filter({ hasText: 'verwarming' }).waitFor();
  await desk.getByText('verwarming doet het ook niet').last().waitFor();
  check(
    (await visitor.locator('.b.me').filter({ hasText: 'verwarming' }).count()) === 1,
    'it stands there twice',
  );
});

test('on another page and after a crash of the server the chat goes on', async () => {
  await site.goto(`${gestand.url}/demo/${chat}#huren`);
  await site.reload();
  visitor = frameOf(site);
  await visitor.locator('#launcher').click();
  await visitor.locator('.b.me').filter({ hasText: 'verwarming' }).waitFor();
  await gestand.kill();
  await write('Bent u daar nog?');
  await visitor.locator('.b.wait').waitFor();
  await gestand.revive();
  await visitor.locator('.b.me:not(.wait)').filter({ hasText: 'Bent u daar' }).waitFor();
  check((await visitor.locator('.b.me').count()) === 3, 'a message is lost or doubled');
});

test('Escape makes it small, and it can be removed', async () => {
  await visitor.locator('#text').press('Escape');
  await visitor.locator('#launcher').waitFor();
  await site.keyboard.press('Enter');
  await visitor.getByRole('button', { name: 'Meer' }).click();
  await holds('chat-menu');
  await visitor.getByRole('button', { name: 'Verwijder dit gesprek bij mij' }).click();
  await visitor.getByRole('button', { name: 'Verwijder', exact: true }).click();
  await visitor.locator('.b.me').first().waitFor({ state: 'detached' });
});

test('outside the opening hours a form takes the address', async () => {
  const now = await gestand.api('GET', `/channels/${chat}`);
  const never = { settings: { hours: 'sun 03:00-03:01' } };
  await gestand.api('PATCH', `/channels/${chat}`, never, { 'If-Match': `"${now.version}"` });
  await site.reload();
  visitor = frameOf(site);
  await visitor.locator('#launcher').click();
  await visitor.getByLabel('Uw mailadres').fill('jan@');
  await visitor.locator('#off-text').fill('Wanneer komt de monteur?');
  await holds('chat-offline');
  await visitor.getByRole('button', { name: 'Stuur' }).click();
  await visitor.getByText('Dit is geen mailadres').waitFor();
  await visitor.getByLabel('Uw mailadres').fill('jan@klant.example');
  await visitor.getByRole('button', { name: 'Stuur' }).click();
  await visitor.locator('.b.me:not(.wait)').filter({ hasText: 'monteur' }).waitFor();
});

await gestand.startBare();
let failed = 0;
try {
  chat = (
    await gestand.api('POST', '/channels', {
      type: 'chat',
      name: 'Site',
      settings: {
        address: 'demo.lindewerf.example',
        title: 'Lindewerf',
        colour: '#0e5a63',
        greeting: 'Dag! Waar kunnen wij mee helpen?',
      },
    })
  ).id;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  for (const who of ['site', 'desk']) {
    const context = await browser.newContext({ viewport: DESK, locale: 'nl-NL' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (said) => {
      const isWanted = /Failed to load resource|ERR_INTERNET|ERR_CONNECTION|ERR_INCOMPLETE/.test(
        said.text(),
      );
      if (said.type() === 'error' && !isWanted) complaints.push(`${who}: ${said.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${who}: ${error}`));
    if (who === 'site') site = page;
    else desk = page;
  }
  for (const { name, run } of tests) {
    try {
      await run();
      console.log(`ok ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED ${name}\n${error}`);
      await site.screenshot({ path: `${OUTPUT}failed-site.png` });
      await desk.screenshot({ path: `${OUTPUT}failed-desk.png` });
      break;
    }
  }
  if (complaints.length > 0) {
    failed++;
    console.log(`FAILED nothing is complained of\n${complaints.join('\n')}`);
  }
} finally {
  await browser?.close();
  await gestand.stop();
}
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
