// chat.js — a visitor on the demo page and a colleague at the desk, live, both ways.
//
// Run alone: node e2e/chat.js. Its pictures stay in e2e/output.
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { createHmac } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { EMAIL, Gestand, PASSWORD } from './gestand.js';
import { startMailServer } from './mail.js';

const OUTPUT = new URL('output/', import.meta.url).pathname;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
mkdirSync(OUTPUT, { recursive: true });

const gestand = new Gestand();
const mail = await startMailServer();
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
  await desk.goto(`${gestand.url}/desk/active`);
  await desk.getByRole('region', { name: 'Lijst van zaken' }).getByRole('link').first().click();
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

/** A picture of one dot of this colour, as PNG. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('a pasted picture and a chosen file arrive at the desk, and a file of the desk at the visitor', async () => {
  await visitor.locator('#text').evaluate(
    (field, bytes) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], 'ketel.png', { type: 'image/png' }));
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    },
    [...DOT],
  );
  await visitor.locator('.b.me:not(.wait)').filter({ hasText: 'ketel.png' }).waitFor();
  await visitor.locator('input[type=file]').setInputFiles({
    name: 'meting.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('druk 0,4 bar'),
  });
  await visitor.locator('.b.me:not(.wait)').filter({ hasText: 'meting.txt' }).waitFor();
  await desk.getByText('ketel.png').first().waitFor();
  await desk.getByText('meting.txt').first().waitFor();
  await desk
    .locator('#case input[type=file]')
    .first()
    .setInputFiles({
      name: 'stappen.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('eerst de kraan dicht'),
    });
  // The file may be on its way still: then all goes once it is there.
  const answer = desk.getByRole('textbox', { name: 'Bericht aan' });
  await answer.fill('Zo doet u het.');
  await answer.press('Control+Enter');
  const [arrived] = await Promise.all([
    site.waitForEvent('download'),
    visitor.getByRole('button', { name: 'stappen.txt' }).click(),
  ]);
  const read = readFileSync(await arrived.path(), 'utf8');
  check(read === 'eerst de kraan dicht', `the file holds ${read}`);
});

test('what is too much for one message is said, kept, and not sent', async () => {
  const before = await visitor.locator('.b.me').count();
  const field = visitor.locator('#text');
  await field.fill('x'.repeat(13_000));
  check((await visitor.locator('#text-room').textContent()) === '', 'it counts too early');
  await field.fill('é'.repeat(7000));
  await visitor.getByText('14.000 / 16.384').waitFor();
  await field.fill('x'.repeat(20_000));
  await visitor.getByText('Haal er 3.616 tekens af').waitFor();
  await field.press('Enter');
  check((await field.inputValue()).length === 20_000, 'letters are gone');
  await holds('chat-too-long');
  await field.fill('Dit past');
  await visitor.getByText('tekens af').waitFor({ state: 'detached' });
  const files = Array.from({ length: 6 }, (_, n) => ({
    name: `foto-${n}.png`,
    mimeType: 'image/png',
    buffer: DOT,
  }));
  await visitor.locator('input[type=file]').setInputFiles(files);
  await visitor.getByText('U koos 6 bestanden. Er gaan er hoogstens 5 tegelijk').waitFor();
  check((await visitor.locator('.b.me').count()) === before, 'some of it was sent');
  await field.fill('');
});

test('the whole conversation comes by mail to who asks for it', async () => {
  await visitor.getByRole('button', { name: 'Meer' }).click();
  await visitor.locator('#mail-transcript').fill('geen adres');
  await visitor.getByRole('button', { name: 'Stuur dit gesprek per mail' }).click();
  await visitor.getByText('Dit is geen mailadres').waitFor();
  await visitor.locator('#mail-transcript').fill('jan@klant.example');
  await visitor.getByRole('button', { name: 'Stuur dit gesprek per mail' }).click();
  await visitor.getByText('De mail komt eraan').waitFor();
  const until = Date.now() + 30_000;
  while (mail.mails.length === 0 && Date.now() < until)
    await new Promise((done) => setTimeout(done, 100));
  const [one] = mail.mails;
  check(one && mail.recipients[0][0] === 'jan@klant.example', 'no mail has come');
  check(/^Auto-Submitted: auto-generated/im.test(one), 'it does not say that nobody wrote it');
  check(/E119/.test(one) && /Ik regel het/.test(one), 'the mail has not the whole conversation');
  check(one.includes(DOT.toString('base64').slice(0, 60)), 'the mail has not the picture itself');
});

test('days later, in a new window of the same browser, the chat goes on where it was', async () => {
  const other = await site.context().newPage();
  await other.goto(`${gestand.url}/demo/${chat}#melden`);
  const frame = frameOf(other);
  await frame.locator('#launcher').click();
  await frame.locator('.b:not(.me)').filter({ hasText: 'Zo doet u het' }).waitFor();
  await frame.locator('#text').fill('Dank, het werkt weer');
  await frame.locator('#text').press('Enter');
  await visitor.locator('.b.me').filter({ hasText: 'het werkt weer' }).waitFor();
  await other.close();
});

test('who closes one of two windows is still there', async () => {
  const { items } = await gestand.api('GET', '/cases?status=all');
  const stateNow = async () => (await gestand.api('GET', `/cases/${items[0].id}/visitor`)).state;
  const other = await site.context().newPage();
  await other.goto(`${gestand.url}/demo/${chat}`);
  await frameOf(other).locator('#launcher').click();
  await frameOf(other).locator('.b.me').first().waitFor();
  const left = other.waitForRequest((one) => one.url().endsWith('/presence'));
  await Promise.all([left, other.goto('about:blank')]);
  await new Promise((done) => setTimeout(done, 500));
  check((await stateNow()) === 'here', 'he is called away');
  await other.close();
  await site.evaluate(() => document.querySelector('#gestand-chat').remove());
  for (let n = 0; (await stateNow()) !== 'away'; n++) {
    check(n < 50, 'he is called here when no window is left');
    await new Promise((done) => setTimeout(done, 100));
  }
  await site.reload();
  visitor = frameOf(site);
  await visitor.locator('#launcher').click();
});

test('a conflict that is no other person leaves the chat as it is', async () => {
  const conflict = { status: 409, contentType: 'application/problem+json' };
  const says = (type) => JSON.stringify({ type, title: 'x', status: 409, detail: 'x' });
  const wanted = '.b:not(.me)';
  await site.route('**/identity', (route) =>
    route.fulfill({ ...conflict, body: says('about:blank') }),
  );
  await visitor.locator(wanted).filter({ hasText: 'Zo doet u het' }).waitFor();
  const asked = site.waitForResponse((one) => one.url().endsWith('/identity'));
  await site.evaluate(() => globalThis.gestandChat.identify('a.b.c'));
  await asked;
  await new Promise((done) => setTimeout(done, 300));
  check((await visitor.locator('.b.me').count()) > 0, 'the chat was thrown away');
  await site.unroute('**/identity');
});

