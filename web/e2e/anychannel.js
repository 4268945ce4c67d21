// anychannel.js — one customer on several channels: a colleague takes another way to answer, and asks
// somebody who wrote in public to go on in private, with and without scripts.
//
// Run alone: node e2e/anychannel.js. Its pictures stay in e2e/output.
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { EMAIL, Gestand, PASSWORD } from './gestand.js';
import { startMailServer } from './mail.js';

const OUTPUT = new URL('output/', import.meta.url).pathname;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const WAIT_MS = 30_000;
mkdirSync(OUTPUT, { recursive: true });

const gestand = new Gestand();
const mail = await startMailServer();
const tests = [];
const complaints = [];
const channels = {};
let browser;
let desk;
let phone;

const test = (name, run) => tests.push({ name, run });
const check = (isSo, what) => {
  if (!isSo) throw new Error(what);
};
const radio = (name) => desk.getByRole('radio', { name });
const words = () => desk.locator('#case textarea');
const timeline = () => desk.locator('#case');
const sendButton = () => desk.getByRole('button', { name: /^(Verstuur|Plaats openbaar)/ });

async function becomes(isSo, what) {
  const until = Date.now() + WAIT_MS;
  while (!(await isSo())) {
    check(Date.now() < until, what);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** No violation, in both themes and sizes; a picture of each. */
async function holds(page, name, sizes = { desk: DESK, phone: PHONE }) {
  for (const colorScheme of ['light', 'dark'])
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(viewport);
      await new Promise((done) => setTimeout(done, 200));
      await page.screenshot({ path: `${OUTPUT}${name}-${size}-${colorScheme}.png` });
      // A page that runs no script of others runs it in a world of its own.
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
      );
      check(found.length === 0, `${name}, ${size}, ${colorScheme}: ${found.join('\n')}`);
    }
  await page.setViewportSize(Object.values(sizes)[0]);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function open(reference) {
  await desk.goto(`${gestand.url}/desk/all/${reference}`);
  await words().waitFor();
}

async function written(channel, from, text, id = text) {
  const message = { external_id: id, from, text };
  return gestand.api('POST', `/channels/${channels[channel]}/messages`, message);
}

async function caseNamed(word) {
  for (;;) {
    const [one] = (await gestand.api('GET', `/cases?status=all&q=${word}`)).items;
    if (one) return one;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** The link that stands in what is being written. */
async function linkIn() {
  await becomes(async () => /\/p\/\w{20}/.test(await words().inputValue()), 'there is no link');
  return (await words().inputValue()).match(/http\S+\/p\/\w{20}/)[0];
}

test('a mail can be answered by SMS, by one key, and what that takes is said', async () => {
  gestand.mailTo(channels.mail, 'Jan de Vries', 'jan@klant.test', 'Lekkage', 'De kraan lekt.');
  const one = await caseNamed('lekkage');
  await gestand.api('POST', `/people/${one.person_id}/identities`, {
    kind: 'phone',
    value: '+31612345678',
    state: 'verified',
  });
  await gestand.api('POST', `/people/${one.person_id}/identities`, {
    kind: 'email',
    value: 'jan.thuis@klant.test',
  });
  await open(one.reference);
  await radio('E-mail').and(desk.locator('[aria-checked=true]')).waitFor();
  await words().fill('De monteur komt morgen.');
  await desk.getByText('Met groet, Noor').waitFor();
  await desk.keyboard.press('Alt+2');
  await radio('SMS').and(desk.locator('[aria-checked=true]')).waitFor();
  check((await words().inputValue()) === 'De monteur komt morgen.', 'the text is gone');
  check((await desk.getByText('Met groet, Noor').count()) === 0, 'a signature under an SMS');
  check((await desk.getByRole('button', { name: 'Voeg bestand toe' }).count()) === 0, 'files');
  check((await desk.getByLabel('Aan', { exact: true }).count()) === 0, 'recipients');
  await desk.getByText('1 van 2 sms').waitFor();
  await desk.getByText('Begint een nieuw gesprek met +31612345678').waitFor();
  await holds(desk, 'ways-sms');
  await words().fill('Beste Jan, de monteur komt morgen tussen acht en twaalf. '.repeat(7));
  await desk.getByText('Te lang voor dit kanaal').waitFor();
  check(await sendButton().first().isDisabled(), 'it can be sent');
  await holds(desk, 'ways-too-long', { desk: DESK });
  await words().fill('De monteur komt morgen.');
  await desk.keyboard.press('Alt+1');
  await desk.getByText('Met groet, Noor').waitFor();
});

test('W takes the next way, the palette any, and what is not proven says so', async () => {
  await words().press('Escape');
  await desk.keyboard.press('w');
  await radio('SMS').and(desk.locator('[aria-checked=true]')).waitFor();
  await words().press('Escape');
  await desk.keyboard.press('Control+k');
  await desk.keyboard.type('antwoord via e-mail');
  await desk.getByRole('option', { name: 'Antwoord via E-mail: jan@klant.test' }).waitFor();
  await desk.keyboard.press('Enter');
  await radio('E-mail').and(desk.locator('[aria-checked=true]')).waitFor();
  await desk.getByRole('button', { name: 'Wat nu niet kan, en waarom' }).click();
  await desk.getByRole('menuitem', { name: /jan\.thuis@klant\.test: niet bewezen/ }).waitFor();
  await desk.screenshot({ path: `${OUTPUT}ways-shut.png` });
  await desk.keyboard.press('Escape');
});

test('the draft keeps its way, and the change stands in the timeline with its reason', async () => {
  await desk.keyboard.press('r');
  await desk.keyboard.press('Alt+2');
  await desk.getByLabel('Reden').selectOption({ label: 'klant wil het' });
  await desk.getByText('bewaard', { exact: true }).waitFor();
  await desk.reload();
  await radio('SMS').and(desk.locator('[aria-checked=true]')).waitFor();
  check((await desk.getByLabel('Reden').inputValue()) === 'choice', 'the reason is gone');
  await words().press('Control+Enter');
  await timeline().getByText('Van E-mail naar SMS. Reden: klant wil het').waitFor();
  await holds(desk, 'ways-changed');
});

test('a public answer that could not be looked at goes only by choice, and the server looks', async () => {
  const { case_id } = await written('net', '@teunkijkt', 'Waar blijft mijn geld');
  const { reference } = await gestand.api('GET', `/cases/${case_id}`);
  const outTo = async () =>
    (await gestand.api('GET', `/cases/${case_id}`)).timeline.filter(
      (item) => item.direction === 'out',
    );
  await open(reference);
  await desk.getByText('Openbaar: iedereen leest mee').waitFor();
  await desk.route('**/api/v1/understand', (route) => route.abort('connectionrefused'));
  const told = desk.getByRole('alert').getByText('kon niet worden nagekeken');
  await words().fill('Het staat op NL91 ABNA 0417 1643 00.');
  await words().press('Control+Enter');
  await told.waitFor();
  await holds(desk, 'unseen');
  await desk.getByRole('button', { name: 'Verstuur zo' }).click();
  await desk.getByText(/noemt iban niet/i).waitFor();
  check((await words().inputValue()).includes('NL91'), 'the words are lost');
  check((await outTo()).length === 0, 'it went with what nobody may read');
  await words().fill('Het is onderweg, Teun.');
  await words().press('Control+Enter');
  await told.waitFor();
  await desk.unroute('**/api/v1/understand');
  await told.waitFor({ state: 'detached' });
  await words().press('Control+Enter');
  await becomes(async () => (await outTo()).length === 1, 'it did not go');
});

test('a link to go private is put into a public answer, by one key', async () => {
  const { case_id } = await written(
    'net',
    '@mariekedg',
    'Derde dag zonder warm water, lekker bezig',
  );
  const { reference } = await gestand.api('GET', `/cases/${case_id}`);
  await open(reference);
  await desk.getByText('Openbaar: iedereen leest mee').waitFor();
  await words().fill('Wat vervelend, Marieke.');
  await words().press('Alt+p');
  await linkIn();
  await holds(desk, 'private-asked');
  const url = await linkIn();
  await sendButton().first().click();
  await timeline().getByText('De privélink is nog niet geopend').waitFor();
  await phone.goto(url);
  await phone.getByRole('button', { name: 'Open het gesprek' }).waitFor();
  await holds(phone, 'private-page', { phone: PHONE, desk: DESK });
  await phone.getByRole('button', { name: 'Open het gesprek' }).press('Enter');
  await phone.getByRole('heading', { name: 'Bent u @mariekedg?' }).waitFor();
  await holds(phone, 'private-ask', { phone: PHONE, desk: DESK });
  await phone.getByRole('button', { name: 'Ja, dat ben ik' }).click();
  await phone.locator('p.code').waitFor();
  await holds(phone, 'private-code', { phone: PHONE, desk: DESK });
  await timeline().getByText('Zegt @mariekedg te zijn. Niet bewezen').waitFor();
  await written('net', '@mariekedg', `Hierbij: ${await phone.locator('p.code').textContent()}`);
  await timeline().getByText('Account bewezen met link').waitFor();
});

test('in private they talk in the same case, and the public part gets its end', async () => {
  await phone.getByRole('link', { name: 'Naar het gesprek' }).click();
  await phone.locator('#text').fill('Mijn adres is Lijsterbesstraat 14');
  await phone.locator('#text').press('Enter');
  await phone.locator('.b.me:not(.wait)').filter({ hasText: 'Lijsterbesstraat' }).waitFor();
  await timeline().getByText('Lijsterbesstraat 14').waitFor();
  await radio('Site').and(desk.locator('[aria-checked=true]')).waitFor();
  await words().fill('Dank u. De monteur komt om negen uur.');
  await words().press('Control+Enter');
  await phone.locator('.b:not(.me)').filter({ hasText: 'negen uur' }).waitFor();
  await phone.screenshot({ path: `${OUTPUT}private-chat.png` });
  await holds(desk, 'private-talk');
  await words().press('Escape');
  await desk.keyboard.press('e');
  await desk.getByRole('button', { name: 'Zet slotregel klaar' }).click();
  await radio(/^Net/).and(desk.locator('[aria-checked=true]')).waitFor();
  check(/afgerond/.test(await words().inputValue()), 'no closing line');
  await holds(desk, 'private-closing', { desk: DESK });
  await words().press('Control+Enter');
  await timeline().getByText('Bedankt voor het melden').last().waitFor();
  await desk.getByRole('button', { name: 'Zet slotregel klaar' }).waitFor({ state: 'detached' });
});

test('without scripts the page itself is the conversation', async () => {
  const { case_id } = await written('net', '@ruud', 'De lift staat al een week stil');
  const { url } = await gestand.api('POST', `/cases/${case_id}/private-links`, {});
  const context = await browser.newContext({
    viewport: PHONE,
    locale: 'nl-NL',
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Open het gesprek' }).click();
  await page.getByRole('button', { name: 'Nee, of liever niet' }).click();
  await page.getByLabel('Uw bericht').fill('Ik woon op de vijfde, met een rolstoel.');
  await page.getByRole('button', { name: 'Stuur' }).click();
  await page.getByText('met een rolstoel').waitFor();
  await gestand.api('POST', `/cases/${case_id}/messages`, { text: 'Wij sturen nu iemand.' });
  await becomes(async () => {
    await page.getByRole('link', { name: 'Kijk of er antwoord is' }).click();
    return (await page.getByText('Wij sturen nu iemand').count()) === 1;
  }, 'the answer does not come');
  await page.screenshot({ path: `${OUTPUT}private-plain.png` });
  await context.close();
  await phone.goto(url);
  await phone.getByText('al geopend').waitFor();
  await holds(phone, 'private-elsewhere', { phone: PHONE });
});

await gestand.startBare();
let failed = 0;
try {
  const add = async (type, name, settings) =>
    (await gestand.api('POST', '/channels', { type, name, settings })).id;
  const me = await gestand.api('GET', '/me');
  const named = { name: 'Noor Verhagen', language: 'nl' };
  await gestand.api('PATCH', `/users/${me.user.id}`, named, { 'If-Match': '*' });
  channels.mail = await add('email', 'E-mail', {
    address: 'hallo@lindewerf.test',
    smtp_host: '127.0.0.1',
    smtp_port: mail.port,
    smtp_security: 'plain',
  });
  channels.sms = await add('sms_kannel', 'SMS', {
    address: '1008',
    send_url: 'http://127.0.0.1:9/cgi-bin/sendsms',
    username: 'gestand',
    password: 'geheim',
    secret: 'een-geheim-van-de-proef',
    segments_max: 2,
  });
  channels.chat = await add('chat', 'Site', {
    address: 'www.lindewerf.test',
    title: 'Lindewerf',
    challenge_bits: 1,
  });
  channels.net = await add('api', 'Net', {
    address: '@lindewerf',
    is_public: true,
    text_unit: 'graphemes',
    text_max: 300,
  });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
  });
  const begin = async (who, viewport) => {
    const context = await browser.newContext({
      viewport,
      locale: 'nl-NL',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT_MS);
    page.on('console', (said) => {
      const isWanted = /Failed to load resource/.test(said.text());
      if (said.type() === 'error' && !isWanted) complaints.push(`${who}: ${said.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`${who}: ${error}`));
    return page;
  };
  desk = await begin('desk', DESK);
  phone = await begin('phone', PHONE);
  await desk.goto(`${gestand.url}/`);
  await desk.getByLabel('E-mail').fill(EMAIL);
  await desk.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
  await desk.keyboard.press('Enter');
  await desk.getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
  await desk.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/me')).json();
    const kept = await fetch('/api/v1/me/preferences', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, 'If-Match': '*' },
      body: JSON.stringify({ signature: 'Met groet, Noor', settings: {} }),
    });
    if (!kept.ok) throw new Error(await kept.text());
  });
  for (const { name, run } of tests) {
    try {
      await run();
      console.log(`ok ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED ${name}\n${error.stack}`);
      await desk.screenshot({ path: `${OUTPUT}failed-desk.png` });
      await phone.screenshot({ path: `${OUTPUT}failed-phone.png` });
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
