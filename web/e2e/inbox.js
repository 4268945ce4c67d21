// inbox.js — the list: what is unread, picked, filtered, and done to many at once.
const WAIT_MS = 30_000;

/** Needs what run.js tests with; `page` and `gestand` are known only once it runs. */
export function testInbox({ test, check, holds, page, gestand, DESK, PHONE }) {
  const list = () => page().getByRole('region', { name: 'Lijst van zaken' });
  const rows = () => list().getByRole('link');
  const bar = () => page().getByRole('region', { name: 'Met gekozen zaken' });
  const unread = () => rows().filter({ hasText: 'ongelezen: ' });
  const key = (...keys) =>
    keys.reduce((done, one) => done.then(() => page().keyboard.press(one)), Promise.resolve());
  const cases = (query) =>
    gestand()
      .api('GET', `/cases?${query}`)
      .then(({ items }) => items);

  async function becomes(isSo, what) {
    const until = Date.now() + WAIT_MS;
    while (!(await isSo())) {
      check(Date.now() < until, what);
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  async function arrive(n) {
    for (let i = 1; i <= n; i++)
      await gestand().receive({
        from: `Proef ${i}`,
        address: `proef${i}@voorbeeld.test`,
        subject: `Lijst ${i}`,
        text: 'Wanneer komt de monteur?',
        minutesAgo: 500 - i,
      });
  }
  const row = (n) => rows().filter({ hasText: `Lijst ${n}` });

  test('a case is unread until it is opened, U makes it so again, and what comes in too', async () => {
    await page().goto(`${gestand().url}/desk/ours`);
    await arrive(4);
    await unread().filter({ hasText: 'Lijst 1' }).waitFor();
    await row(1).click();
    await unread().filter({ hasText: 'Lijst 1' }).waitFor({ state: 'detached' });
    await page().reload();
    await row(1).waitFor();
    check((await unread().filter({ hasText: 'Lijst 1' }).count()) === 0, 'not kept as read');
    await page().getByRole('heading', { name: 'Lijst 1', level: 1 }).waitFor();
    await key('u');
    await unread().filter({ hasText: 'Lijst 1' }).waitFor();
    await key('u');
    await unread().filter({ hasText: 'Lijst 1' }).waitFor({ state: 'detached' });
    await row(2).click();
    await unread().filter({ hasText: 'Lijst 2' }).waitFor({ state: 'detached' });
    const first = (await cases('status=all')).find((one) => one.title === 'Lijst 1');
    await gestand().receive({
      from: 'Proef 1',
      address: 'proef1@voorbeeld.test',
      subject: `Over ${first.reference}`,
      text: 'Ik ben woedend! Schandalig, wat een waardeloze organisatie.',
      minutesAgo: 1,
    });
    await unread().filter({ hasText: 'Proef 1' }).first().waitFor();
    await rows().filter({ hasText: 'boos' }).first().waitFor();
    await holds('inbox-unread');
  });

  test('X picks, Shift X a range, and what is done to all of them can be undone', async () => {
    await page().goto(`${gestand().url}/desk/ours`);
    await row(1).click();
    await page().getByRole('heading', { name: 'Lijst 1', level: 1 }).waitFor();
    await key('x');
    await bar().getByText('1 gekozen').waitFor();
    await row(3).click();
    await page().getByRole('heading', { name: 'Lijst 3', level: 1 }).waitFor();
    await key('Shift+X');
    await bar().getByText('3 gekozen').waitFor();
    await holds('inbox-picked');
    await bar().getByRole('button', { name: 'Status' }).click();
    await page().getByRole('menuitem', { name: 'Klaar' }).click();
    await page().getByText('3 zaken gewijzigd.').waitFor();
    await row(2).waitFor({ state: 'detached' });
    check((await bar().count()) === 0, 'still picked');
    await page().getByRole('button', { name: 'Draai terug' }).click();
    await row(2).waitFor();
    const open = (await cases('status=open')).filter((one) => /^Lijst [123]$/.test(one.title));
    check(open.length === 3, `back: ${open.length}`);
  });

  test('A gives all that are picked to a colleague', async () => {
    await row(1).hover();
    for (const n of [2, 3])
      await page()
        .getByRole('checkbox', { name: `Kies zaak van Proef ${n}` })
        .click();
    await bar().getByText('2 gekozen').waitFor();
    await key('a');
    const palette = page().getByRole('dialog', { name: 'Zoek of doe' });
    await palette.getByText('Met gekozen zaken').waitFor();
    await palette.getByRole('option', { name: 'Wijs toe aan Joost Brouwer' }).click();
    await page().getByText('2 zaken gewijzigd.').waitFor();
    const his = (await cases('status=all')).filter(
      ({ title, assignee_id }) => /^Lijst [23]$/.test(title) && assignee_id,
    );
    check(his.length === 2, `given: ${his.length}`);
    await page().getByRole('button', { name: 'Draai terug' }).click();
    await page().getByText('2 zaken gewijzigd.').waitFor();
  });

  test('what comes in above what one reads waits in a button, and moves nothing', async () => {
    for (let i = 0; i < 12; i++)
      await gestand().receive({
        from: `Vuller ${i}`,
        address: `vuller${i}@voorbeeld.test`,
        subject: `Vulling ${i}`,
        text: 'Dag.',
        minutesAgo: 30 + i,
      });
    await page().goto(`${gestand().url}/desk/ours`);
    await row(1).waitFor();
    await page().mouse.move(2, 2);
    const topOf = (text) =>
      rows()
        .filter({ hasText: text })
        .evaluate((one) => Math.round(one.getBoundingClientRect().top));
    await list().evaluate((one) => one.scrollTo(0, 300));
    const reading = await rows()
      .nth(6)
      .evaluate((one) => one.querySelector('.subject').textContent);
    const before = await topOf(reading);
    await gestand().receive({
      from: 'Wachtte Lang',
      address: 'lang@wachtte.test',
      subject: 'Al heel lang',
      text: 'Ik wacht al dagen.',
      minutesAgo: 9000,
    });
    const news = page().getByRole('button', { name: '1 nieuw' });
    await news.waitFor();
    const after = await topOf(reading);
    check(Math.abs(after - before) <= 1, `the list moved from ${before} to ${after}`);
    await holds('inbox-news');
    await news.click();
    await rows().filter({ hasText: 'Wachtte Lang' }).waitFor();
    await news.waitFor({ state: 'detached' });
    check((await list().evaluate((one) => one.scrollTop)) === 0, 'not at the new one');
  });

  test('a case that changed meanwhile is left alone, said, and stays picked', async () => {
    await row(1).hover();
    await page().getByRole('checkbox', { name: 'Kies zaak van Proef 1' }).first().click();
    await page().getByRole('checkbox', { name: 'Kies zaak van Proef 4' }).click();
    const meant = (await cases('status=all')).find((one) => one.title === 'Lijst 4');
    await page().route('**/cases/changes', async (route) => {
      await gestand().api(
        'PATCH',
        `/cases/${meant.id}`,
        { title: 'Lijst 4b' },
        { 'If-Match': '*' },
      );
      await route.continue();
    });
    await bar().getByRole('button', { name: 'Status' }).click();
    await page().getByRole('menuitem', { name: 'Klaar' }).click();
    await page().getByText('1 zaak gewijzigd. 1 niet: daar gebeurde net iets.').waitFor();
    await page().unroute('**/cases/changes');
    await bar().getByText('1 gekozen').waitFor();
    await page().getByRole('button', { name: 'Draai terug' }).click();
    await row(1).waitFor();
    await key('Escape');
    await bar().waitFor({ state: 'detached' });
  });

  test('F filters in place by mood and by who waits, and keeps it as a view', async () => {
    await page()
      .locator('body')
      .click({
        position: { x: 5, y: 5 },
      });
    await key('f');
    const panel = page().getByRole('region', { name: 'Filter de lijst' });
    await panel.getByLabel('Stemming').selectOption('anger');
    await becomes(
      async () => (await rows().count()) === (await rows().filter({ hasText: 'boos' }).count()),
      'others are shown',
    );
    await panel.getByLabel('Klant wacht').check();
    await rows().filter({ hasText: 'boos' }).first().waitFor();
    await holds('inbox-filter');
    await page()
      .getByRole('main')
      .or(page().getByRole('region', { name: 'Zaken', exact: true }));
    await page()
      .locator('section.list')
      .getByRole('button', { name: 'Bewaar als weergave' })
      .click();
    const dialog = page().getByRole('dialog', { name: 'Bewaar als weergave' });
    check(await dialog.getByLabel('Klant wacht').isChecked(), 'the view forgets who waits');
    await dialog.getByLabel('Naam').fill('Boos en wacht');
    await dialog.getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page()
      .getByRole('link', { name: /^Boos en wacht \d/ })
      .waitFor();
    await page().getByRole('heading', { name: 'Boos en wacht', level: 2 }).waitFor();
    await rows().filter({ hasText: 'boos' }).first().waitFor();
    await page().goto(`${gestand().url}/desk/ours`);
    await row(2).waitFor();
  });

  test('a list in another order shows what changed last first', async () => {
    await page().getByRole('button', { name: 'Volgorde' }).click();
    await page().getByRole('menuitem', { name: 'Laatst gewijzigd' }).click();
    await becomes(async () => {
      const [first] = await cases('sort=newest');
      return (await rows().first().textContent()).includes(first.title);
    }, 'not in the order of change');
    await page().getByRole('button', { name: 'Wis filter' }).click();
    await page().getByText('Gefilterd').waitFor({ state: 'detached' });
  });

  test('the menu of a row does what its keys do, without opening the case', async () => {
    await row(2).click({ button: 'right' });
    await holds('inbox-menu');
    await page()
      .getByRole('menuitem', { name: /^Neem zaak/ })
      .click();
    await page().getByText('1 zaak gewijzigd.').waitFor();
    const taken = (await cases('status=all')).find((one) => one.title === 'Lijst 2');
    check(taken.assignee_id !== null, 'nobody took it');
  });

  test('a finger pushes a row to the right to take its case, and opens nothing', async () => {
    await page().setViewportSize(PHONE);
    const box = await row(3).boundingBox();
    const before = page().url();
    await row(3).evaluate(
      (element, { x, y }) => {
        const at = (type, by) =>
          element.dispatchEvent(
            new PointerEvent(type, {
              pointerType: 'touch',
              bubbles: true,
              pointerId: 1,
              clientX: x + by,
              clientY: y,
            }),
          );
        element.closest('.item').setPointerCapture = () => {};
        at('pointerdown', 0);
        for (const by of [12, 40, 90]) at('pointermove', by);
        at('pointerup', 90);
      },
      { x: box.x + 20, y: box.y + 10 },
    );
    await page().getByText('1 zaak gewijzigd.').waitFor();
    check(page().url() === before, 'the case was opened');
    // What is told may still be of the test before.
    await becomes(async () => {
      const taken = (await cases('status=all')).find((one) => one.title === 'Lijst 3');
      return taken.assignee_id !== null;
    }, 'nobody took it');
    await page().setViewportSize(DESK);
  });
}
