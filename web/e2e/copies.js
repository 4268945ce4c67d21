// copies.js — who else a customer wrote to: seen, and not left out of the answer; and who it isn't
// from.

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testCopies({ test, check, holds, page, gestand }) {
  test("who was copied on a customer's mail is seen, and gets a copy of the answer", async () => {
    gestand.deliver({
      from: 'Kobus Kopie',
      address: 'kobus@kopie.test',
      subject: 'Namens ons allen',
      text: 'Mijn buren lezen mee.',
      more: ['Cc: Buur Een <een@kopie.test>, twee@kopie.test'],
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

  test('a mail that is from somebody else than it says is told from what it seems', async () => {
    gestand.deliver({
      from: 'Kobus Kopie',
      address: 'kobus@kopie.test',
      subject: 'Ander rekeningnummer',
      text: 'Graag voortaan hierheen overmaken.',
      more: [
        'Authentication-Results: mx.lindewerf.test; dmarc=fail',
        'Reply-To: Kobus <kobus@elders.test>',
      ],
    });
    let one;
    while (!one) [one] = (await gestand.api('GET', '/cases?status=all&q=overmaken&limit=1')).items;
    await page().goto(`${gestand.url}/desk/all/${one.reference}`);
    await page().getByText('komt deze mail niet van kobus@kopie.test').waitFor();
    await page().getByText('antwoorden gaan naar kobus@elders.test').waitFor();
    check(one.person_name === 'Kobus', one.person_name);
    await holds('refuted');
  });
}
