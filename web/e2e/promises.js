// promises.js — what was promised by word of mouth: written down, moved, kept; it keeps a case open.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testPromises({ test, check, holds, page, gestand }) {
  const card = () => page().getByRole('complementary', { name: 'Klant' });
  const button = (name) => card().getByRole('button', { name, exact: true });
  const timeline = () => page().getByRole('region', { name: 'Tijdlijn, alle kanalen' });
  /** As the field takes it: so many days from now. */
  const inDays = (n) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 16);
  let one;

  test('a promise that was made on the phone is written down, and keeps its case open', async () => {
    await gestand.receive({
      from: 'Bep Belofte',
      address: 'bep@belofte.test',
      subject: 'Wanneer belt u',
      text: 'Ik wacht op uw telefoontje.',
      minutesAgo: 5,
    });
    [one] = (await gestand.api('GET', '/cases?status=all&q=telefoontje&limit=1')).items;
    await page().goto(`${gestand.url}/desk/all/${one.reference}`);
    await card().getByText('Niets toegezegd').waitFor();
    await button('Leg een toezegging vast').click();
    await button('Leg vast').click();
    await card().getByText('Zeg wat u toezegde').waitFor();
    await card().getByText('Kies een moment dat nog komt').waitFor();
    await card().getByLabel('Zoals u het zei').fill('Morgen bellen wij u terug');
    await card().getByLabel('Uiterlijk').fill(inDays(1));
    await button('Leg vast').click();
    await card().getByText('Morgen bellen wij u terug').waitFor();
    await timeline()
      .getByText(/zegde toe: Morgen bellen wij u terug/)
      .waitFor();
    await holds('promise-made');
    await page().getByRole('heading', { level: 1 }).click();
    await page().keyboard.press('e');
    await page()
      .getByText(/deze zaak heeft nog een toezegging/i)
      .waitFor();
    const now = await gestand.api('GET', `/cases/${one.id}`);
    check(now.status !== 'done', 'it was closed over a promise');
    await page().getByRole('dialog').getByRole('button', { name: 'Verzet' }).waitFor();
    await holds('closing');
    await page().keyboard.press('Escape');
  });

  test('a promise is moved with a reason, kept, opened again, and withdrawn', async () => {
    await button('Verzet').click();
    await card().getByLabel('Uiterlijk').fill(inDays(2));
    await button('Verzet').click();
    await card().getByText('Zeg waarom').waitFor();
    await card().getByLabel('Waarom').fill('De monteur is ziek');
    await button('Verzet').click();
    await card().getByText('De monteur is ziek').waitFor();
    await button('Nagekomen').click();
    await page().getByText('De toezegging is nagekomen.').waitFor();
    await holds('promise-kept');
    const kept = await gestand.api('GET', `/cases/${one.id}/promises`);
    check(kept.items.map(({ state }) => state).join() === 'moved,kept', JSON.stringify(kept.items));
    const last = kept.items[1].id;
    await gestand.api('POST', `/promises/${last}/reopen`, undefined, { 'If-Match': '*' });
    await page().getByRole('heading', { level: 1 }).click();
    await page().keyboard.press('e');
    const asked = page().getByRole('dialog', { name: 'Deze zaak heeft nog een toezegging' });
    await asked.getByRole('button', { name: 'Trek in' }).click();
    await asked.getByLabel('Waarom').fill('Zij belde zelf');
    await page().keyboard.press('Enter');
    await page().getByText('De zaak is klaar.').waitFor();
    await page().getByText('Klaar', { exact: true }).first().waitFor();
    const closed = await gestand.api('GET', `/cases/${one.id}`);
    check(closed.status === 'done', closed.status);
  });

  test('what is owed today stands on the line of the day, and all of it on a page of its own', async () => {
    const hours = (n) => new Date(Date.now() + n * 3600e3).toISOString();
    const promise = (kind, words, due_at) =>
      gestand.api('POST', `/cases/${one.id}/promises`, { kind, words, due_at });
    await gestand.api('PATCH', `/cases/${one.id}`, { status: 'open' }, { 'If-Match': '*' });
    // Somewhere on the line, whatever the clock says: before its last hour, or longer then.
    const { id } = await promise('visit', 'De monteur komt straks langs', hours(0.2));
    await promise('refund', 'Het bedrag staat volgende week op uw rekening', hours(150));
    const line = page().getByRole('navigation', { name: 'Toezeggingen van vandaag' });
    const mark = line.getByRole('link', { name: /Bep Belofte, Bezoek, Toegezegd/ });
    const isToday = new Date(hours(0.2)).getDate() === new Date().getDate();
    if (isToday) await mark.waitFor();
    await page().getByRole('heading', { level: 1 }).click();
    await page().keyboard.press('g');
    await page().keyboard.press('t');
    const board = page().getByRole('main', { name: 'Toezeggingen' });
    await board.getByRole('link', { name: 'De monteur komt straks langs' }).waitFor();
    await board.getByRole('link', { name: /volgende week/ }).waitFor();
    await holds('promises');
    await page().keyboard.press('j');
    await page().keyboard.press('j');
    await page().keyboard.press('k');
    const focused = await page().evaluate(() => document.activeElement?.textContent);
    check(focused === 'De monteur komt straks langs', `J and K came to ${focused}`);
    await board.getByRole('button', { name: 'Nagekomen' }).first().click();
    await page().getByText('De toezegging is nagekomen.').waitFor();
    const { state } = await gestand.api('GET', `/promises/${id}`);
    check(state === 'kept', state);
    await page().keyboard.press('g');
    await page().keyboard.press('!');
    await page().waitForURL(`${gestand.url}/desk/all/${one.reference}`);
  });
}
