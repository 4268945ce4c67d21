// journey.js — a case as the customer went through it: by its key, as lanes and as a table.

/** The steps, for run.js: its test, check and holds, the page and the program. */
export function testJourney({ test, check, holds, page, gestand }) {
  test('V shows the journey of the open case, and Esc leads back to it', async () => {
    const [one] = (await gestand.api('GET', '/cases?q=boodschappen')).items;
    await page().goto(`${gestand.url}/desk/all/${one.reference}`);
    await page().getByRole('heading', { name: one.title, level: 1 }).waitFor();
    await page().keyboard.press('v');
    await page()
      .getByRole('heading', { name: `Klantreis van ${one.person_name}` })
      .waitFor();
    check(page().url().endsWith(`/desk/journey/${one.reference}`), page().url());
    const journey = await gestand.api('GET', `/cases/${one.reference}/journey`);
    const picture = page().getByRole('img', { name: `${journey.contacts_n} contacten over` });
    check((await picture.count()) === 1, 'the picture says nothing');
    await holds('journey');
    await page().getByText('Tabel', { exact: true }).click();
    const rows = page().getByRole('row');
    check((await rows.count()) === journey.contacts_n + 1, 'a row for each contact');
    await holds('journey-table');
    await page().keyboard.press('Escape');
    await page().getByRole('heading', { name: one.title, level: 1 }).waitFor();
    check(page().url().endsWith(`/desk/all/${one.reference}`), page().url());
  });
}
