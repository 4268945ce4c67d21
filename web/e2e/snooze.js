// snooze.js — a case is put away until a moment, and comes back: by itself, or when its customer
// writes.
const ANY = {
  'If-Match': '*',
};
const WAIT_MS = 30_000;

/** Needs what run.js tests with; `page` and `gestand` are known only once it runs. */
export function testSnooze({ test, check, holds, page, gestand, DESK, PHONE }) {
  const rows = () => page().getByRole('region', { name: 'Lijst van zaken' }).getByRole('link');
  const row = (name) => rows().filter({ hasText: name });
  const dialog = () => page().getByRole('dialog', { name: /^Sluimer tot/ });
  const count = (n) => page().getByRole('link', { name: new RegExp(`^Sluimert ${n}$`) });

  async function becomes(isSo, what) {
    const until = Date.now() + WAIT_MS;
    while (!(await isSo())) {
      check(Date.now() < until, what);
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  async function arrive(name, minutesAgo = 700) {
    await gestand().receive({
      from: name,
      address: `${name.toLowerCase().replace(/\W+/g, '.')}@voorbeeld.test`,
      subject: `Later, ${name}`,
      text: 'Volgende week ben ik er weer.',
      minutesAgo,
    });
  }
  async function caseOf(name) {
    const { items } = await gestand().api('GET', '/cases?status=all&limit=200');
    return items.find(({ person_name }) => person_name === name);
  }
  async function open(name) {
    await row(name).click();
    await page()
      .getByRole('heading', { name: `Later, ${name}`, level: 1 })
      .waitFor();
  }

  test('H puts a case away until a moment that is at hand, Z brings it back', async () => {
    for (const name of ['Fenna Slaap', 'Wouter Dut', 'Ilse Droom']) await arrive(name);
    await page().goto(`${gestand().url}/desk/ours`);
    await open('Fenna Slaap');
    await page().keyboard.press('h');
    await dialog()
      .getByRole('button', { name: /^Morgen/ })
      .waitFor();
    await holds('snooze');
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('ArrowUp');
    await dialog()
      .getByRole('button', { name: /^Morgen/ })
      .focus();
    await page().keyboard.press('Enter');
    await page()
      .getByText(/^Sluimert tot .* 09:00\.$/)
      .waitFor();
    await row('Fenna Slaap').waitFor({ state: 'detached' });
    await page()
      .locator('#case header')
      .getByText(/Sluimert tot/)
      .waitFor();
    await page().getByText('liet de zaak sluimeren tot').waitFor();
    await count(1).waitFor();
    await page().keyboard.press('z');
    await row('Fenna Slaap').waitFor();
    await page().getByText('haalde de zaak terug').waitFor();
    check((await caseOf('Fenna Slaap')).snoozed_until === null, 'it is still away');
  });

  test('what sleeps has a list of its own, by when it comes back', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const late = new Date(Date.now() + 50 * 3_600_000).toISOString();
    for (const [name, snoozed_until] of [
      ['Fenna Slaap', late],
      ['Wouter Dut', soon],
    ])
      await gestand().api('PATCH', `/cases/${(await caseOf(name)).id}`, { snoozed_until }, ANY);
    await count(2).click();
    await row('Fenna Slaap').waitFor();
    const names = await rows().allTextContents();
    check(names.length === 2 && names[0].includes('Wouter Dut'), names.join());
    check(names[0].includes('sluimert tot'), names[0]);
    await open('Fenna Slaap');
    await holds('snoozed');
    await page().locator('#case header').getByRole('button', { name: 'Haal terug' }).click();
    await page().getByText('De zaak is terug.', { exact: true }).waitFor();
    await row('Fenna Slaap').waitFor({ state: 'detached' });
  });

  test('a case comes back by itself at its moment, unread', async () => {
    await page().goto(`${gestand().url}/desk/ours`);
    await row('Ilse Droom').waitFor();
    const snoozed_until = new Date(Date.now() + 2500).toISOString();
    const { id } = await caseOf('Ilse Droom');
    await gestand().api('PATCH', `/cases/${id}`, { snoozed_until }, ANY);
    await row('Ilse Droom').waitFor({ state: 'detached' });
    await row('ongelezen: Ilse Droom').waitFor();
    await page().getByText('Sluimert niet meer: Later, Ilse Droom').waitFor();
    await page().getByRole('button', { name: 'Open', exact: true }).click();
    await page().getByRole('heading', { name: 'Later, Ilse Droom', level: 1 }).waitFor();
    await page().getByText('De zaak is terug: het is zover').waitFor();
  });

  test('a case comes back at once when its customer writes', async () => {
    const one = await caseOf('Wouter Dut');
    check(one.snoozed_until !== null, 'it is awake');
    await gestand().receive({
      from: 'Wouter Dut',
      address: 'wouter.dut@voorbeeld.test',
      subject: `Over ${one.reference}`,
      text: 'Toch nu al een vraag.',
      minutesAgo: 0,
    });
    await row('Wouter Dut').waitFor();
    await row('Wouter Dut').click();
    await page().getByText('De zaak is terug: de klant schreef').waitFor();
  });

  test('many are put away at once, until a moment of one’s own, and brought back', async () => {
    for (const name of ['Fenna Slaap', 'Ilse Droom']) {
      await row(name).hover();
      await page()
        .getByRole('checkbox', { name: `Kies zaak van ${name}` })
        .click();
    }
    const bar = page().getByRole('region', { name: 'Met gekozen zaken' });
    await bar.getByRole('button', { name: 'Sluimer' }).click();
    await page().getByRole('dialog', { name: 'Sluimer tot, 2 zaken' }).waitFor();
    await dialog().getByLabel('Eigen moment').fill('2020-01-01T09:00');
    await dialog().getByRole('button', { name: 'Sluimer', exact: true }).click();
    await dialog().getByText('Kies een moment dat nog komt.').waitFor();
    const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
    await dialog().getByLabel('Eigen moment').fill(`${day}T10:30`);
    await holds('snooze-own');
    await dialog().getByRole('button', { name: 'Sluimer', exact: true }).click();
    await page()
      .getByText(/^2 zaken sluimeren tot .* 10:30\.$/)
      .waitFor();
    await row('Ilse Droom').waitFor({ state: 'detached' });
    await page().getByRole('button', { name: 'Draai terug' }).click();
    await row('Ilse Droom').waitFor();
  });

  test('the palette and the menu of a row put a case away', async () => {
    await open('Ilse Droom');
    await page().keyboard.press('Control+k');
    const palette = page().getByRole('dialog', { name: 'Zoek of doe' });
    await page().keyboard.type('sluimer morgen');
    await palette.getByRole('option', { name: 'Sluimer tot morgen', selected: true }).waitFor();
    await page().keyboard.press('Enter');
    await row('Ilse Droom').waitFor({ state: 'detached' });
    await page().keyboard.press('z');
    await row('Ilse Droom').waitFor();
    await row('Ilse Droom').click({ button: 'right' });
    await page()
      .getByRole('menuitem', { name: /^Sluimer tot/ })
      .click();
    await dialog().waitFor();
    await page().keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  test('a finger pushes a row to the left to put its case away, and opens nothing', async () => {
    await page().goto(`${gestand().url}/desk/ours`);
    await page().setViewportSize(PHONE);
    await row('Ilse Droom').scrollIntoViewIfNeeded();
    const box = await row('Ilse Droom').boundingBox();
    const before = page().url();
    const push = (to, isEnd) =>
      row('Ilse Droom').evaluate(
        (element, { x, y, to, isEnd }) => {
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
          if (!isEnd) at('pointerdown', 0);
          for (const by of [to / 4, to / 2, to]) at('pointermove', by);
          if (isEnd) at('pointerup', to);
        },
        { x: box.x + 200, y: box.y + 10, to, isEnd },
      );
    await push(-90, false);
    await page().screenshot({
      path: new URL('output/snooze-swipe-phone.png', import.meta.url).pathname,
    });
    await push(-90, true);
    await dialog()
      .getByRole('button', { name: /^Morgen/ })
      .click();
    await page()
      .getByText(/^Sluimert tot/)
      .first()
      .waitFor();
    check(page().url() === before, 'the case was opened');
    await becomes(
      async () => (await caseOf('Ilse Droom')).snoozed_until !== null,
      'it was not put away',
    );
    await page().setViewportSize(DESK);
  });
}
