// tasks.js — what has to be done for a customer: given, taken, returned, done, on board and case.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testTasks({ test, check, holds, page, gestand }) {
  const card = () => page().getByRole('complementary', { name: 'Klant' });
  const board = () => page().getByRole('main', { name: 'Taken' });
  const task = () => page().getByRole('main', { name: 'Taak', exact: true });
  const timeline = () => page().getByRole('region', { name: 'Tijdlijn, alle kanalen' });
  const form = () => page().getByRole('dialog', { name: 'Nieuwe taak' });
  const hours = (n) => new Date(Date.now() + n * 3600e3).toISOString();
  let one;
  let promised;

  test('a task for what was promised is given from the case, by key', async () => {
    const { id: team } = await gestand.api('POST', '/teams', { name: 'Werkplaats' });
    await gestand.api('POST', '/task-kinds', {
      name: 'Cv-storing',
      team_id: team,
      norm_minutes: 480,
      checklist: ['Printplaat besteld', 'Ketel getest'],
      fields: [
        { name: 'code', label: 'Foutcode', is_required: true },
        { name: 'where', label: 'Waar hangt hij', type: 'choice', choices: ['Zolder', 'Kelder'] },
        { name: 'home', label: 'Iemand thuis', type: 'yes' },
      ],
    });
    await gestand.receive({
      from: 'Tessa Taak',
      address: 'tessa@taak.test',
      subject: 'Ketel doet niets',
      text: 'De verwarmingsketel doet niets meer.',
      minutesAgo: 5,
    });
    [one] = (await gestand.api('GET', '/cases?status=all&q=verwarmingsketel&limit=1')).items;
    promised = await gestand.api('POST', `/cases/${one.id}/promises`, {
      kind: 'repair',
      words: 'Overmorgen doet uw ketel het weer',
      due_at: hours(48),
    });
    await page().goto(`${gestand.url}/desk/all/${one.reference}`);
    await card().getByText('Nog geen taak').waitFor();
    await page().getByRole('heading', { level: 1 }).click();
    await page().keyboard.press('t');
    await form().getByLabel('Wat moet er gebeuren').fill('Printplaat vervangen');
    await form().getByLabel('Soort').selectOption('Cv-storing');
    await form().getByRole('button', { name: 'Geef de taak' }).click();
    await form()
      .getByText(/vul Foutcode in/i)
      .first()
      .waitFor();
    await form().getByLabel('Foutcode').fill('E119');
    await form().getByLabel('Waar hangt hij').selectOption('Zolder');
    await holds('task-form');
    await form().getByRole('button', { name: 'Geef de taak' }).click();
    await card().getByRole('link', { name: 'Printplaat vervangen' }).waitFor();
    await timeline()
      .getByText(/maakte een taak: Printplaat vervangen/)
      .waitFor();
    await holds('task-of-case');
    const { items } = await gestand.api('GET', `/cases/${one.id}/tasks`);
    check(items[0].promise_id === promised.id, 'it is not done for the promise');
    check(items[0].team_id === team, 'it is not given to the team of its kind');
  });

  test('its page shows what is asked, and by keys it is taken and done', async () => {
    await card().getByRole('link', { name: 'Printplaat vervangen' }).click();
    await task().getByText('Overmorgen doet uw ketel het weer').waitFor();
    await task().getByText('E119').waitFor();
    await task().getByRole('checkbox', { name: 'Printplaat besteld' }).check();
    await task().getByText('1 van 2').waitFor();
    await task().getByRole('button', { name: 'Volg mee' }).click();
    await task().getByRole('heading', { level: 1 }).click();
    await page().keyboard.press('i');
    await task().getByText('Aangenomen').waitFor();
    await holds('task');
    await task().getByRole('button', { name: 'Laat wachten' }).click();
    await task().getByLabel('Waarop').fill('De leverancier');
    await task().getByRole('button', { name: 'Laat wachten' }).click();
    await task().getByText('Wacht op klant').first().waitFor();
    await task().getByRole('heading', { level: 1 }).click();
    await page().keyboard.press('e');
    await task().getByLabel('Wat kwam eruit').fill('Nieuwe printplaat erin');
    await page().keyboard.press('Enter');
    await page().getByText('De taak is klaar.').waitFor();
    await task()
      .getByRole('link', { name: /Vertel het de klant/ })
      .waitFor();
    await holds('task-done');
    await gestand.api('POST', `/cases/${one.id}/messages`, { text: 'Uw ketel doet het weer.' });
    const { state, evidence } = await gestand.api('GET', `/promises/${promised.id}`);
    check(state === 'kept' && evidence === 'task', `${state} by ${evidence}`);
  });

  test('what came back leads the board, and what is late has its colour', async () => {
    const make = (title, more) => gestand.api('POST', '/tasks', { title, ...more });
    const back = await make('Sleutel namaken', { case_id: one.id });
    await gestand.api(
      'POST',
      `/tasks/${back.id}/return`,
      { why: 'misrouted', words: 'Dat doet de beheerder' },
      { 'If-Match': '*' },
    );
    await make('Offerte sturen', { due_at: hours(30) });
    await make('Bel de monteur', { case_id: one.id, due_at: hours(3) });
    await page().keyboard.press('g');
    await page().keyboard.press('a');
    await board().getByRole('radio', { name: 'Alle' }).click();
    await board().getByRole('link', { name: 'Bel de monteur' }).waitFor();
    const titles = await board().locator('a[data-row]').allTextContents();
    check(titles[0] === 'Sleutel namaken', titles.join());
    check(titles.indexOf('Bel de monteur') < titles.indexOf('Offerte sturen'), titles.join());
    await holds('tasks');
    await board().getByRole('radio', { name: 'Bord' }).click();
    await holds('tasks-board');
    await board().getByRole('heading', { level: 1 }).click();
    await page().keyboard.press('j');
    const focused = await page().evaluate(() => document.activeElement?.textContent);
    check(focused === 'Sleutel namaken', `J came to ${focused}`);
    await page().keyboard.press('Enter');
    await task().getByText('Dat doet de beheerder').first().waitFor();
    await holds('task-returned');
  });

  test('a case that is closed over a task says so, and leads to it', async () => {
    await page().goto(`${gestand.url}/desk/all/${one.reference}`);
    await card().getByRole('link', { name: 'Bel de monteur' }).waitFor();
    await page().getByRole('heading', { level: 1 }).click();
    await page().keyboard.press('e');
    await page()
      .getByText(/nog 2 open taken/)
      .waitFor();
    const { status } = await gestand.api('GET', `/cases/${one.id}`);
    check(status === 'done', status);
    await page().getByRole('button', { name: 'Toon ze' }).click();
    await page().waitForURL(/\/desk\/tasks\/tsk_/);
  });

  test('an administrator says what a kind of task asks', async () => {
    const main = () => page().getByRole('main');
    await page().goto(`${gestand.url}/desk/settings/task-kinds`);
    await main().getByText('Cv-storing').waitFor();
    await main().getByRole('button', { name: 'Nieuwe soort taak' }).click();
    await main().getByLabel('Naam').fill('Schade opnemen');
    await main().getByLabel('Klaar binnen, in uren').fill('12,5');
    await main().getByRole('button', { name: 'Voeg een veld toe' }).click();
    await main().getByLabel('Veld 1').fill('Waar zit het');
    await main().getByLabel('Soort veld').selectOption('Keuze');
    await main().getByLabel('Keuzes').fill('Dak, Gevel');
    await holds('task-kind');
    await main().getByRole('button', { name: 'Bewaar' }).click();
    await main().getByText('Schade opnemen').waitFor();
    const { items } = await gestand.api('GET', '/task-kinds');
    const made = items.find(({ name }) => name === 'Schade opnemen');
    check(made.norm_minutes === 750, `${made.norm_minutes} minutes`);
    check(made.fields[0].choices.join() === 'Dak,Gevel', JSON.stringify(made.fields));
  });
}
