// promised.js — what an answer promises: found, taken over, kept with the draft, owed once it went.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testPromised({ test, check, becomes, holds, page, gestand, mail }) {
  const area = () => page().locator('#case textarea');
  const chips = () => page().getByRole('list', { name: 'Toezeggingen die meegaan' });
  const notice = () => page().locator('#case .notice', { hasText: 'Toezegging:' });
  const kept = () => page().getByText('bewaard', { exact: true }).waitFor();
  const owed = async () => (await gestand.api('GET', `/cases/${one.id}/promises`)).items;
  const isMailed = (words) => mail.mails.some((one) => one.includes(words));
  let one;

  test('Alt Enter takes over what the text promises, and a reload keeps it', async () => {
    gestand.deliver({
      from: 'Toos Zeg',
      address: 'toos@zeg.test',
      subject: 'Wanneer hoor ik iets',
      text: 'Ik wacht al een week op bericht over de schimmel.',
    });
    await becomes(async () => {
      [one] = (await gestand.api('GET', '/cases?status=all&q=schimmel&limit=1')).items;
      return one;
    }, 'no case');
    await gestand.api('PATCH', `/cases/${one.id}`, { team_id: await team() }, { 'If-Match': '*' });
    await page().goto(`${gestand.url}/desk/all/${one.reference}`);
    await area().fill('Dag Toos. Wij bellen u morgen voor 12.00 uur terug.');
    await notice().getByRole('button', { name: 'Neem over' }).waitFor();
    await area().press('Alt+Enter');
    await chips().getByText('Terugbellen').waitFor();
    await chips().getByText('12:00').waitFor();
    await chips().getByText('Reparaties').waitFor();
    await notice().waitFor({ state: 'detached' });
    await kept();
    await holds('promised');
    await page().reload();
    await chips().getByText('12:00').waitFor();
    const drafts = (await gestand.api('GET', `/cases/${one.id}/drafts`)).items;
    check(drafts[0].content.promises.length === 1, JSON.stringify(drafts));
    check((await owed()).length === 0, 'it is owed before it is said');
  });

  test('other words promise nothing until they are taken over, and x says that they do not', async () => {
    await area().fill('Dag Toos. Wij bellen u morgen voor 14.00 uur terug.');
    await chips().waitFor({ state: 'detached' });
    await notice().locator('b', { hasText: '14:00' }).waitFor();
    await notice().getByRole('button', { name: 'Neem over' }).click();
    await chips()
      .getByRole('button', { name: /^Dit is geen toezegging/ })
      .click();
    await chips().waitFor({ state: 'detached' });
    await area().press('Alt+Enter');
    check((await notice().count()) + (await chips().count()) === 0, 'it came back');
    await area().fill('');
  });

  test('what one notes behind ! becomes a sentence, and ! in the case adds one by hand', async () => {
    await area().fill('Dag Toos. !bel morgen 15:00');
    await notice().locator('b', { hasText: '15:00' }).waitFor();
    await area().press('Alt+Enter');
    const text = await area().inputValue();
    check(/^Dag Toos\. Wij bellen u uiterlijk \S+ \d+ \S+ om 15:00 uur terug\.$/.test(text), text);
    await chips().getByText('15:00').waitFor();
    // The sentence is found as well; it's the same promise.
    await new Promise((done) => setTimeout(done, 800));
    check((await notice().count()) === 0, 'it is proposed once more');
    await area().press('Escape');
    await page().keyboard.press('!');
    await page().getByLabel('Zoals u het zei').fill('De printplaat ligt vrijdag klaar');
    await page().getByLabel('Wat', { exact: true }).selectOption('delivery');
    const inDays = new Date(Date.now() + 3 * 86400e3).toISOString().slice(0, 16);
    await page().getByRole('textbox', { name: 'Uiterlijk', exact: true }).fill(inDays);
    await holds('promised-form');
    await page().getByRole('form').getByRole('button', { name: 'Neem over' }).click();
    await chips().getByText('Levering').waitFor();
    check((await chips().getByRole('listitem').count()) === 2, 'not both are there');
  });

  test('once the answer went all of it is owed, said in it, and the case stays open', async () => {
    await area().press('Control+Shift+Enter');
    await page().getByRole('menuitem', { name: 'Verstuur, blijft open' }).waitFor();
    check(
      (await page()
        .getByRole('menuitem', { name: /klaar|rond/ })
        .count()) === 0,
      'it closes',
    );
    await page().keyboard.press('Escape');
    await area().press('Control+Enter');
    await page()
      .getByText(/^Verstuurd\. Toegezegd: /)
      .waitFor();
    await becomes(() => isMailed('om 15:00 uur terug'), 'no mail arrived');
    const all = await owed();
    check(
      all
        .map(({ kind }) => kind)
        .sort()
        .join() === 'callback,delivery',
      JSON.stringify(all),
    );
    check(
      all.every((promise) => promise.message_id && promise.is_owed),
      JSON.stringify(all),
    );
    await chips().waitFor({ state: 'detached' });
    const card = page().getByRole('complementary', { name: 'Klant' });
    await card.getByText('De printplaat ligt vrijdag klaar').waitFor();
  });

  async function team() {
    return (await gestand.api('GET', '/teams')).items.find(({ name }) => name === 'Reparaties').id;
  }
}
