// security.js — the second step of a login, sessions, roles, and what got stuck.
import { createHmac } from 'node:crypto';
import { EMAIL, PASSWORD } from './gestand.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** What an app shows, so many steps from now: a code is good a step early and late. */
function codeOf(secret, later) {
  const bits = [...secret.toUpperCase()]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + later));
  const hash = createHmac('sha1', key).update(message).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testSecurity({ test, check, becomes, holds, page, gestand }) {
  const form = (name) => page().getByRole('form', { name });
  const button = (name) => page().getByRole('button', { name, exact: true });
  const menu = (name) =>
    page().getByRole('navigation', { name: 'Instellingen' }).getByRole('link', { name });
  const heading = (name) => page().getByRole('heading', { name, exact: true });
  let secret = '';
  let recovery = '';

  async function open(name) {
    await page().goto(`${gestand.url}/desk/settings`);
    await menu(name).click();
    await page().getByRole('heading', { name, level: 1 }).waitFor();
  }
  async function logOut() {
    await page().getByRole('button', { name: 'Noor Verhagen beheerder' }).click();
    await page().getByRole('menuitem', { name: 'Log uit' }).click();
    await page().getByLabel('E-mail').waitFor();
  }
  async function giveCode(code) {
    await page().getByLabel('Code', { exact: true }).fill(code);
    await page().keyboard.press('Enter');
  }
  async function logIn(code) {
    await page().getByLabel('E-mail').fill(EMAIL);
    await page().getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
    await page().keyboard.press('Enter');
    await page().getByLabel('Code', { exact: true }).waitFor();
    await giveCode(code);
  }

  test('somebody gives oneself another name, and takes it back', async () => {
    await open('Profiel');
    await page().getByLabel('Uw naam').fill('Noor Verhagen-Smit');
    await form('Naam').getByText('Bewaar').click();
    await page().getByRole('button', { name: 'Noor Verhagen-Smit beheerder' }).waitFor();
    await button('Draai terug').click();
    await page().getByRole('button', { name: 'Noor Verhagen beheerder' }).waitFor();
  });

  test('a second step is set up with the password and the first code of an app', async () => {
    await button('Stel in').click();
    await form('Tweede stap').getByLabel('Huidig wachtwoord').fill('niet dit wachtwoord');
    await page().keyboard.press('Enter');
    await page().getByText('Dit wachtwoord klopt niet.').waitFor();
    await form('Tweede stap').getByLabel('Huidig wachtwoord').fill(PASSWORD);
    await page().keyboard.press('Enter');
    await page().getByRole('img', { name: 'QR-code voor uw app' }).waitFor();
    const groups = await page().locator('.secret').textContent();
    secret = groups.replaceAll(' ', '');
    check(secret.length === 32, `the secret: ${groups}`);
    await holds('second-step');
    await page().getByLabel('De code die de app nu toont').fill(codeOf(secret, -1));
    await page().keyboard.press('Enter');
    await heading('Herstelcodes').waitFor();
    const codes = await page()
      .getByRole('region', { name: 'Herstelcodes' })
      .getByRole('listitem')
      .allTextContents();
    check(codes.length === 10, `codes: ${codes}`);
    recovery = codes[0];
    const focused = await page().evaluate(() => document.activeElement?.ariaLabel);
    check(focused === 'Herstelcodes', `the codes are out of sight: ${focused}`);
    await holds('recovery-codes');
    await button('Ik heb ze bewaard').click();
    await page().getByText('U hebt nog 10 herstelcodes').waitFor();
  });

  test('a login asks for the code after the password, and takes each one once', async () => {
    await logOut();
    await logIn('000000');
    await page().getByText('Deze code klopt niet').waitFor();
    await holds('login-code');
    const code = codeOf(secret, 0);
    await giveCode(code);
    await page().getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
    await logOut();
    await logIn(code);
    await page().getByText('Deze code klopt niet').waitFor();
    await giveCode(recovery);
    await page().getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
  });

  test('an administrator sees who has a second step', async () => {
    await open("Collega's");
    await page().getByText('tweede stap', { exact: true }).first().waitFor();
    await holds('settings-users-second-step');
  });

  /** A colleague, in a browser of his own. */
  async function comeIn() {
    const context = await page().context().browser().newContext({
      locale: 'nl-NL',
      reducedMotion: 'reduce',
    });
    const joost = await context.newPage();
    joost.setDefaultTimeout(30_000);
    await joost.goto(gestand.url);
    await joost.getByLabel('E-mail').fill('joost.brouwer@lindewerf.test');
    await joost.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
    await joost.keyboard.press('Enter');
    return joost;
  }

  test('where everybody needs a second step, one sets it up before the desk opens', async () => {
    const everybody = page().getByRole('switch', { name: 'Iedereen heeft een tweede stap nodig' });
    await everybody.check();
    const joost = await comeIn();
    await joost.getByRole('heading', { name: /vraagt van iedereen een tweede stap/ }).waitFor();
    await holds('second-step-needed', joost);
    await joost.getByLabel('Huidig wachtwoord').fill(PASSWORD);
    await joost.keyboard.press('Enter');
    await joost.getByRole('img', { name: 'QR-code voor uw app' }).waitFor();
    const own = (await joost.locator('.secret').textContent()).replaceAll(' ', '');
    await holds('second-step-needed-code', joost);
    await joost.getByLabel('De code die de app nu toont').fill(codeOf(own, 0));
    await joost.keyboard.press('Enter');
    await joost.getByRole('button', { name: 'Ik heb ze bewaard' }).click();
    await joost.getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
    await joost.context().close();
    const saved = page().waitForResponse(
      (answer) => answer.request().method() === 'PATCH' && answer.url().includes('/organisations/'),
    );
    await everybody.uncheck();
    await saved;
  });

  test('an administrator takes a lost second step away, and the password is enough', async () => {
    await page().reload();
    const row = page()
      .getByRole('listitem')
      .filter({ has: page().getByRole('link', { name: 'Joost Brouwer' }) });
    await row.getByRole('button', { name: 'Haal tweede stap weg' }).click();
    await row
      .getByRole('group', { name: 'Dan is het wachtwoord genoeg.' })
      .getByRole('button', { name: 'Haal tweede stap weg' })
      .click();
    await page().getByText('Joost Brouwer logt weer in met het wachtwoord alleen.').waitFor();
    await row.getByText('tweede stap', { exact: true }).waitFor({ state: 'detached' });
    const joost = await comeIn();
    await joost.getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
    await joost.context().close();
  });

  test('the second step goes with the password and a code', async () => {
    await open('Profiel');
    await page().getByText('U hebt nog 9 herstelcodes').waitFor();
    await page().getByRole('region', { name: 'Tweede stap' }).getByText('Zet uit').click();
    await form('Zet uit').getByLabel('Huidig wachtwoord').fill(PASSWORD);
    await form('Zet uit').getByLabel('Code').fill(codeOf(secret, 1));
    await page().keyboard.press('Enter');
    await page().getByText('De tweede stap staat uit.').waitFor();
  });

  test('a session says which browser it is, and all others end at once', async () => {
    await gestand.logInElsewhere();
    await open('Profiel');
    await page()
      .getByText(/^(Chrome|Chromium) op /)
      .first()
      .waitFor();
    await button('Log overal elders uit').click();
    await page()
      .getByRole('group', { name: 'Dat is niet terug te draaien.' })
      .getByRole('button', { name: 'Log overal elders uit' })
      .click();
    await page().getByText('Overal elders uitgelogd.').waitFor();
  });

  test('what each role may do stands in one table', async () => {
    await open('Rollen');
    const row = page().getByRole('row', { name: /^Collega's en teams beheren/ });
    await row.waitFor();
    const cells = await row.getByRole('cell').allTextContents();
    const may = cells.map((cell) => cell.trim()).join(', ');
    check(may === 'mag, mag niet, mag niet, mag niet, mag niet, mag niet', may);
    await holds('settings-roles');
  });

  test('what is not understood is put aside and brought back by the keyboard', async () => {
    gestand.deliverRaw('Subject: nobody wrote this\r\n\r\nx');
    const stuck = async () => (await gestand.api('GET', '/envelopes')).items.length > 0;
    await becomes(stuck, 'it was understood');
    await open('Niet begrepen');
    await button('Leg opzij').first().waitFor();
    await holds('settings-stuck');
    await button('Leg opzij').first().focus();
    await page().keyboard.press('Enter');
    await heading('Alles is begrepen').waitFor();
    await button('Draai terug').click();
    await button('Leg opzij').first().waitFor();
    await button('Leg opzij').first().click();
    await heading('Alles is begrepen').waitFor();
  });
}
