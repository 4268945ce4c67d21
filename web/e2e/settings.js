// settings.js — the settings, page by page.

/** Three weeks of next summer, as a calendar program writes them. */
const HOLIDAYS = `BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
SUMMARY:Bouwvak\r
DTSTART;VALUE=DATE:${new Date().getFullYear() + 1}0719\r
DTEND;VALUE=DATE:${new Date().getFullYear() + 1}0809\r
END:VEVENT\r
END:VCALENDAR\r
`;

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testSettings({ test, check, becomes, holds, page, gestand, DESK, PHONE }) {
  const heading = (name) => page().getByRole('heading', { name, level: 1 });
  const menu = (name) =>
    page().getByRole('navigation', { name: 'Instellingen' }).getByRole('link', { name });

  /** Does it, and waits until the server has kept what came of it. */
  async function keeps(act) {
    const kept = page().waitForResponse((answer) => answer.request().method() === 'PUT');
    await act();
    await kept;
  }

  /** On a phone it's below the name: at the same edge. */
  async function healthIsAligned() {
    await page().setViewportSize(PHONE);
    const row = page().getByRole('listitem').filter({ hasText: 'Werkt. Laatste contact' }).first();
    const name = await row.getByRole('link').boundingBox();
    const health = await row.getByText('Werkt. Laatste contact').boundingBox();
    return health.y >= name.y + name.height && Math.abs(health.x - name.x) < 1;
  }

  test('a key opens the settings, and Esc leads back to the list', async () => {
    await page().goto(`${gestand.url}/desk/all`);
    await page().getByRole('region', { name: 'Lijst van zaken' }).waitFor();
    await page().keyboard.press(',');
    await heading('Profiel').waitFor();
    await page().keyboard.press('Escape');
    await page().getByRole('region', { name: 'Lijst van zaken' }).waitFor();
  });

  test('the language of the profile is spoken at once, and again after a reload', async () => {
    await page().getByRole('link', { name: 'Instellingen' }).click();
    await keeps(() => page().getByLabel('Taal').selectOption('fr'));
    await heading('Profil').waitFor();
    await page().evaluate(() => globalThis.localStorage.clear());
    await page().reload();
    await heading('Profil').waitFor();
    await keeps(() => page().getByLabel('Langue').selectOption('nl'));
    await heading('Profiel').waitFor();
  });

  test('a signature is kept', async () => {
    await page().getByLabel('Onder uw antwoorden').fill('Noor Verhagen\nLindewerf');
    await page().getByRole('form', { name: 'Ondertekening' }).getByText('Bewaar').click();
    await page().getByText('Bewaard.', { exact: true }).waitFor();
    await page().reload();
    const kept = await page().getByLabel('Onder uw antwoorden').inputValue();
    check(kept === 'Noor Verhagen\nLindewerf', `kept: ${kept}`);
    await holds('settings-profile');
  });

  test('a label is made, gets another name, and stands in the list', async () => {
    await menu('Labels').click();
    await page().getByRole('button', { name: 'Nieuw label' }).click();
    await page().getByLabel('Naam').fill('Lekkage');
    await page().getByLabel('Kleur').selectOption('blue');
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page().getByRole('link', { name: 'Lekkage' }).click();
    await page().getByLabel('Naam').fill('Lekkage en vocht');
    await page().keyboard.press('Enter');
    await page().getByRole('link', { name: 'Lekkage en vocht' }).waitFor();
    await holds('settings-labels');
  });

  test('what the server refuses is told in the language of the desk', async () => {
    await page().getByRole('button', { name: 'Nieuw label' }).click();
    await page().getByLabel('Naam').fill('Spoed');
    await page().keyboard.press('Enter');
    const refusal = page().getByRole('alert');
    await refusal.getByText('Er is al een label Spoed.').waitFor();
    await page().getByLabel('Naam').fill('x'.repeat(99));
    await page().keyboard.press('Enter');
    await refusal.getByText(/^Is langer dan \d+ tekens$/).waitFor();
    await page()
      .getByText(/^is langer dan \d+ tekens$/)
      .waitFor();
    await holds('settings-refused');
    await page().getByRole('button', { name: 'Laat zo' }).click();
  });

  test('J and K walk through the rows of a page, and Enter opens one', async () => {
    const labels = page().getByRole('main').getByRole('listitem');
    const isAt = (n) => labels.nth(n).evaluate((row) => row.contains(document.activeElement));
    await labels.nth(1).waitFor();
    await page().keyboard.press('j');
    check(await isAt(0), 'not at the first row');
    await page().keyboard.press('j');
    check(await isAt(1), 'not at the second row');
    await page().keyboard.press('k');
    check(await isAt(0), 'not back at the first row');
    await page().keyboard.press('Enter');
    await page().getByRole('button', { name: 'Bewaar', exact: true }).waitFor();
    await page().getByRole('button', { name: 'Laat zo' }).click();
  });

  test('a macro is made, thrown away and brought back', async () => {
    await menu("Macro's").click();
    await page().getByRole('button', { name: 'Nieuwe macro' }).click();
    await page().getByLabel('Naam').fill('Monteur komt');
    await page().getByLabel('Tekst').fill('De monteur komt morgen tussen 8 en 10 uur.');
    await page().getByLabel('De zaak krijgt').selectOption({ label: 'Lekkage en vocht' });
    await page().getByLabel('Iedereen heeft deze macro').check();
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page().getByRole('link', { name: 'Monteur komt' }).waitFor();
    await page().getByRole('button', { name: 'Haal weg' }).click();
    await page().getByRole('heading', { name: "Nog geen macro's" }).waitFor();
    await page().getByRole('button', { name: 'Draai terug' }).click();
    await page().getByRole('link', { name: 'Monteur komt' }).waitFor();
    await holds('settings-macros');
  });

  test('words that nobody should write are kept, a line each', async () => {
    await menu('Taalgebruik').click();
    await page().getByLabel('Woorden die niet mogen').fill('pindakaas*\n\nhelaas pech ');
    await page().getByLabel('Eigen nummers, adressen en namen').fill('030 234 56 78');
    await keeps(() => page().getByRole('button', { name: 'Bewaar', exact: true }).click());
    await page().reload();
    const kept = await page().getByLabel('Woorden die niet mogen').inputValue();
    check(kept === 'pindakaas*\nhelaas pech', `kept: ${kept}`);
    await holds('settings-wording');
  });

  test('a channel is changed by the fields of its type, and turned off and on', async () => {
    await menu('Kanalen').click();
    await page().getByText('Werkt. Laatste contact').first().waitFor();
    await holds('settings-channels');
    await becomes(healthIsAligned, 'on a phone the health of a channel stands under its icon');
    await page().setViewportSize(DESK);
    await page().getByRole('button', { name: 'Nieuw kanaal' }).click();
    await page().getByRole('menuitem', { name: 'Sms met Kannel' }).waitFor();
    await holds('settings-channel-kinds');
    await page().keyboard.type('chat');
    await page().keyboard.press('Enter');
    await heading('Nieuw kanaal: chat op de site').waitFor();
    await menu('Kanalen').click();
    await page().getByRole('link', { name: 'E-mail', exact: true }).click();
    await page().getByLabel('Afzender', { exact: true }).fill('Lindewerf');
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page().getByText('Bewaard.', { exact: true }).waitFor();
    check(
      (await page().getByLabel('Afzender', { exact: true }).inputValue()) === 'Lindewerf',
      'it is not kept',
    );
    await page().getByRole('button', { name: 'Probeer nu' }).click();
    await page().getByText('De andere kant antwoordt.').waitFor();
    await page().getByRole('button', { name: 'Zet uit' }).click();
    await page().getByText('Staat uit.', { exact: true }).waitFor();
    await page().getByRole('button', { name: 'Draai terug' }).click();
    await page().getByRole('button', { name: 'Zet uit' }).waitFor();
    await holds('settings-channel');
  });

  test('opening hours are typed, kept, and go out and come in as a file', async () => {
    await menu('Openingstijden').click();
    await page().getByRole('heading', { name: 'Nog geen kalender' }).waitFor();
    await page().getByRole('button', { name: 'Nieuwe kalender' }).click();
    await page().getByLabel('Naam').fill('Kantoor');
    await page().getByLabel('Maandag').fill('9 tot 5');
    await page().getByLabel('Dinsdag').fill('9-12.30, 13-17');
    await page().getByRole('button', { name: 'Zoals in België' }).click();
    check(!(await page().getByLabel('Koningsdag').isChecked()), 'it is a Dutch day');
    await page().getByLabel('Belgische nationale feestdag').waitFor();
    await page().getByRole('button', { name: 'Voeg een dag toe' }).click();
    const day = page().getByRole('main').locator('fieldset li').last();
    await day.getByLabel('Van').fill('2027-12-24');
    await day.getByLabel('Waarom').fill('Kerstborrel');
    await day.getByLabel('Open').fill('9-13');
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page().getByText('Niet alles is te lezen').waitFor();
    await holds('settings-calendar-refused');
    await page().getByLabel('Maandag').fill('9-17');
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page().getByRole('link', { name: 'Kantoor' }).waitFor();
    await page().getByText('ma 09:00–17:00, di 09:00–12:30, 13:00–17:00, wo–vr').waitFor();
    await holds('settings-calendars');

    await page().getByRole('link', { name: 'Kantoor' }).click();
    const coming = page().waitForEvent('download');
    await page().getByRole('link', { name: 'Bewaar als agendabestand' }).click();
    const file = await coming;
    check(file.suggestedFilename() === 'Kantoor.ics', file.suggestedFilename());
    await page()
      .getByLabel('Lees agendabestand in')
      .setInputFiles({
        name: 'vakantie.ics',
        mimeType: 'text/calendar',
        buffer: globalThis.Buffer.from(HOLIDAYS),
      });
    await page().getByText('Het agendabestand is ingelezen.').waitFor();
    await page().getByRole('link', { name: 'Kantoor' }).click();
    await page().getByRole('listitem', { name: 'Bouwvak' }).waitFor();
    await holds('settings-calendar');
    await page().getByRole('button', { name: 'Laat zo' }).click();
  });

  test('a colleague is added and taken into a team', async () => {
    await menu("Collega's").click();
    await page().getByRole('button', { name: 'Nieuwe collega' }).click();
    await page().getByLabel('Naam').fill('Bas Smit');
    await page().getByLabel('E-mail').fill('bas.smit@lindewerf.test');
    await page().getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page().getByRole('link', { name: 'Bas Smit' }).waitFor();
    await holds('settings-users');
    await menu('Teams').click();
    await page().getByRole('main').getByRole('link', { name: 'Reparaties' }).click();
    await page().getByLabel('Voeg een collega toe').selectOption({ label: 'Bas Smit' });
    await page().getByRole('button', { name: 'Haal uit team' }).waitFor();
    await holds('settings-teams');
  });

  test('a token is made, shown once, works, and is revoked', async () => {
    await menu('API-tokens').click();
    await page().getByRole('button', { name: 'Nieuw token' }).click();
    await page().getByLabel('Waarvoor').fill('Koppeling boekhouding');
    await page().getByRole('button', { name: 'Maak', exact: true }).click();
    await page().getByText('Wijs aan wat het token mag').waitFor();
    await page().getByLabel('Zaken lezen').check();
    await holds('settings-token-new');
    await page().getByRole('button', { name: 'Maak', exact: true }).click();
    const secret = await page().getByRole('main').locator('code').textContent();
    await holds('settings-token-made');
    const status = async (path) => {
      const headers = { Authorization: `Bearer ${secret}` };
      return (await globalThis.fetch(`${gestand.url}/api/v1/${path}`, { headers })).status;
    };
    check((await status('cases')) === 200, 'it may not do what was chosen');
    check((await status('users')) === 403, 'it may do more than was chosen');
    await page().reload();
    const row = page().getByRole('listitem').filter({ hasText: 'Koppeling boekhouding' });
    await row.getByText('Zaken lezen').waitFor();
    check((await page().getByText(secret).count()) === 0, 'the secret is shown again');
    await holds('settings-tokens');
    await row.getByRole('button', { name: 'Trek in' }).click();
    await row.getByRole('button', { name: 'Trek in' }).click();
    await row.waitFor({ state: 'detached' });
    check((await status('cases')) === 401, 'it still works');
  });

  test('who did what is found by person, kind and day', async () => {
    await menu('Wie deed wat').click();
    const rows = page().getByRole('main').getByRole('listitem');
    await rows.first().waitFor();
    await page().getByLabel('Wat', { exact: true }).selectOption({ label: 'Maakte een token' });
    await rows.filter({ hasText: 'Maakte een token' }).first().waitFor();
    await rows.filter({ hasText: 'Logde in' }).first().waitFor({ state: 'detached' });
    await holds('settings-audit');
    await page().getByLabel('Wie', { exact: true }).selectOption({ label: 'Bas Smit' });
    await page().getByText('Niets gevonden').waitFor();
    await page().getByLabel('Wie', { exact: true }).selectOption({ label: 'Iedereen' });
    await rows.filter({ hasText: 'Maakte een token' }).first().waitFor();
    await page().getByLabel('Tot en met').fill('2020-01-01');
    await page().getByText('Niets gevonden').waitFor();
  });

  test('where nothing got stuck each page says so', async () => {
    for (const [name, said] of [
      ['Niet begrepen', 'Alles is begrepen'],
      ['Postvak uit', 'Niets in dit vak'],
      ['Opgegeven werk', 'Niets opgegeven'],
    ]) {
      await menu(name).click();
      const empty = page().getByRole('heading', { name: said });
      await empty.waitFor();
      const title = await heading(name).boundingBox();
      check((await empty.boundingBox()).x === title.x, `${name}: what is empty is indented`);
      await holds(`settings-${name.toLowerCase().replace(' ', '-')}`);
    }
  });
}
