// longcase.js — a case with more than fits: older parts come when one scrolls up, and a message that
// was found is shown wherever it stands.

const WORDS = 420;
const FOUND = 17;

/** The steps, for run.js: its test, check and holds, the page and the program. */
export function testLongCase({ test, check, becomes, holds, page, gestand }) {
  const timeline = () => page().getByRole('region', { name: 'Tijdlijn, alle kanalen' });
  const topOf = (text) =>
    timeline()
      .getByText(text, { exact: true })
      .evaluate((node) => node.getBoundingClientRect().top);

  test('a message far up in a long case is opened from the search, marked, and back leads to it', async () => {
    const channel = await gestand.api('POST', '/channels', {
      type: 'api',
      name: 'Lange lijn',
      settings: { address: 'lang' },
    });
    for (let n = 0; n < WORDS; n++)
      await gestand.api('POST', `/channels/${channel.id}/messages`, {
        external_id: `lang-${n}`,
        from: 'lange-lijn',
        from_name: 'Lotte Lang',
        text: n === FOUND ? 'Het kenmerk is waterlelie.' : `Regel ${n} van een lang verhaal.`,
      });
    await page().goto(`${gestand.url}/desk/search?q=waterlelie`);
    const hit = page().getByRole('list', { name: 'Gevonden' }).getByRole('link').first();
    await hit.click();
    const words = timeline().getByText('Het kenmerk is waterlelie.');
    await words.waitFor();
    await becomes(
      () => words.evaluate((node) => Boolean(node.closest('article:focus'))),
      'the message has no focus',
    );
    const box = await words.boundingBox();
    const view = await timeline().boundingBox();
    check(box.y > view.y && box.y + box.height < view.y + view.height, 'it is out of sight');
    await holds('case-found');
    await page().keyboard.press('Escape');
    await becomes(() => page().url().endsWith('/desk/search?q=waterlelie'), page().url());
    await becomes(
      () => hit.evaluate((node) => node === document.activeElement),
      'the hit has no focus',
    );
    await page().keyboard.press('Enter');
    await words.waitFor();
    await page().goBack();
    await hit.waitFor();
    await hit.click();
  });

  test('who reads on from there comes to the newest, and a press leads there at once', async () => {
    await page().getByRole('button', { name: 'Naar het nieuwste' }).click();
    await timeline()
      .getByText(`Regel ${WORDS - 1} van een lang verhaal.`)
      .last()
      .waitFor();
    check(
      (await page().getByRole('button', { name: 'Naar het nieuwste' }).count()) === 0,
      'it is at the newest',
    );
  });

  test('older messages come when one scrolls up, and what is read stays where it is', async () => {
    await timeline().hover();
    const first = timeline().getByRole('article').first();
    for (let i = 0; i < 60 && !(await timeline().getByText('Regel 0 van').count()); i++) {
      const before = await first.getAttribute('id');
      const words = timeline().locator(`[id="${before}"]`);
      await page().mouse.wheel(0, -4000);
      await page().waitForTimeout(150);
      check((await words.count()) === 1, 'what was read is gone');
    }
    await timeline().getByText('Regel 0 van een lang verhaal.').waitFor();
    const all = await timeline().getByRole('article').allTextContents();
    const numbers = all.flatMap((one) => one.match(/Regel (\d+) van/)?.[1] ?? []).map(Number);
    check(new Set(numbers).size === WORDS - 1, `${new Set(numbers).size} different lines`);
    check(
      numbers.every((n, i) => i === 0 || n > numbers[i - 1]),
      'they are out of order',
    );
  });

  test('the older part comes without a jump', async () => {
    await page().goto(page().url().split('?')[0]);
    await timeline().getByRole('article').last().waitFor();
    const text = await timeline().getByRole('article').first().locator('.cut.grow').textContent();
    await timeline().evaluate((node) => (node.scrollTop = 0));
    const before = await topOf(text);
    await timeline().getByRole('button', { name: 'Toon oudere berichten' }).click();
    await becomes(
      async () => (await timeline().getByRole('article').count()) > 40,
      'none came before it',
    );
    const after = await topOf(text);
    // The line that was pressed goes a part up; what is under it stays.
    check(Math.abs(after - before) < 4, `it moved by ${after - before}`);
  });
}
