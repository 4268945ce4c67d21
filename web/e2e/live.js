// live.js — two colleagues on one case, at the same time; and a network that is cut.
import { PASSWORD } from './gestand.js';

const ANY = {
  'If-Match': '*',
};
const JOOST = 'joost.brouwer@lindewerf.test';

/** Needs what run.js tests with; `page` and `url` are known only once it runs. */
export function testLive({ test, check, holds, page, gestand }) {
  let joost;
  const title = 'Geen warm water';

  /** The case as each of them has it. */
  const area = (of) => of.locator('#case textarea');
  const head = (of) => of.locator('#case header');

  async function theCase() {
    const [{ id }] = (await gestand.api('GET', '/cases?q=warm&status=all')).items;
    return gestand.api('GET', `/cases/${id}`);
  }

  /** How many times the case became this, as its history says. */
  async function changesTo(status) {
    const { timeline } = await theCase();
    return timeline.filter(({ data }) => data?.status === status).length;
  }

  async function becomesSo(isSo, what) {
    const until = Date.now() + 20_000;
    while (!(await isSo())) {
      check(Date.now() < until, what);
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  async function open(of) {
    await of.goto(`${gestand.url}/desk/all`);
    await of
      .getByRole('link', { name: new RegExp(title) })
      .first()
      .click();
    await of.getByRole('heading', { name: title, level: 1 }).waitFor();
  }

  test('who opens a case sees who else has it open, in its head and in the list', async () => {
    const context = await page()
      .context()
      .browser()
      .newContext({
        locale: 'nl-NL',
        reducedMotion: 'reduce',
        viewport: { width: 1440, height: 900 },
      });
    joost = await context.newPage();
    await joost.goto(`${gestand.url}/`);
    await joost.getByLabel('E-mail').fill(JOOST);
    await joost.getByLabel('Wachtwoord', { exact: true }).fill(PASSWORD);
    await joost.keyboard.press('Enter');
    await joost.getByRole('navigation', { name: 'Hoofdmenu' }).waitFor();
    await open(page());
    await open(joost);
    await head(page()).getByRole('img', { name: 'Joost Brouwer kijkt mee' }).waitFor();
    await head(joost).getByRole('img', { name: 'Noor Verhagen kijkt mee' }).waitFor();
    const row = page()
      .getByRole('link', { name: new RegExp(title) })
      .first();
    await row.getByRole('img', { name: 'Joost Brouwer kijkt mee' }).waitFor();
  });

  test('a colleague who answers closes the composer of others, until they take over', async () => {
    await area(page()).fill('');
    await joost.keyboard.press('r');
    await joost.keyboard.type('Dag mevrouw');
    await page().getByText('Joost Brouwer antwoordt nu').waitFor();
    await page().locator('#case textarea[readonly]').waitFor();
    await holds('softlock');
    await page().getByRole('button', { name: 'Neem over' }).click();
    await page().locator('#case textarea:not([readonly])').waitFor();
    await page().keyboard.type('Ik neem het over.');
    await joost.getByText('Noor Verhagen antwoordt nu').waitFor();
    check(!(await area(joost).evaluate((one) => one.readOnly)), 'what was begun is stopped');
    await area(page()).fill('');
    await joost.getByText('Noor Verhagen antwoordt nu').waitFor({ state: 'detached' });
    await area(joost).fill('');
  });

  test('a note that a colleague writes appears, and who reads up is not pulled down', async () => {
    const scroll = page().getByRole('region', { name: 'Tijdlijn' });
    const { id } = await theCase();
    for (let i = 0; i < 6; i++)
      await gestand.api('POST', `/cases/${id}/notes`, { text: `Regel ${i}\n`.repeat(9) });
    await page().getByText('Regel 5').last().waitFor();
    await scroll.evaluate((one) => one.scrollTo(0, 40));
    await joost.keyboard.press('Escape');
    await joost.keyboard.press('n');
    await joost.keyboard.type('Dit schrijft Joost.');
    await joost.keyboard.press('Control+Enter');
    await page().getByRole('button', { name: /nieuw/ }).waitFor();
    const top = await scroll.evaluate((one) => one.scrollTop);
    check(top < 60, `the timeline jumped to ${top}`);
    await page().getByRole('button', { name: /nieuw/ }).click();
    await page().getByText('Dit schrijft Joost.').waitFor();
  });

  test('a shared view that a colleague makes, changes and takes away is so for everybody', async () => {
    const menu = joost.getByRole('navigation', { name: 'Hoofdmenu' });
    const shared = { name: 'Ketels', q: 'warm', is_shared: true };
    const made = await gestand.api('POST', '/views', shared);
    await menu.getByRole('link', { name: /^Ketels/ }).waitFor();
    await menu.getByRole('link', { name: /^Ketels/ }).click();
    await joost.getByRole('heading', { name: 'Ketels', level: 2 }).waitFor();
    const path = `/views/${made.id}`;
    await gestand.api('PUT', path, { ...shared, name: 'Warm water' }, ANY);
    await joost.getByRole('heading', { name: 'Warm water', level: 2 }).waitFor();
    await gestand.api('PUT', path, { ...shared, name: 'Warm water', q: 'nergens' }, ANY);
    await joost
      .getByRole('region', { name: 'Lijst van zaken' })
      .getByRole('link', { name: new RegExp(title) })
      .waitFor({ state: 'detached' });
    await gestand.api('PUT', path, { ...shared, name: 'Van mij alleen', is_shared: false }, ANY);
    await joost.getByText('Weergave Warm water is er niet meer').waitFor();
    await menu.getByRole('link', { name: /^Warm water/ }).waitFor({ state: 'detached' });
    await gestand.api('DELETE', path);
    await open(joost);
  });

  test('two who change the same see both versions, and the one who chooses is heard', async () => {
    await page().goto(`${gestand.url}/desk/settings/macros`);
    await page().getByRole('button', { name: 'Nieuwe macro' }).click();
    await page().getByLabel('Naam').fill('Afspraak');
    await page().getByLabel('Tekst').fill('Wij komen morgen.');
    await page().getByLabel('Iedereen heeft deze macro').check();
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page().getByRole('link', { name: 'Afspraak' }).click();
    await page().getByLabel('Tekst').fill('Wij komen morgenochtend.');
    const [macro] = (await gestand.api('GET', '/macros')).items.filter(
      ({ name }) => name === 'Afspraak',
    );
    const { name, is_shared } = macro;
    const theirs = { name, is_shared, text: 'Wij bellen u.', status: 'done' };
    await gestand.api('PUT', `/macros/${macro.id}`, theirs, ANY);
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    const dialog = page().getByRole('dialog', { name: 'Tegelijk veranderd: Afspraak' });
    await dialog.getByText('Wij bellen u.').waitFor();
    await dialog.getByText('Wij komen morgenochtend.').waitFor();
    await holds('conflict');
    await dialog.getByRole('button', { name: 'Bewaar deze keuze' }).click();
    await dialog.waitFor({ state: 'detached' });
    await becomesSo(async () => {
      const { items } = await gestand.api('GET', '/macros');
      const now = items.find(({ id }) => id === macro.id);
      return now.text === 'Wij komen morgenochtend.' && now.status === 'done';
    }, 'the choice is not saved, or what only the other changed is lost');
  });

  test('two who change the same channel see both versions of what differs', async () => {
    await page().goto(`${gestand.url}/desk/settings/channels`);
    await page().getByRole('link', { name: 'E-mail', exact: true }).click();
    await page().getByLabel('Afzender', { exact: true }).fill('Lindewerf, uw huis');
    await page().getByLabel('Ondertekening').fill('Met groet');
    const { items } = await gestand.api('GET', '/channels');
    const { id } = items.find(({ name }) => name === 'E-mail');
    const theirs = { sender_name: 'Lindewerf wonen', has_reply_token: true };
    await gestand.api('PATCH', `/channels/${id}`, { settings: theirs }, ANY);
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    const dialog = page().getByRole('dialog', { name: 'Tegelijk veranderd: E-mail' });
    await dialog.getByRole('group', { name: 'Afzender' }).getByText('Lindewerf wonen').waitFor();
    check((await dialog.getByRole('group').count()) === 1, 'what only one changed is asked');
    await holds('conflict-channel');
    await dialog.getByRole('radio', { name: /Zoals het nu is/ }).check();
    await dialog.getByRole('button', { name: 'Bewaar deze keuze' }).click();
    await page().getByText('Bewaard.', { exact: true }).waitFor();
    const { settings } = await gestand.api('GET', `/channels/${id}`);
    check(settings.sender_name === 'Lindewerf wonen', 'the choice is not saved');
    check(settings.signature === 'Met groet', 'what one changed alone is lost');
    check(settings.has_reply_token === true, 'what the other changed alone is lost');
  });

  test('labels and changes of many wait without a network, and are done when it is back', async () => {
    const label = (await gestand.api('POST', '/labels', { name: 'Zonder net' })).id;
    await page().goto(`${gestand.url}/desk/all`);
    const boxes = page().getByRole('checkbox', { name: /^Kies zaak van/ });
    await boxes.nth(1).waitFor();
    for (const i of [0, 1]) await boxes.nth(i).click();
    const bar = page().getByRole('region', { name: 'Met gekozen zaken' });
    await page().context().setOffline(true);
    await page().getByText('Geen verbinding. Alles').waitFor();
    await bar.getByRole('button', { name: 'Label' }).click();
    await page().getByRole('menuitem', { name: 'Zonder net' }).click();
    await page().getByText('Bewaard. Het gaat naar de server zodra er verbinding is.').waitFor();
    await page().getByText('2 wijzigingen wachten').waitFor();
    await holds('offline-many');
    await page().context().setOffline(false);
    await page().getByText('2 wijzigingen wachten').waitFor({ state: 'detached' });
    const has = async () => (await gestand.api('GET', `/cases?label=${label}&status=all`)).items;
    await becomesSo(async () => (await has()).length === 2, 'the label is not on both');
  });

  test('what is changed without a network waits, and is done once when it is back', async () => {
    await gestand.api('PATCH', `/cases/${(await theCase()).id}`, { status: 'open' }, ANY);
    const before = await changesTo('done');
    await open(page());
    await page().context().setOffline(true);
    await page().getByText('Geen verbinding. Alles').waitFor();
    await page().keyboard.press('e');
    await page().getByText('1 wijziging wacht').waitFor();
    await holds('offline');
    await page().context().setOffline(false);
    await page().getByText('Geen verbinding. Alles').waitFor({ state: 'detached' });
    await page().getByText('1 wijziging wacht').waitFor({ state: 'detached' });
    check((await changesTo('done')) === before + 1, 'it was not done, or twice');
  });

  test('a server that dies loses nothing that was asked of it, and does nothing twice', async () => {
    const before = await changesTo('open');
    await gestand.kill();
    await page().getByText('Geen verbinding. Alles').waitFor();
    await page().keyboard.press('e');
    await page().getByText('1 wijziging wacht').waitFor();
    await page().keyboard.press('n');
    await page().keyboard.type('Geschreven zonder server.');
    await page().keyboard.press('Control+Enter');
    await page()
      .reload()
      .catch(() => {});
    await gestand.revive();
    // The browser may still be on its way to its own page of what it can't reach.
    await becomesSo(
      () =>
        page()
          .goto(`${gestand.url}/desk/all`)
          .then(() => true)
          .catch(() => false),
      'the desk is not there again',
    );
    await open(page());
    await becomesSo(async () => (await changesTo('open')) === before + 1, 'the change is lost');
    await page().keyboard.press('n');
    if ((await area(page()).inputValue()).includes('zonder server'))
      await page().keyboard.press('Control+Enter');
    await becomesSo(async () => {
      const { timeline } = await theCase();
      const said = timeline.filter(({ text }) => text?.includes('zonder server'));
      return said.length === 1;
    }, 'the note is lost, or there twice');
  });

  test('a colleague who leaves is gone from the head of the case', async () => {
    await joost.context().close();
    await head(page()).getByRole('img', { name: 'Joost Brouwer kijkt mee' }).waitFor({
      state: 'detached',
      timeout: 60_000,
    });
  });
}
