// byhand.js — the keyboard alone, from the login to a mail that was answered.
import { EMAIL, Gestand, PASSWORD } from './gestand.js';

/** Has a program and a browser session of its own, whose mouse is never touched. Returns how it is
 * ended. */
export function testByHand({ test, check, becomes, listen, browser, mail }) {
  const gestand = new Gestand();

  test('by keys alone somebody logs in, reads the first mail and answers it, and it arrives', async () => {
    await gestand.start(mail.port);
    gestand.deliver({
      from: 'Kees Toets',
      address: 'kees@toets.test',
      subject: 'Is de bel gemaakt',
      text: 'De bel doet het niet. Wanneer komt er iemand?',
    });
    const context = await browser().newContext({ locale: 'nl-NL', serviceWorkers: 'block' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    listen(page);
    const { keyboard } = page;
    await page.goto(gestand.url);
    await page.locator('input:focus').waitFor();
    await keyboard.type(EMAIL);
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
    await keyboard.press('g');
    await keyboard.press('p');
    await page.getByRole('link', { name: /Is de bel gemaakt/ }).waitFor();
    await keyboard.press('j');
    await page.getByRole('heading', { name: 'Is de bel gemaakt', level: 1 }).waitFor();
    await keyboard.press('r');
    await page.locator('textarea:focus').waitFor();
    await keyboard.type('Dag Kees. Wij komen morgen om 10.00 uur langs.');
    await page.getByRole('button', { name: 'Neem over' }).waitFor();
    await keyboard.press('Alt+Enter');
    await page.getByRole('list', { name: 'Toezeggingen die meegaan' }).waitFor();
    await keyboard.press('Control+Enter');
    await becomes(() => mail.mails.some((one) => one.includes('morgen om 10.00')), 'no mail came');
    const at = mail.mails.findIndex((one) => one.includes('morgen om 10.00'));
    check(mail.recipients[at].join() === 'kees@toets.test', mail.recipients[at].join());
    const [{ id }] = (await gestand.api('GET', '/cases?status=all')).items;
    const promised = (await gestand.api('GET', `/cases/${id}/promises`)).items;
    check(promised.length === 1 && promised[0].kind === 'visit', JSON.stringify(promised));
    // Open again by Enter, and left by Escape.
    await keyboard.press('Escape');
    await keyboard.press('Enter');
    await page.locator('textarea:focus').waitFor();
    await context.close();
  });

  return () => gestand.stop();
}
