// priority.js — what goes before its turn: by a key, by the mouse, by a finger, and many at once.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testPriority({ test, check, holds, page, gestand, rows, PHONE, DESK }) {
  const row = (name) => rows().filter({ hasText: name });
  const head = () => page().locator('#case header');
  const dialog = () => page().getByRole('dialog', { name: /^Prioriteit/ });
  const palette = () => page().getByRole('dialog', { name: 'Zoek of doe' });

  async function decide(level, why) {
    await dialog().getByRole('radio', { name: level }).check();
    if (why) await dialog().getByLabel('Reden').fill(why);
    await page().keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
  }

  test('P gives a case a priority with its reason, and Z takes it back', async () => {
    for (const from of ['Otto Pauw', 'Priya Pauw'])
      await gestand.receive({
        from,
        address: `${from.slice(0, 4).toLowerCase()}@pauw.test`,
        subject: from === 'Priya Pauw' ? 'Huis met mijn zus' : 'Huis met mijn broer',
        text: 'Kunnen wij ons samen inschrijven? Priya en Otto',
        minutesAgo: 1,
      });
    await page().goto(`${gestand.url}/desk/all`);
    await row('Priya Pauw').click();
    await page().getByRole('heading', { name: 'Huis met mijn zus', level: 1 }).waitFor();
    await page().keyboard.press('p');
    await dialog()
      .getByRole('radio', { name: /^Zoals de klant schrijft/, checked: true })
      .waitFor();
    await holds('priority');
    await decide('Spoed', 'haar zus wordt uitgezet');
    await head()
      .getByRole('button', { name: 'Prioriteit: Spoed haar zus wordt uitgezet' })
      .waitFor();
    await row('Priya Pauw').filter({ hasText: 'Spoed' }).waitFor();
    await page()
      .getByText('gaf als prioriteit Spoed, met als reden: haar zus wordt uitgezet')
      .waitFor();
    await page().keyboard.press('z');
    await row('Priya Pauw').filter({ hasText: 'Spoed' }).waitFor({ state: 'detached' });
    await page().getByText('liet de prioriteit aan de woorden van de klant').waitFor();
    await page().keyboard.press('p');
    await decide('Spoed', 'haar zus wordt uitgezet');
    await row('Priya Pauw').filter({ hasText: 'Spoed' }).waitFor();
    await holds('prioritised');
  });

  test('the palette gives it too, and what a colleague decides is seen at once', async () => {
    await page().keyboard.press('Control+k');
    await page().keyboard.type('prioriteit: dringend');
    await palette().getByRole('option', { name: 'Prioriteit: dringend', selected: true }).waitFor();
    await page().keyboard.press('Enter');
    await head().getByRole('button', { name: 'Prioriteit: Dringend' }).waitFor();
    const { items } = await gestand.api('GET', '/cases?q=zus');
    const { id } = items.find(({ title }) => title === 'Huis met mijn zus');
    const how = { 'If-Match': '*' };
    const theirs = { priority: 'low', priority_why: 'zij heeft de tijd' };
    await gestand.api('PATCH', `/cases/${id}`, theirs, how);
    await head().getByRole('button', { name: 'Kan wachten zij heeft de tijd' }).waitFor();
    await page().keyboard.press('Control+k');
    await page().keyboard.type('kan wachten');
    await page().getByText('Zoek overal naar kan wachten').waitFor();
    const same = palette().getByRole('option', { name: 'Prioriteit: kan wachten' });
    check((await same.count()) === 0, 'what it has already is offered');
    await page().keyboard.press('Escape');
  });

  test('by a finger the menu of the case has it', async () => {
    await page().setViewportSize(PHONE);
    await head().getByRole('button', { name: 'Meer met deze zaak' }).click();
    await page().getByRole('menuitem', { name: 'Prioriteit' }).click();
    await decide(/^Zoals de klant schrijft/);
    await head().getByRole('button', { name: 'Kan wachten' }).waitFor({ state: 'detached' });
    await page().setViewportSize(DESK);
  });

  test('picked cases get one together, and stand in the list of what is urgent', async () => {
    for (const name of ['Otto Pauw', 'Priya Pauw']) {
      await row(name).click();
      await row(name).and(page().locator('[aria-current]')).waitFor();
      await page().keyboard.press('x');
    }
    await page().getByText('2 gekozen').waitFor();
    await page().getByRole('button', { name: 'Prioriteit', exact: true }).last().click();
    await decide('Dringend', 'de krant belt');
    for (const name of ['Otto Pauw', 'Priya Pauw'])
      await row(name).filter({ hasText: 'Dringend' }).waitFor();
    await page().keyboard.press('Escape');
    const urgent = (await gestand.api('GET', '/cases?urgent=true&status=all')).items;
    const both = urgent.filter(({ priority_why }) => priority_why === 'de krant belt');
    check(both.length === 2, `urgent: ${urgent.map(({ title }) => title)}`);
    await page().keyboard.press('z');
    await row('Otto Pauw').filter({ hasText: 'Dringend' }).waitFor({ state: 'detached' });
  });
}
