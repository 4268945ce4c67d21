// fields.js — what a case is: changed by mouse, by finger, by keys and from the palette.

const ANY = { 'If-Match': '*' };

/** Needs what run.js tests with. */
export function testFields({ test, check, becomes, holds, page, gestand, rows }) {
  const title = (words) => page().getByRole('heading', { level: 1, name: words });
  const menu = () => page().getByRole('button', { name: 'Meer met deze zaak' });
  const item = (name) => page().getByRole('menuitem', { name });
  const one = async () => (await gestand.api('GET', '/cases?q=gootsteen&status=all')).items[0];

  test('the title is changed by a key, and Z brings it back', async () => {
    await gestand.receive({
      from: 'Floor Veld',
      address: 'floor@veld.test',
      subject: 'Gootsteen verstopt',
      text: 'Het water loopt niet weg.',
      minutesAgo: 9,
    });
    await page().goto(`${gestand.url}/desk/all`);
    await rows().filter({ hasText: 'Gootsteen verstopt' }).click();
    await title('Gootsteen verstopt').waitFor();
    await page().keyboard.press('Shift+T');
    await page().getByRole('dialog', { name: 'Wijzig titel' }).waitFor();
    await page().keyboard.type('Afvoer keuken verstopt');
    await page().keyboard.press('Enter');
    await title('Afvoer keuken verstopt').waitFor();
    await page().getByText('noemde de zaak Afvoer keuken verstopt').waitFor();
    await page().keyboard.press('z');
    await title('Gootsteen verstopt').waitFor();
  });

  test('what is typed before a dialog has come goes into it, and is no key of the desk', async () => {
    await page().reload(); // its part isn't fetched yet
    await title('Gootsteen verstopt').waitFor();
    await page().keyboard.press('Shift+T');
    await page().keyboard.type('eerste hulp vi');
    const dialog = page().getByRole('dialog', { name: 'Wijzig titel' });
    await dialog.waitFor();
    const field = dialog.getByRole('textbox', { name: 'Titel' });
    await becomes(async () => (await field.inputValue()) === 'eerste hulp vi', 'letters are lost');
    await page().keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const now = await one();
    check(now.status !== 'done' && !now.assignee_id, 'they were keys');
  });

  test('a title that another changed meanwhile is asked about, in both versions', async () => {
    await page().keyboard.press('Shift+T');
    await page().getByRole('dialog', { name: 'Wijzig titel' }).waitFor();
    await page().keyboard.type('Van mij');
    const { id } = await one();
    await gestand.api('PATCH', `/cases/${id}`, { title: 'Gootsteen van een ander' }, ANY);
    await title('Gootsteen van een ander').waitFor();
    await page().keyboard.press('Enter');
    const dialog = page().getByRole('dialog', { name: /^Tegelijk veranderd/ });
    await dialog.getByText('Van mij').waitFor();
    await dialog.getByText('Gootsteen van een ander').waitFor();
    await dialog.getByRole('radio', { name: /Zoals het nu is/ }).check();
    await dialog.getByRole('button', { name: 'Bewaar deze keuze' }).click();
    await dialog.waitFor({ state: 'detached' });
    check((await one()).title === 'Gootsteen van een ander', 'it was overwritten');
    await gestand.api('PATCH', `/cases/${id}`, { title: 'Gootsteen verstopt' }, ANY);
    await title('Gootsteen verstopt').waitFor();
  });

  test('I takes a case and E closes it, and Z brings back each', async () => {
    await page().keyboard.press('i');
    await becomes(async () => (await one()).assignee_id, 'it was not taken');
    await page().getByText('Zaak gewijzigd').waitFor();
    await page().keyboard.press('z');
    await becomes(async () => !(await one()).assignee_id, 'it is still taken');
    await page().keyboard.press('e');
    await becomes(async () => (await one()).status === 'done', 'it was not closed');
    await page().getByText('De zaak is klaar.').waitFor();
    await page().keyboard.press('z');
    await becomes(async () => (await one()).status === 'open', 'it is still closed');
  });

  test('Esc leads to where one was', async () => {
    await page().keyboard.press('Escape');
    await page().keyboard.press('g');
    await page().keyboard.press('c');
    await page().getByRole('heading', { name: 'Klanten', level: 1 }).waitFor();
    await page()
      .getByRole('link', { name: /Floor Veld/ })
      .click();
    await page().getByRole('heading', { name: 'Floor Veld', level: 1 }).waitFor();
    await page().keyboard.press('Escape');
    await page().getByRole('heading', { name: 'Klanten', level: 1 }).waitFor();
    await page().keyboard.press('g');
    await page().keyboard.press('t');
    await page().getByRole('heading', { name: 'Toezeggingen', level: 1 }).waitFor();
    await page().keyboard.press('c');
    await page().getByRole('heading', { name: 'Nieuw contact', level: 1 }).waitFor();
    await page().locator('#case').focus();
    await page().keyboard.press('Escape');
    await page().getByRole('heading', { name: 'Toezeggingen', level: 1 }).waitFor();
    await page().goto(`${gestand.url}/desk/all`);
    await rows().filter({ hasText: 'Gootsteen verstopt' }).click();
    await title('Gootsteen verstopt').waitFor();
  });

  test('status, team and label are changed by the mouse where they stand', async () => {
    await gestand.api('POST', '/labels', { name: 'Riool' });
    await page().reload();
    await title('Gootsteen verstopt').waitFor();
    const fields = page().locator('#case header');
    await fields.getByRole('button', { name: /^Status:/ }).click();
    await item('Wacht op klant').click();
    await becomes(async () => (await one()).status === 'waiting', 'the status is as it was');
    await fields.getByRole('button', { name: /^Label:/ }).click();
    await item('Riool').click();
    await becomes(async () => (await one()).labels?.length === 1, 'the label is not there');
    await holds('casefields');
  });

  test('by a finger one menu has them all', async () => {
    await page().setViewportSize({ width: 390, height: 844 });
    await menu().click();
    await item('Riool').waitFor();
    await holds('casemenu');
    await page().setViewportSize({ width: 390, height: 844 });
    await item(/^Klaar/).click();
    await becomes(async () => (await one()).status === 'done', 'it is not done');
    await menu().click();
    await item('Wijzig titel').click();
    await page().getByRole('textbox', { name: 'Titel' }).fill('Gootsteen weer open');
    await page().getByRole('button', { name: 'Bewaar' }).click();
    await title('Gootsteen weer open').waitFor();
    await page().setViewportSize({ width: 1440, height: 900 });
  });

  test('the palette opens by a finger, and can send, attach, split and move', async () => {
    await page().locator('#case textarea').fill('Wij komen kijken.');
    await page().setViewportSize({ width: 390, height: 844 });
    await page().getByRole('link', { name: 'Terug naar de lijst' }).click();
    await page().getByRole('button', { name: 'Meer', exact: true }).click();
    await item(/^Zoek of doe/).click();
    await page().getByRole('dialog', { name: 'Zoek of doe' }).waitFor();
    await page().keyboard.press('Escape');
    await page().setViewportSize({ width: 1440, height: 900 });
    await rows().filter({ hasText: 'Gootsteen weer open' }).click();
    await title('Gootsteen weer open').waitFor();
    const wanted = [
      ['Zeg iets toe', '!'],
      ['Verstuur', 'Ctrl ↵'],
      ['Verstuur en kies status', 'Ctrl Shift ↵'],
      ['Voeg bestand toe', 'Ctrl Shift A'],
      ['Wijzig titel', 'Shift T'],
      ['Maak hier een eigen zaak van', ''],
      ['Verplaats naar een andere zaak', ''],
    ];
    for (const [words, keys] of wanted) {
      await page().keyboard.press('Control+k');
      const palette = page().getByRole('dialog', { name: 'Zoek of doe' });
      await palette.getByRole('combobox').fill(words);
      const line = palette.getByRole('option').filter({ hasText: words }).first();
      await line.waitFor();
      check((await line.textContent()).replace(/\s+/g, ' ').includes(keys), `${words}: no ${keys}`);
      await page().keyboard.press('Escape');
      await palette.waitFor({ state: 'detached' });
    }
    await page().locator('#case textarea').fill('');
  });
}