/** As a site signs who is logged in there: a JSON Web Token, HS256 with the channel's secret. */
function signed(secret, claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const said = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
}

test('who the site says he is stands at his case, and what is not signed changes nothing', async () => {
  const { secret } = await gestand.api('GET', `/channels/${chat}/secret`);
  const claims = { sub: 'huurder-81', name: 'Jan Klant', email: 'jan@klant.example' };
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const identify = (token) => site.evaluate((one) => globalThis.gestandChat.identify(one), token);
  await identify(signed('geraden', { ...claims, name: 'Iemand Anders', exp }));
  await identify(signed(secret, { ...claims, exp }));
  await desk.getByRole('region', { name: 'Lijst van zaken' }).getByText('Jan Klant').waitFor();
  check((await desk.getByText('Iemand Anders').count()) === 0, 'a guessed token was believed');
});

test('the chat speaks English and French where the page does', async () => {
  for (const [language, open, field] of [
    ['en', 'Open the chat', 'Write your message'],
    ['fr', 'Ouvrir', 'Écrivez'],
  ]) {
    const other = await browser.newPage({ locale: language });
    await other.route(`**/demo/${chat}`, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('<html lang="nl"', `<html lang="${language}"`);
      await route.fulfill({ response: answer, body });
    });
    await other.goto(`${gestand.url}/demo/${chat}`);
    const frame = frameOf(other);
    await frame.getByRole('button', { name: new RegExp(`^${open}`) }).click();
    await frame.getByRole('textbox', { name: new RegExp(`^${field}`) }).waitFor();
    await other.close();
  }
});

test('a colleague shuts a visitor out for an hour, and lets him in again', async () => {
  await desk.getByRole('button', { name: 'Sluit buiten' }).click();
  await desk.getByRole('menuitem', { name: 'Eén uur' }).click();
  await desk.getByText('Buitengesloten').first().waitFor();
  const { items } = await gestand.api('GET', '/chat-blocks');
  const minutes = (Date.parse(items[0].until) - Date.now()) / 60_000;
  check(minutes > 55 && minutes <= 60, `he is shut out for ${minutes} minutes`);
  await desk.getByRole('button', { name: 'Draai terug' }).click();
  await desk.getByRole('button', { name: 'Sluit buiten' }).waitFor();
  await site.reload();
  visitor = frameOf(site);
  await visitor.locator('#launcher').click();
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

await gestand.start(mail.port);
let failed = 0;
try {
  const { items: channels } = await gestand.api('GET', '/channels');
  chat = (
    await gestand.api('POST', '/channels', {
      type: 'chat',
      name: 'Site',
      settings: {
        address: 'demo.lindewerf.example',
        title: 'Lindewerf',
        colour: '#0e5a63',
        greeting: 'Dag! Waar kunnen wij mee helpen?',
        mail_channel: channels.find(({ type }) => type === 'email').id,
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
  mail.stop();
}
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
