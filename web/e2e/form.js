// form.js — a web form in a real browser without scripts, and the case that it becomes at the desk.
//
// Run alone: node e2e/form.js. Its pictures stay in e2e/output.
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { Gestand } from './gestand.js';
import { startMailServer } from './mail.js';

const OUTPUT = new URL('output/', import.meta.url).pathname;
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
mkdirSync(OUTPUT, { recursive: true });

const gestand = new Gestand();
const mail = await startMailServer();
const tests = [];
let browser;
let form;
/** Whose browser runs no script; and one that does, to look at the same with axe. */
let page;
let looking;

const test = (name, run) => tests.push({ name, run });
const check = (isSo, what) => {
  if (!isSo) throw new Error(what);
};
const casesOf = async () => (await gestand.api('GET', '/cases?status=all')).items;

/** No violation, in both themes and sizes; a picture of each. */
async function holds(name, html) {
  for (const colorScheme of ['light', 'dark'])
    for (const [size, viewport] of Object.entries(SIZES)) {
      await looking.emulateMedia({ colorScheme });
      await looking.setViewportSize(viewport);
      await looking.setContent(html);
      await looking.screenshot({ path: `${OUTPUT}${name}-${size}-${colorScheme}.png` });
      await looking.evaluate(axe.source);
      const { violations } = await looking.evaluate(() => globalThis.axe.run());
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
      );
      check(found.length === 0, `${name}, ${size}, ${colorScheme}: ${found.join('\n')}`);
    }
}

test('a form without scripts says what is missing beside what was written', async () => {
  await page.goto(`${gestand.url}/form/${form}`);
  await page.getByRole('heading', { name: 'Contact met Lindewerf' }).waitFor();
  await holds('form', await page.content());
  await page.getByLabel('Naam').fill('Marieke de Graaf');
  await page.getByRole('button', { name: 'Versturen' }).press('Enter');
  await page.getByRole('alert').waitFor();
  check((await page.getByLabel('Naam').inputValue()) === 'Marieke de Graaf', 'the name is gone');
  check((await page.title()).startsWith('Fout: '), await page.title());
  await page.getByRole('link', { name: /^Uw bericht/ }).click();
  check(page.url().endsWith('#text'), page.url());
  await holds('form-wrong', await page.content());
});

test('what is sent has a number, and is a case with its file', async () => {
  await page.getByLabel('E-mailadres').fill('marieke@klant.test');
  await page.getByLabel('Onderwerp').fill('Lekkage in de keuken');
  await page.getByLabel('Uw bericht (verplicht)').fill('De kraan lekt.\nAl drie dagen.');
  await page
    .getByLabel('Bestanden')
    .setInputFiles({ name: 'lek.txt', mimeType: 'text/plain', buffer: Buffer.from('drup') });
  await page.getByRole('button', { name: 'Versturen' }).click();
  await page.getByRole('heading', { name: 'Uw bericht is binnen' }).waitFor();
  await holds('form-sent', await page.content());
  const number = await page.locator('.code').textContent();
  const one = await gestand.api('GET', `/cases/${number}`);
  check(one.title === 'Lekkage in de keuken', JSON.stringify(one));
  const [said] = one.timeline.filter(({ kind }) => kind === 'message');
  check(said.text === 'De kraan lekt.\nAl drie dagen.', said.text);
  check(said.files.length === 1 && said.files[0].name === 'lek.txt', JSON.stringify(said));
});

test('reloading, and sending the same page again, makes no second case', async () => {
  await page.reload();
  await page.getByRole('heading', { name: 'Uw bericht is binnen' }).waitFor();
  await page.goto(`${gestand.url}/form/${form}`);
  await page.getByLabel('E-mailadres').fill('marieke@klant.test');
  await page.getByLabel('Uw bericht (verplicht)').fill('Hoe vraag ik huurtoeslag aan?');
  const before = (await casesOf()).length;
  await page.getByRole('button', { name: 'Versturen' }).click();
  await page.getByRole('heading', { name: 'Uw bericht is binnen' }).waitFor();
  const number = await page.locator('.code').textContent();
  await page.goBack();
  await page.getByLabel('E-mailadres').fill('marieke@klant.test');
  await page.getByLabel('Uw bericht (verplicht)').fill('Hoe vraag ik huurtoeslag aan?');
  await page.getByRole('button', { name: 'Versturen' }).click();
  await page.getByRole('heading', { name: 'Uw bericht is binnen' }).waitFor();
  const again = await page.locator('.code').textContent();
  check((await casesOf()).length === before + 1, `${number} and ${again}`);
});

test('the answer goes by mail to the address that was left', async () => {
  const [one] = (await casesOf()).filter(({ title }) => title === 'Lekkage in de keuken');
  await gestand.api('POST', `/cases/${one.id}/messages`, { text: 'Wij komen morgen.' });
  for (let i = 0; mail.mails.length === 0 && i < 100; i++)
    await new Promise((done) => setTimeout(done, 100));
  check(/To: .*marieke@klant\.test/.test(mail.mails.join('\n')), mail.mails.join('\n'));
});

await gestand.start(mail.port);
let failed = 0;
try {
  form = (
    await gestand.api('POST', '/channels', {
      type: 'form',
      name: 'Contactformulier',
      settings: {
        address: 'www.lindewerf.test/contact',
        title: 'Contact met Lindewerf',
        colour: '#0e5a63',
        greeting: 'Vertel ons waar het over gaat.',
      },
    })
  ).id;
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const plain = { viewport: SIZES.phone, locale: 'nl-NL', javaScriptEnabled: false };
  page = await (await browser.newContext(plain)).newPage();
  looking = await (await browser.newContext({ locale: 'nl-NL' })).newPage();
  page.setDefaultTimeout(30_000);
  for (const { name, run } of tests) {
    try {
      await run();
      console.log(`ok ${name}`);
    } catch (error) {
      failed++;
      console.log(`FAILED ${name}\n${error}`);
      await page.screenshot({ path: `${OUTPUT}failed-form.png` });
      break;
    }
  }
} finally {
  await browser?.close();
  await gestand.stop();
  mail.stop();
}
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
