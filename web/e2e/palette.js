// palette.js — what the buttons of a page do, from the palette: by keys alone, and only where they are.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testPalette({ test, check, becomes, page, gestand, rows }) {
  const palette = () => page().getByRole('dialog', { name: 'Zoek of doe' });
  const option = (name) => palette().getByRole('option', { name });
  const timeline = () => page().getByRole('region', { name: 'Tijdlijn, alle kanalen' });

  /** Types it, waits until its line is the first, and does that. */
  async function command(typed, name) {
    await page().keyboard.press('Control+k');
    await palette().waitFor();
    await page().keyboard.type(typed);
    await palette().getByRole('option', { name, selected: true }).waitFor();
    await page().keyboard.press('Enter');
    await palette().waitFor({ state: 'detached' });
  }
  async function lacks(typed, name) {
    await page().keyboard.press('Control+k');
    await page().keyboard.type(typed);
    await palette().getByText(`Zoek overal naar ${typed}`).waitFor();
    check((await option(name).count()) === 0, `${typed} is offered where it does nothing`);
    await page().keyboard.press('Escape');
    await palette().waitFor({ state: 'detached' });
  }
  async function open(name) {
    await page().goto(`${gestand.url}/desk/all`);
    await rows().filter({ hasText: name }).click();
    await rows().filter({ hasText: name }).and(page().locator('[aria-current]')).waitFor();
    await timeline().getByRole('article').first().waitFor();
  }

  test('the palette keeps, moves and withdraws what the open case promised', async () => {
    await gestand.receive({
      from: 'Petra Palet',
      address: 'petra@palet.test',
      subject: 'Welk keurmerk heeft de ketel',
      text: 'In de brief staat een ander keurmerk dan op de site.',
      minutesAgo: 1,
    });
    await open('Petra Palet');
    await lacks('nagekomen', /^Nagekomen:/);
    const [{ id }] = (await gestand.api('GET', '/cases?q=keurmerk')).items;
    const due_at = new Date(Date.now() + 26 * 3600e3).toISOString();
    for (const words of ['Wij sturen u een nieuw label', 'Wij bellen u over het label'])
      await gestand.api('POST', `/cases/${id}/promises`, { kind: 'other', words, due_at });
    const states = async () => {
      const { items } = await gestand.api('GET', `/cases/${id}/promises`);
      return items
        .map(({ state }) => state)
        .sort()
        .join(' ');
    };
    await command('nagekomen: wij sturen', /^Nagekomen: Wij sturen u een nieuw label/);
    await becomes(async () => (await states()) === 'kept open', 'it was not kept');
    await command('verzet: wij bellen', /^Verzet: Wij bellen u over het label/);
    const dialog = page().getByRole('dialog', { name: 'Verzet' });
    await dialog.getByText('Wij bellen u over het label').waitFor();
    await page().keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await command('trek in: wij bellen', /^Trek in: Wij bellen u over het label/);
    const withdrawing = page().getByRole('dialog', { name: 'Trek in' });
    await withdrawing.getByLabel('Waarom').fill('dubbel genoteerd');
    await page().keyboard.press('Enter');
    await withdrawing.waitFor({ state: 'detached' });
    await becomes(async () => (await states()) === 'kept withdrawn', 'it was not withdrawn');
  });

  test('the palette takes over what is promised, and says no to a referral', async () => {
    await page().keyboard.press('r');
    await page().keyboard.type('Wij bellen u morgen om 12:00 uur terug. Bel anders 0900 1234.');
    await page().getByRole('button', { name: 'Dit is geen verwijzing' }).waitFor();
    await command('neem over: wij bellen', /^Neem over: /);
    await page()
      .getByRole('list', { name: 'Toezeggingen die meegaan' })
      .getByRole('listitem')
      .waitFor();
    await command('geen verwijzing', /^Dit is geen verwijzing/);
    await page()
      .getByRole('button', { name: 'Dit is geen verwijzing' })
      .waitFor({ state: 'detached' });
    await lacks('geen verwijzing', /^Dit is geen verwijzing/);
    await page().locator('#case textarea').fill('');
  });

  test('the palette corrects what the newest message says, and Z takes it back', async () => {
    await page().locator('#case h1').click();
    await command('stemming: boos', 'Stemming: boos');
    await timeline()
      .getByRole('button', { name: /^boos.*Verbeter/ })
      .waitFor();
    await lacks('stemming: boos', /^Stemming: boos/);
    await page().keyboard.press('z');
    await timeline()
      .getByRole('button', { name: /^boos.*Verbeter/ })
      .waitFor({ state: 'detached' });
  });

  test('on a customer’s page the palette gives a name and adds and removes addresses', async () => {
    await lacks('geef een andere naam', /^Geef een andere naam/);
    await command('alles van petra', /^Alles van Petra/);
    await page()
      .getByRole('heading', { name: /^Petra/, level: 1 })
      .waitFor();
    await command('voeg een adres', 'Voeg een adres toe');
    await page().getByLabel('Soort').selectOption({ label: 'E-mail' });
    await page().getByLabel('Adres', { exact: true }).fill('petra@tweede.example');
    await page().keyboard.press('Enter');
    await page().getByText('petra@tweede.example').waitFor();
    await command('verwijder: petra@tweede', 'Verwijder: petra@tweede.example');
    await page().getByText('petra@tweede.example is verwijderd').waitFor();
    await command('andere naam', /^Geef een andere naam/);
    await page().keyboard.type('Petra van Loon');
    await page().keyboard.press('Enter');
    await page().getByRole('heading', { name: 'Petra van Loon', level: 1 }).waitFor();
  });
}
