// keys.js — what keys do, and to what.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testKeys({ test, check, becomes, page, gestand, rows }) {
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
}
