// firstrun.js — a fresh installation: from the first login to the first answer.
import { EMAIL, Gestand, PASSWORD } from './gestand.js';

/** Has a program and a browser session of its own: the other one is fresh no more. Returns how it
 * is ended. */
export function testFirstRun({ test, check, holds, listen, browser }) {
  const gestand = new Gestand();
  let context;
  let page;
  const heading = (name) => page.getByRole('heading', { name, level: 1 });
  const step = (name) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  const menu = () => page.getByRole('navigation', { name: 'Hoofdmenu' });

  test('who logs in on the first day finds the five steps, and one of them next', async () => {
    await gestand.startBare();
    context = await browser().newContext({
      locale: 'nl-NL',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    // The mailbox that doesn't answer is one of its steps.
    listen(page, /status of (401|502|503)/);
    await page.goto(gestand.url);
    await page.getByLabel('E-mail').fill(EMAIL);
    await page.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await heading('Klaar voor het eerste bericht').waitFor();
    check(page.url().endsWith('/desk/start'), page.url());
    check((await page.locator('main li').count()) === 5, 'there are not five steps');
    await holds('start', page);
  });

  test('later leads to the inbox, which says what is missing, and the steps stay in the menu', async () => {
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('heading', { name: 'Er komt nog niets binnen' }).waitFor();
    await page.goto(gestand.url);
    await page.getByRole('heading', { name: 'Er komt nog niets binnen' }).waitFor();
    await holds('start-later', page);
    await page.getByRole('button', { name: 'Verbind een kanaal' }).click();
    await heading('Klaar voor het eerste bericht').waitFor();
    await menu().getByRole('link', { name: 'Eerste stappen 0/5' }).waitFor();
  });

  test('a name is given, and the step is done because the name is there', async () => {
    await step('Uw naam en taal').getByRole('button', { name: 'Vul in' }).click();
    await page.getByLabel('Uw naam').fill('Noor Verhagen');
    await page.keyboard.press('Enter');
    await step('Uw naam en taal').getByText('gedaan').waitFor();
    await menu().getByText('Noor Verhagen').waitFor();
  });

  test('the keyboard goes on with the next step, and into its form', async () => {
    await page.locator('.act .primary:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('hallo@lindewerf.test');
    check(
      (await page.getByRole('textbox', { name: 'Adres' }).inputValue()) === 'hallo@lindewerf.test',
      'not typed',
    );
    // Esc leaves the field alone, and what stands in it.
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Alle instellingen van e-mail' }).click();
    await page.getByLabel('Naam', { exact: true }).waitFor();
    check(
      (await page.getByRole('textbox', { name: 'Adres' }).inputValue()) === 'hallo@lindewerf.test',
      'dropped',
    );
    await page.goBack();
    await heading('Klaar voor het eerste bericht').waitFor();
  });

  test('a mailbox that does not answer stays off, and the reason is told', async () => {
    await step('Verbind een kanaal').getByRole('button', { name: 'Verbind', exact: true }).click();
    await page.getByLabel('Adres').fill('hallo@lindewerf.test');
    await page.getByLabel('Wachtwoord', { exact: true }).fill('geheim');
    const reading = page.getByLabel('Server voor ophalen (IMAP)');
    check((await reading.inputValue()) === 'imap.lindewerf.test', await reading.inputValue());
    await reading.fill('');
    // Nobody listens there for mail.
    await page.getByLabel('Server voor versturen (SMTP)').fill('127.0.0.1');
    await page.getByRole('button', { name: 'Verbind en probeer' }).click();
    const said = await page.getByRole('alert').textContent();
    check(/Versturen van mail: 127\.0\.0\.1 is nu niet te bereiken/.test(said), said);
    const [channel] = (await gestand.api('GET', '/channels')).items;
    check(channel.enabled === false, 'a mailbox that does not answer was switched on');
    await holds('start-mailbox', page);
  });

  test('without a mail server a trial channel is taken, and the step is done', async () => {
    await page.getByRole('button', { name: 'Neem een proefkanaal' }).click();
    await step('Verbind een kanaal').getByText('gedaan').waitFor();
  });

  test('a step is left out, and taken up again', async () => {
    await step("Neem collega's op").getByRole('button', { name: 'Sla over' }).click();
    await step("Neem collega's op").getByText('overgeslagen').waitFor();
    await menu().getByRole('link', { name: 'Eerste stappen 3/5' }).waitFor();
    await step("Neem collega's op").getByRole('button', { name: 'Neem op' }).click();
    await page.getByLabel('Naam', { exact: true }).fill('Joost Brouwer');
    await page.getByLabel('E-mail').fill('joost.brouwer@lindewerf.test');
    await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
    await step("Neem collega's op").getByText('gedaan').waitFor();
  });

  test('a signature is written, and the step is done', async () => {
    await step('Zet uw naam onder').getByRole('button', { name: 'Onderteken' }).click();
    await page.getByLabel('Onder uw antwoorden').fill('Noor Verhagen, Lindewerf');
    await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
    await step('Zet uw naam onder').getByText('gedaan').waitFor();
  });

  test('one sees the own first message arrive, and answers it', async () => {
    await step('Stuur uzelf').getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('button', { name: 'Stuur een proefbericht' }).click();
    await page.getByText('Aangekomen: Mijn eerste bericht').waitFor();
    await holds('start-arrived', page);
    await page.getByRole('button', { name: 'Open en antwoord' }).click();
    await heading('Mijn eerste bericht').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('Ja, u krijgt antwoord.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Ja, u krijgt antwoord.').last().waitFor();
    const [waiting] = (await gestand.api('GET', '/cases?status=all')).items;
    check(waiting.title === 'Mijn eerste bericht', waiting.title);
  });

  test('when all is done the steps say so, and are gone for good', async () => {
    await menu().getByRole('link', { name: 'Eerste stappen 5/5' }).click();
    await heading('Alles staat klaar').waitFor();
    await holds('start-over', page);
    await page.getByRole('button', { name: 'Naar het postvak' }).click();
    await page.getByRole('region', { name: 'Zaken', exact: true }).waitFor();
    await menu().getByRole('link', { name: 'Eerste stappen' }).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('region', { name: 'Zaken', exact: true }).waitFor();
    check((await menu().getByRole('link', { name: 'Eerste stappen' }).count()) === 0, 'it is back');
    await context.close();
  });

  return () => gestand.stop();
}
