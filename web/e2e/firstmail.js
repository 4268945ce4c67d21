// firstmail.js — a newcomer in a fresh installation with a real mailbox: how many steps and seconds it
// takes until the first real mail is answered.
import { EMAIL, Gestand, PASSWORD } from './gestand.js';
import { Mailbox } from './mailbox.js';

/** He reads and types slower than a script: the steps are what counts, the seconds are ours. */
const STEPS_MAX = 16;
const SECONDS_MAX = 60;

export function testFirstMail({ test, check, becomes, listen, browser }) {
  const gestand = new Gestand();
  const mailbox = new Mailbox();

  test('somebody new connects his own mailbox and answers the first real mail', async () => {
    const { at } = await mailbox.start();
    if (at.missing) return console.log(`  not tried: ${at.missing}`);
    await gestand.startBare();
    const context = await browser().newContext({ locale: 'nl-NL', serviceWorkers: 'block' });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    listen(page, /status of (401|404)/);
    await atTheirPorts(page, at);
    let steps = 0;
    const type = (label, words) => (steps++, page.getByLabel(label, { exact: true }).fill(words));
    const press = (name) => (steps++, page.getByRole('button', { name, exact: true }).click());
    const began = Date.now();
    await page.goto(gestand.url);
    await type('E-mail', EMAIL);
    await type('Wachtwoord', PASSWORD);
    await press('Ga verder');
    await page.getByRole('heading', { name: 'Klaar voor het eerste bericht' }).waitFor();
    await press('Verbind');
    await type('Adres', at.address);
    await type('Wachtwoord', at.password);
    await type('Server voor ophalen (IMAP)', 'localhost');
    await type('Server voor versturen (SMTP)', 'localhost');
    await press('Verbind en probeer');
    await page.getByText('De andere kant antwoordt.').waitFor();
    const last = page.getByRole('listitem').filter({ hasText: 'Stuur uzelf' });
    steps++;
    await last.getByRole('button', { name: 'Begin' }).click();
    await page.getByText(at.address).last().waitFor();
    steps++;
    await mailbox.send('Mijn eerste bericht', 'Werkt het?');
    await page.getByText('Aangekomen: Mijn eerste bericht').waitFor();
    await press('Open en antwoord');
    await page.getByRole('heading', { name: 'Mijn eerste bericht', level: 1 }).waitFor();
    steps += 2;
    await page.locator('#case textarea').fill('Ja, het werkt.');
    await page.locator('#case textarea').press('Control+Enter');
    await becomes(
      async () => (await mailbox.read()).join().includes('Ja, het werkt.'),
      'no answer',
    );
    const seconds = (Date.now() - began) / 1000;
    console.log(
      `  ${steps} steps, ${seconds.toFixed(1)} s from the login to the answer in the mailbox`,
    );
    check(steps <= STEPS_MAX, `it takes ${steps} steps`);
    check(seconds <= SECONDS_MAX, `it takes ${seconds} s`);
    await context.close();
  });

  return async () => {
    mailbox.stop();
    await gestand.stop();
  };
}

/** Real providers have the usual ports and certificates; ours are where there was room. */
async function atTheirPorts(page, { imaps, submission, ca_file }) {
  const theirs = {
    ...{ imap_port: imaps, imap_security: 'tls', ca_file },
    ...{ smtp_port: submission, smtp_security: 'starttls' },
  };
  await page.route('**/api/v1/channels', async (route) => {
    const request = route.request();
    if (request.method() !== 'POST') return route.continue();
    const draft = request.postDataJSON();
    const settings = { ...draft.settings, ...theirs };
    await route.continue({ postData: JSON.stringify({ ...draft, settings }) });
  });
}
