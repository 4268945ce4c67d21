// chances.js — is it feasible? Said while a moment is chosen, and held against what came.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testChances({ test, check, holds, page, gestand }) {
  const card = () => page().getByRole('complementary', { name: 'Klant' });
  const moment = () => card().getByRole('textbox', { name: 'Uiterlijk', exact: true });
  const inDays = (n) => new Date(Date.now() + n * 86400e3).toISOString();
  let one;

  test('while a moment is chosen the form says how often it is kept, and Alt 9 takes a safe one', async () => {
    await gestand.receive({
      from: 'Kees Kans',
      address: 'kees@kans.test',
      subject: 'Lukt dat ook echt',
      text: 'Vorige keer duurde het langer dan beloofd.',
      minutesAgo: 5,
    });
    [one] = (await gestand.api('GET', '/cases?status=all&q=beloofd&limit=1')).items;
    for (let n = 0; n < 12; n++) {
      const draft = { kind: 'callback', words: 'Wij bellen u', due_at: inDays(2) };
      const made = await gestand.api('POST', `/cases/${one.id}/promises`, draft);
      await gestand.api('POST', `/promises/${made.id}/keep`, {}, { 'If-Match': '*' });
    }
    await page().goto(`${gestand.url}/desk/all/${one.reference}`);
    await card().getByRole('button', { name: 'Leg een toezegging vast' }).click();
    await card().getByLabel('Zoals u het zei').fill('Overmorgen bellen wij u terug');
    await moment().fill(inDays(2).slice(0, 16));
    await card()
      .getByText(/Wordt (\d van de 10 keer|bijna altijd) gehaald\./)
      .waitFor();
    const safe = card().getByRole('button', { name: /^9 van de 10 keer: / });
    await safe.waitFor();
    const before = await moment().inputValue();
    await moment().press('Alt+9');
    check((await moment().inputValue()) < before, `still ${await moment().inputValue()}`);
    await safe.waitFor({ state: 'detached' });
    await card().getByRole('button', { name: 'Leg vast', exact: true }).click();
    await card().locator('ul').getByText('Overmorgen bellen wij u terug').waitFor();
    const all = (await gestand.api('GET', `/cases/${one.id}/promises`)).items;
    check(all.at(-1).chance >= 0.9, JSON.stringify(all.at(-1)));
    // Last: on the width of a phone the form is gone.
    await card().getByRole('button', { name: 'Leg een toezegging vast' }).click();
    await safe.waitFor();
    await holds('chance');
  });

  test('the page of promises says how much of what was said is known to be right', async () => {
    await page().goto(`${gestand.url}/desk/promises`);
    await page().getByText('Klopt de kans?').click();
    await page()
      .getByText(/Nog geen 20 toezeggingen/)
      .waitFor();
    await holds('calibration');
  });
}
