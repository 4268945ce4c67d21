// keys.js — what keys do, and to what.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testKeys({ test, check, becomes, holds, page, gestand, rows }) {
  const timeline = () => page().getByRole('region', { name: 'Tijdlijn, alle kanalen' });
  const title = () => page().getByRole('heading', { level: 1 });

  test('in the timeline the arrows scroll, and outside it they walk the list', async () => {
    await gestand.receive({
      from: 'Piet Pijl',
      address: 'piet@pijl.test',
      subject: 'Een lang verhaal',
      text: Array.from({ length: 120 }, (_, i) => `Regel ${i}`).join('\n'),
      minutesAgo: 5,
    });
    await page().goto(`${gestand.url}/desk/all`);
    await rows().filter({ hasText: 'Een lang verhaal' }).click();
    await page().getByText('Regel 119').last().waitFor();
    const topOf = () => timeline().evaluate((area) => area.scrollTop);
    await timeline().focus();
    const before = await topOf();
    check(before > 0, 'it is too short to scroll');
    await page().keyboard.press('ArrowUp');
    await becomes(async () => (await topOf()) < before, 'the arrow did not scroll');
    check((await title().textContent()) === 'Een lang verhaal', 'the arrow left the case');
    const row = rows().filter({ hasText: 'Een lang verhaal' });
    await row.focus();
    const isFirst = (await rows().first().textContent()).includes('Een lang verhaal');
    await page().keyboard.press(isFirst ? 'ArrowDown' : 'ArrowUp');
    await becomes(
      async () => (await title().textContent()) !== 'Een lang verhaal',
      'the arrow does not walk the list',
    );
  });

  test('{{ offers what is known of the customer, under the caret', async () => {
    const area = page().locator('#case textarea');
    await area.fill('');
    await page().keyboard.type('{{aanh');
    const list = page().getByRole('listbox', { name: 'Gegevens van klant en zaak' });
    await list.getByRole('option', { name: /^Aanhef/, selected: true }).waitFor();
    await holds('customer-data');
    await page().keyboard.press('Enter');
    check(/^Beste .+,$/.test(await area.inputValue()), await area.inputValue());
    await area.fill('');
    await area.press('Escape');
  });

  test('a key is changed in the profile, holds at once and after a reload, and says its conflicts', async () => {
    const row = (name) => page().getByRole('listitem').filter({ hasText: name });
    const press = () => page().getByRole('button', { name: 'Wacht op toetsen' });
    await page().goto(`${gestand.url}/desk/settings/profile`);
    await page().getByRole('heading', { name: 'Eigen toetsen' }).waitFor();
    await page().getByLabel('Zoek een toets').fill('licht');
    await row('Licht, donker')
      .getByRole('button', { name: /^Wijzig/ })
      .click();
    await press().press('j');
    await row('Licht, donker').getByText('hoort nu bij: Volgende').waitFor();
    await page().getByRole('button', { name: 'Toch niet' }).click();
    await row('Licht, donker')
      .getByRole('button', { name: /^Wijzig/ })
      .click();
    await press().press('Control+j');
    await row('Licht, donker').getByText('Ctrl J').waitFor();
    await holds('own-keys');
    await page().reload();
    await row('Licht, donker').getByText('Ctrl J').waitFor();
    const theme = () => page().evaluate(() => globalThis.document.documentElement.dataset.theme);
    const before = await theme();
    await page().keyboard.press('Control+j');
    check((await theme()) !== before, 'the new key does nothing');
    const now = await theme();
    await page().keyboard.press('Shift+D');
    check((await theme()) === now, 'the old key still does it');
    const kept = await gestand.api('GET', '/me/preferences');
    check(kept.settings.keys.includes('Ctrl+J'), JSON.stringify(kept));
    await page().getByRole('button', { name: 'Alles als gewoonlijk' }).click();
    await page().keyboard.press('Escape');
  });

  test('the keys are searched where they are shown', async () => {
    await page().goto(`${gestand.url}/desk/all`);
    await rows().first().waitFor();
    await page().keyboard.press('?');
    const dialog = page().getByRole('dialog', { name: 'Toetsen' });
    await dialog.getByRole('searchbox').fill('sluimer');
    check((await dialog.locator('dt').count()) === 1, 'more is shown than was sought');
    await dialog.getByRole('searchbox').fill('bestaatniet');
    await dialog.getByText('Geen toets heet zo.').waitFor();
    await dialog.getByRole('searchbox').fill('');
    await holds('keys-search');
    await page().keyboard.press('Escape');
  });

  test('on a Mac the keys look as they do on its keyboard', async () => {
    const context = await page()
      .context()
      .browser()
      .newContext({
        storageState: await page().context().storageState(),
        locale: 'nl-NL',
        serviceWorkers: 'block',
      });
    const mac = await context.newPage();
    await mac.addInitScript(() =>
      Object.defineProperty(globalThis.navigator, 'platform', { get: () => 'MacIntel' }),
    );
    await mac.goto(`${gestand.url}/desk/all`);
    await mac.getByRole('navigation').getByText('⌘K').waitFor();
    await mac.keyboard.press('Meta+k');
    await mac.getByRole('dialog', { name: 'Zoek of doe' }).waitFor();
    await context.close();
  });

  test('on paper stands the case alone, in words, and what the team wrote only when asked', async () => {
    const [one] = (await gestand.api('GET', '/cases?status=all&q=verhaal&limit=1')).items;
    await gestand.api('POST', `/cases/${one.id}/notes`, { text: 'Alleen voor ons bedoeld' });
    await page().goto(`${gestand.url}/desk/all/${one.reference}`);
    await page().getByText('Alleen voor ons bedoeld').last().waitFor();
    const paper = page().locator('.printed');
    const print = (words) =>
      page().evaluate((said) => {
        globalThis.print = () => globalThis.dispatchEvent(new Event('beforeprint'));
        if (said === '') globalThis.print();
      }, words);
    await print('');
    await page().emulateMedia({ media: 'print' });
    await paper.getByText('Van de klant, App').waitFor();
    await paper.getByText('Regel 119').waitFor();
    check((await paper.getByText('Alleen voor ons').count()) === 0, 'a note is on paper');
    check(!(await page().locator('.frame').isVisible()), 'the desk is on paper');
    await page().screenshot({ path: new URL('output/printed.png', import.meta.url).pathname });
    await page().emulateMedia({ media: 'screen' });
    await page().evaluate(() => globalThis.dispatchEvent(new Event('afterprint')));
    await print('later');
    await page().keyboard.press('Control+k');
    await page().keyboard.type('druk met team');
    await page()
      .getByRole('option', { name: /^Druk de zaak af, met/, selected: true })
      .waitFor();
    await page().keyboard.press('Enter');
    await page().emulateMedia({ media: 'print' });
    await paper.getByText('Alleen voor ons bedoeld').waitFor();
    await paper.getByText('alleen voor het team').waitFor();
    await page().evaluate(() => globalThis.dispatchEvent(new Event('afterprint')));
    await page().emulateMedia({ media: 'screen' });
    await paper.waitFor({ state: 'detached' });
  });

  test('words in another language say so, and what the palette learned is kept by the server', async () => {
    await gestand.receive({
      from: 'Ann English',
      address: 'ann@english.test',
      subject: 'Broken boiler',
      text: 'Good morning, the boiler in our flat has been broken since Monday. When will somebody come and repair it?',
      minutesAgo: 3,
    });
    await page().goto(`${gestand.url}/desk/all`);
    await rows().filter({ hasText: 'Broken boiler' }).click();
    await timeline().locator('[lang=en]', { hasText: 'broken since Monday' }).waitFor();
    const kept = await gestand.api('GET', '/me/preferences');
    check(kept.settings.uses.includes('print.withTeam'), JSON.stringify(kept.settings));
  });
}
