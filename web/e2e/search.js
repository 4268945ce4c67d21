// search.js — the filters of the search: as chips and fields, by the keyboard, kept in the address.

/** The steps, for run.js: its test, check and holds, the page and the program. */
export function testSearch({ test, check, holds, page, gestand }) {
  const hits = () => page().getByRole('list', { name: 'Gevonden' }).getByRole('link');
  const filters = () => page().getByRole('button', { name: 'Filters', exact: true });

  test('a hit of a message says whose case it is, and its reference', async () => {
    const [one] = (await gestand.api('GET', '/cases?q=boodschappen')).items;
    await page().goto(`${gestand.url}/desk/search?q=boodschappen`);
    const hit = hits().filter({ hasText: 'Yara Bouali' });
    await hit.waitFor();
    check((await hit.textContent()).includes(one.reference), 'no reference');
  });

  test('filters of messages are set by the keyboard alone, and stand in the address', async () => {
    await page().goto(`${gestand.url}/desk/search?q=de`);
    await hits().filter({ hasText: 'Ruud Hendriks' }).or(hits().first()).first().waitFor();
    const all = await hits().count();
    await filters().focus();
    await page().keyboard.press('Enter');
    const direction = page().getByLabel('Richting');
    for (let i = 0; i < 12; i++) {
      if (await direction.evaluate((node) => node === document.activeElement)) break;
      await page().keyboard.press('Tab');
    }
    await page().keyboard.type('van de klant');
    await page().getByRole('button', { name: 'Haal filter weg: Richting: van de klant' }).waitFor();
    check(page().url().includes('direction=in'), page().url());
    await page().getByLabel('Vanaf').fill('2020-01-31');
    await page().getByRole('button', { name: 'Haal filter weg: Vanaf: 31 jan 2020' }).waitFor();
    check(page().url().includes('since=2020-01-31'), page().url());
    await hits().first().waitFor();
    check((await hits().count()) <= all, 'a filter finds more');
    await holds('search-filters');
    await page().getByLabel('Tot en met').fill('2020-02-01');
    await page().getByRole('heading', { name: 'Niets gevonden voor de' }).waitFor();
  });

  test('a filter is taken off by its chip, and a reload keeps the others', async () => {
    await page()
      .getByRole('button', { name: /^Haal filter weg: Tot en met/ })
      .click();
    await hits().first().waitFor();
    await page().reload();
    await page()
      .getByRole('button', { name: /^Haal filter weg: Vanaf/ })
      .waitFor();
    check(
      (await page()
        .getByRole('button', { name: /Tot en met/ })
        .count()) === 0,
      'it came back',
    );
    await hits().first().waitFor();
  });

  test("from a customer's page one searches in what was said with him", async () => {
    const [one] = (await gestand.api('GET', '/cases?q=boodschappen')).items;
    await page().goto(`${gestand.url}/desk/people/${one.person_id}`);
    await page().getByRole('link', { name: 'Zoek in wat gezegd is' }).click();
    await page().getByRole('button', { name: 'Haal filter weg: Klant: Yara Bouali' }).waitFor();
    await page().getByRole('searchbox').fill('de');
    await hits().filter({ hasText: 'Yara Bouali' }).first().waitFor();
    const others = await hits().filter({ hasNotText: 'Yara Bouali' }).count();
    check(others === 0, 'somebody else was found');
  });

  test('a search is kept to one customer, who is found by his name', async () => {
    await page().goto(`${gestand.url}/desk/search?q=de`);
    await filters().click();
    const field = page().getByRole('combobox', { name: 'Klant' });
    await field.fill('mariek');
    await page()
      .getByRole('option', { name: /Marieke de Graaf/ })
      .waitFor();
    await holds('search-person');
    await filters().click();
    await filters().click();
    await field.fill('mariek');
    await page()
      .getByRole('option', { name: /Marieke de Graaf/ })
      .waitFor();
    await page().keyboard.press('Enter');
    const chip = page().getByRole('button', { name: /^Haal filter weg: Klant: Marieke de Graaf/ });
    await chip.waitFor();
    check(/person=per_/.test(page().url()), page().url());
    check((await field.inputValue()).startsWith('Marieke de Graaf'), 'the field is empty');
    await hits().first().waitFor();
    const said = await hits().allTextContents();
    check(
      said.every((one) => one.includes('Marieke')),
      said.join(' | '),
    );
    await field.fill('niemandnergens');
    await page().getByText('Geen klant gevonden').waitFor();
    await field.fill('');
    await page().keyboard.press('Tab');
    await chip.waitFor({ state: 'detached' });
  });
}
