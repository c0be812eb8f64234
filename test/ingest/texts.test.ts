import { sql } from 'kysely';
import t from 'tap';
import { cameraHouse, counts, jpeg, NOW, post, refusalsOf, signedHeaders } from './camera-house.js';

const NUL = '\u0000';

function multipart(metadata: string, picture: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(
      `--B0\r\nContent-Disposition: form-data; name="metadata"\r\nContent-Type: application/json\r\n\r\n${metadata}\r\n`,
    ),
    Buffer.from('--B0\r\nContent-Disposition: form-data; name="picture"\r\nContent-Type: image/jpeg\r\n\r\n'),
    picture,
    Buffer.from('\r\n--B0--\r\n'),
  ]);
}
const inParts = {
  'content-type': 'multipart/form-data; boundary=B0',
  'x-sequence': undefined,
  'x-captured-at': undefined,
};

t.test('NULs with which firmware fills up its buffers are no part of what it says', async (t) => {
  const { house, url, secret } = await cameraHouse(t);
  const said = JSON.stringify({
    sequence: 1,
    capturedAt: NOW,
    claims: {
      plate: { text: `30F25658${NUL.repeat(4)}` },
      speeds: [{ kmh: 97, device: `SN-2041${NUL}` }],
    },
  });
  const body = multipart(said + NUL.repeat(64), await jpeg());
  t.match(await post(url, signedHeaders(secret, body, inParts), body), { status: 202 });
  const row = await house.db.selectFrom('frames').select('claims').executeTakeFirstOrThrow();
  t.same(row.claims, { plate: { text: '30F25658' }, speeds: [{ kmh: 97, device: 'SN-2041' }] });
});

t.test('text that cannot be kept is refused by its field, not with "push it again"', async (t) => {
  const { house, url, secret } = await cameraHouse(t);
  const picture = await jpeg();
  for (const text of [`30F${NUL}256`, '30F\ud800256']) {
    const claims = { plate: { text } };
    const body = multipart(JSON.stringify({ sequence: 1, capturedAt: NOW, claims }), picture);
    const inJson = await post(url, signedHeaders(secret, body, inParts), body);
    t.match(inJson, {
      status: 400,
      body: { error: { code: 'METADATA_INVALID', field: 'metadata.claims.plate.text' } },
    });
    t.equal(inJson.headers['retry-after'], undefined);
    // As escapes: a header can hold no NUL as such.
    const headers = signedHeaders(secret, picture, { 'x-claims': JSON.stringify(claims) });
    t.match(await post(url, headers, picture), {
      status: 400,
      body: { error: { code: 'METADATA_INVALID', field: 'X-Plate' } },
    });
  }
  t.match(
    (await refusalsOf(house, 4)).map((row) => row.code),
    Array.from({ length: 4 }, () => 'METADATA_INVALID'),
  );
  t.equal((await counts(house)).frames, 0);
});

t.test('what the database itself cannot keep is refused and recorded: the store is not down', async (t) => {
  const { house, client } = await cameraHouse(t);
  await sql`create function fail() returns trigger language plpgsql as
    $$ begin raise exception 'no such character' using errcode = '22P05'; end $$`.execute(house.db);
  await sql`create trigger fail before insert on frames for each row execute function fail()`.execute(
    house.db,
  );
  const answer = await client.push({ picture: await jpeg(), sequence: 1, capturedAt: new Date(NOW) });
  t.match(answer, { status: 400, code: 'METADATA_INVALID' });
  t.match(await refusalsOf(house, 1), [{ code: 'METADATA_INVALID' }]);
});
