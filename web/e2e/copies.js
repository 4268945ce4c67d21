// copies.js — who else a customer wrote to: seen, and not left out of the answer.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testCopies({ test, check, holds, page, gestand }) {
  test("who was copied on a customer's mail is seen, and gets a copy of the answer", async () => {
    gestand.deliver({
      from: 'Kobus Kopie',
      address: 'kobus@kopie.test',
      subject: 'Namens ons allen',
      text: 'Mijn buren lezen mee.',
      cc: 'Buur Een <een@kopie.test>, twee@kopie.test',
    });
    let one;
    while (!one) [one] = (await gestand.api('GET', '/cases?status=all&q=buren&limit=1')).items;
    await page().goto(`${gestand.url}/desk/all/${one.reference}`);
    await page().getByText('Cc: Buur Een, twee@kopie.test.').waitFor();
    await page().getByText('Schreef ook aan een@kopie.test, twee@kopie.test.').waitFor();
    await holds('copied');
    await page().getByRole('button', { name: 'Stuur een kopie' }).click();
    const copied = await page().getByLabel('Cc').inputValue();
    check(copied === 'een@kopie.test, twee@kopie.test', copied);
    check(await page().getByText('Schreef ook aan').isHidden(), 'they are still left out');
  });
}
