// photos.js — pictures as telephones and colleagues send them: shown upright where a browser can, and
// to be saved where it can't; by mail, and in a note.
import { readFileSync } from 'node:fs';

const SUBJECT = 'Lekkage in de badkamer';

/** In the page: a picture that is red on the left and blue on the right, made by the browser's own
 * encoder. */
async function draw(type) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [600, 400];
  const pen = canvas.getContext('2d');
  for (const [colour, x] of Object.entries({ '#d00000': 0, '#0000d0': 300 })) {
    pen.fillStyle = colour;
    pen.fillRect(x, 0, 300, 400);
  }
  const blob = await new Promise((done) => canvas.toBlob(done, type, 0.9));
  return Array.from(new Uint8Array(await blob.arrayBuffer()));
}

/** A JPEG as a telephone that was held upright writes it: lying, and EXIF says how to turn it. */
function turned(jpeg) {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8); // one entry: orientation, a short, one of it: a quarter to the right
  [0x0112, 3].forEach((value, i) => tiff.writeUInt16BE(value, 10 + 2 * i));
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(6, 18);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

/** As a telephone of that kind begins one; no browser here shows it. */
const HEIC = Buffer.concat([
  Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
  Buffer.alloc(2000, 7),
]);

function mailWith(text, files) {
  const parts = files.map(({ name, type, disposition = 'attachment', bytes }) =>
    [
      '--b',
      `Content-Type: ${type}; name="${name}"`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: ${disposition}; filename="${name}"`,
      '',
      bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
    ].join('\r\n'),
  );
  const words = ['--b', 'Content-Type: text/plain; charset=utf-8', '', text].join('\r\n');
  return {
    from: 'Sanne de Wit',
    address: 'sanne@dewit.test',
    subject: SUBJECT,
    type: 'multipart/mixed; boundary="b"',
    text: [words, ...parts, '--b--'].join('\r\n'),
  };
}

/** Needs what run.js tests with; `page` is known only once it runs. */
export function testPhotos({ test, check, becomes, holds, page, gestand, mail }) {
  const files = () => page().locator('#case article').last().getByRole('link');
  const file = (name) => files().filter({ hasText: name });
  const area = () => page().locator('#case textarea');
  const pictures = {};

  /** How it stands there: its sides, and the colours of its top and its bottom. */
  const look = (name) =>
    file(name)
      .locator('img')
      .evaluate(async (image) => {
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
        const pen = canvas.getContext('2d');
        pen.drawImage(image, 0, 0);
        const at = (part) =>
          pen.getImageData(canvas.width / 2, canvas.height * part, 1, 1).data[0] > 128;
        return { width: canvas.width, height: canvas.height, isRed: [at(0.1), at(0.9)] };
      });

  async function isSaved(name, bytes) {
    const [download] = await Promise.all([
      page().waitForEvent('download'),
      file(name).first().click(),
    ]);
    check(download.suggestedFilename() === name, download.suggestedFilename());
    check(readFileSync(await download.path()).equals(bytes), `${name} is saved as something else`);
  }

  /** As if they came from the clipboard, or from a folder beside the browser. */
  const hand = (kind, name, bytes) =>
    area().evaluate(
      (element, [kind, name, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
        const options = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          kind === 'paste'
            ? new ClipboardEvent('paste', { ...options, clipboardData: data })
            : new DragEvent('drop', { ...options, dataTransfer: data }),
        );
      },
      [kind, name, [...bytes]],
    );

  test('photos that came by mail are shown, upright, and what no browser shows is saved', async () => {
    for (const type of ['jpeg', 'png', 'webp'])
      pictures[type] = Buffer.from(await page().evaluate(draw, `image/${type}`));
    const photo = turned(pictures.jpeg);
    gestand.deliver(
      mailWith('Hier de foto’s van de lekkage.', [
        // As a telephone's own mail has them: inline, named by nothing.
        { name: 'IMG_1.jpeg', type: 'image/jpeg', disposition: 'inline', bytes: photo },
        { name: 'muur.png', type: 'image/png', bytes: pictures.png },
        { name: 'vloer.webp', type: 'application/octet-stream', bytes: pictures.webp },
        { name: 'IMG_2.heic', type: 'image/heic', disposition: 'inline', bytes: HEIC },
        { name: 'stuk.jpg', type: 'image/jpeg', bytes: Buffer.from('geen foto, wel zo genoemd') },
      ]),
    );
    await page().goto(`${gestand.url}/desk/ours`);
    await page().getByRole('link', { name: SUBJECT }).first().click();
    await page().getByText('Hier de foto’s van de lekkage.').last().waitFor();
    const upright = await look('IMG_1.jpeg');
    check(upright.width === 400 && upright.height === 600, `it lies: ${JSON.stringify(upright)}`);
    check(upright.isRed[0] && !upright.isRed[1], 'it stands on its head');
    for (const name of ['muur.png', 'vloer.webp']) {
      const { width, height } = await look(name);
      check(width === 600 && height === 400, `${name}: ${width}x${height}`);
    }
    await becomes(
      async () => (await file('stuk.jpg').locator('img').count()) === 0,
      'what is no picture stands there as a broken one',
    );
    await holds('photos');
    await isSaved('IMG_2.heic', HEIC);
    await isSaved('stuk.jpg', Buffer.from('geen foto, wel zo genoemd'));
    const [opened] = await Promise.all([
      page().context().waitForEvent('page'),
      file('muur.png').click(),
    ]);
    await opened.close();
  });

  test('photos are pasted and dropped on a note, and stand there for the team alone', async () => {
    const mails = mail.mails.length;
    await page().keyboard.press('n');
    await page().keyboard.type('Zo ziet het er vandaag uit.');
    await hand('paste', 'vandaag.png', pictures.png);
    await page().getByRole('button', { name: 'Haal vandaag.png weg' }).waitFor();
    await hand('drop', 'gisteren.png', pictures.png);
    await page().getByRole('button', { name: 'Haal gisteren.png weg' }).waitFor();
    await page().getByText('bewaard', { exact: true }).waitFor();
    await holds('note-files');
    await page().reload();
    await area().waitFor();
    await area().press('Alt+t');
    await page().getByRole('button', { name: 'Haal gisteren.png weg' }).click();
    await page().getByRole('button', { name: 'Haal vandaag.png weg' }).waitFor();
    await area().press('Control+Enter');
    await page().getByText('Geplaatst voor het team.').waitFor();
    const shown = await look('vandaag.png');
    check(shown.width === 600, `it isn't shown: ${JSON.stringify(shown)}`);
    check((await file('gisteren.png').count()) === 0, 'what was taken away is there');
    await holds('note-photo');
    check(mail.mails.length === mails, 'a note went out');
  });

  test('what was written for the wrong reader goes to the other with its files', async () => {
    await area().press('Alt+t');
    await area().fill('Dit is voor de klant.');
    await hand('paste', 'plan.png', pictures.png);
    await page().getByRole('button', { name: 'Haal plan.png weg' }).waitFor();
    await area().press('Alt+1');
    await page().getByRole('button', { name: 'Haal plan.png weg' }).waitFor();
    check((await area().inputValue()) === 'Dit is voor de klant.', 'the words stayed behind');
    await area().press('Alt+t');
    await page().getByRole('button', { name: 'Haal plan.png weg' }).waitFor();
    await page().getByRole('button', { name: 'Haal plan.png weg' }).click();
    await area().fill('');
  });
}
