import sharp from 'sharp';
import t from 'tap';
import { inclusionHolds } from '../../src/evidence/merkle.js';
import { signHead } from '../../src/evidence/heads.js';
import { MOST_PER_NUMBER } from '../../src/http/citizen/lookup-limit.js';
import type { NoticeDetail } from '../../src/http/citizen/shapes.js';
import { citizenHouse, visitor } from './citizen-house.js';

t.test(
  'look up by number and plate: one answer for everything that does not match, and a limit',
  async (t) => {
    const { url, noticed } = await citizenHouse(t);
    const { noticeId, number } = await noticed();
    const citizen = visitor(url);
    t.equal((await citizen.go(`/v1/notices/${noticeId}`)).status, 404, 'an id alone opens nothing');
    const wrongPlate = await citizen.post('/v1/lookup', { number, plate: '30F25659' });
    const wrongNumber = await citizen.post('/v1/lookup', { number: '999999/2026', plate: '30F25658' });
    t.equal(wrongPlate.status, 404);
    const refused = await wrongPlate.json();
    t.same(refused, await wrongNumber.json());
    t.match(refused, { error: { message: /^Không có thông báo nào khớp\. \/ No notice matches\.$/ } });
    t.same(await (await citizen.post('/v1/lookup', { number: '1/2026', plate: '30f-256.58' })).json(), {
      id: noticeId,
    });
    t.equal((await citizen.go(`/v1/notices/${noticeId}`)).status, 200);
    t.equal((await visitor(url).go(`/v1/notices/${noticeId}`)).status, 404, 'another visitor sees nothing');

    const thief = visitor(url);
    const statuses: number[] = [];
    for (let i = 0; i < MOST_PER_NUMBER + 3; i += 1) {
      statuses.push((await thief.post('/v1/lookup', { number, plate: `30F0000${i % 10}` })).status);
    }
    t.same(new Set(statuses.slice(-3)), new Set([429]));
    t.equal(
      (await thief.post('/v1/lookup', { number, plate: '30F25658' })).status,
      429,
      'even the right plate, for a while',
    );
  },
);

t.test('a notice shows what happened and what is owed, and nobody’s name', async (t) => {
  const { url, noticed, house } = await citizenHouse(t);
  const { noticeId, number, verifyCode } = await noticed();
  const citizen = visitor(url);
  await citizen.post('/v1/lookup', { number, plate: '30F25658' });
  const answer = await citizen.go(`/v1/notices/${noticeId}`);
  const text = await answer.text();
  t.notMatch(text, /Bích Ngọc|001185012345|Hoa Sữa|canbo/);
  t.notOk(text.includes(verifyCode), 'nor the code that opens the papers');
  const detail = JSON.parse(text) as NoticeDetail;
  t.match(detail, {
    state: 'notified',
    as: 'holder',
    fine: { default: 19_000_000 },
    points: 4,
    owed: { due: 19_000_000, interest: 0, lastDayToPay: null, next: null },
    decision: null,
    may: { pay: true, respond: true, papers: false },
  });
  t.same(
    detail.timeline.map((e) => e.kind),
    ['record', 'confirm', 'notify'],
  );
  t.equal(detail.evidence.length, 3);

  for (const view of ['overview', 'vehicle', 'plate']) {
    const picture = await citizen.go(`/v1/notices/${noticeId}/pictures/1?view=${view}&width=640`);
    t.equal(picture.headers.get('content-type'), 'image/jpeg', view);
    const { format } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
    t.equal(format, 'jpeg');
  }
  t.equal((await citizen.go(`/v1/notices/${noticeId}/pictures/9`)).status, 404);

  await signHead(house);
  const proof = (await citizen.get(`/v1/notices/${noticeId}/proof`)).body as never as {
    notice: { leaf: { hash: string; index: number }; head: { size: number; root: string }; path: string[] };
    frames: { sha256: string }[];
    publicKey: { sha256: string };
  };
  const { leaf, head, path } = proof.notice;
  t.ok(
    inclusionHolds({ leaf: leaf.hash, index: leaf.index, size: head.size, root: head.root, path }),
    'the notice is in the signed log',
  );
  t.same(
    proof.frames.map((f) => f.sha256),
    detail.evidence.map((e) => e.sha256),
  );
  t.equal(proof.publicKey.sha256, detail.verify.keyId);
});

t.test('another motorcycle is made unrecognisable whole, with its rider', async (t) => {
  const { url, noticed, house } = await citizenHouse(t);
  const { noticeId, number } = await noticed();
  const citizen = visitor(url);
  await citizen.post('/v1/lookup', { number, plate: '30F25658' });
  await house.db.updateTable('observations').set({ kind: 'motorcycle' }).where('idx', '=', 1).execute();
  const shown = Buffer.from(
    await (await citizen.go(`/v1/notices/${noticeId}/pictures/1?width=1920`)).arrayBuffer(),
  );
  // Where its rider would be: the edge of the window, far above the plate.
  const { channels } = await sharp(
    await sharp(shown).extract({ left: 1340, top: 520, width: 40, height: 80 }).greyscale().png().toBuffer(),
  ).stats();
  t.ok(channels[0]!.stdev < 30, `${channels[0]!.stdev}`);
});

t.test('other vehicles’ plates cannot be read in a citizen’s picture, the own one can', async (t) => {
  const { url, noticed, house } = await citizenHouse(t);
  const { noticeId, number } = await noticed();
  const citizen = visitor(url);
  await citizen.post('/v1/lookup', { number, plate: '30F25658' });
  const shown = Buffer.from(
    await (await citizen.go(`/v1/notices/${noticeId}/pictures/1?width=1920`)).arrayBuffer(),
  );
  const detail = (await (await citizen.go(`/v1/notices/${noticeId}`)).json()) as NoticeDetail;
  const original = await house.blobs.get(detail.evidence[1]!.sha256);
  const contrast = async (picture: Buffer, left: number, top: number, width: number, height: number) =>
    // stats() looks at its input, not at what a pipeline would make of it.
    (
      await sharp(
        await sharp(picture).extract({ left, top, width, height }).greyscale().png().toBuffer(),
      ).stats()
    ).channels[0]!.stdev;
  const [otherBefore, otherAfter] = [
    await contrast(original, 1410, 692, 120, 26),
    await contrast(shown, 1410, 692, 120, 26),
  ];
  const [ownBefore, ownAfter] = [
    await contrast(original, 680, 795, 200, 48),
    await contrast(shown, 680, 795, 200, 48),
  ];
  t.ok(otherAfter < otherBefore / 4, `bystander ${otherBefore.toFixed(0)} to ${otherAfter.toFixed(0)}`);
  t.ok(ownAfter > ownBefore * 0.9, `own ${ownBefore.toFixed(0)} to ${ownAfter.toFixed(0)}`);
});

t.test('anyone can check a paper by its code, and learns nobody’s name', async (t) => {
  const { url, noticed } = await citizenHouse(t);
  const { number, verifyCode } = await noticed();
  const anyone = visitor(url);
  const answer = await anyone.go(`/v1/verify/${verifyCode}`);
  const text = await answer.text();
  t.match(JSON.parse(text), { kind: 'notice', number, genuine: true, amount: 19_000_000 });
  t.notMatch(text, /Bích Ngọc|001185012345/);
  t.equal((await anyone.go('/v1/verify/AAAA-BBBB-CCCC')).status, 404);
  t.equal(
    (await anyone.go(`/verify/${verifyCode}`)).headers.get('location'),
    `/portal/#/verify/${verifyCode}`,
  );
  t.equal((await anyone.go('/docs/json')).status, 200);
});
