import t from 'tap';
import { demoClips, shotsOf } from '../../src/commands/demo/clips.js';
import { verifyAll } from '../../src/evidence/index.js';
import { signHead } from '../../src/evidence/heads.js';
import { cameraClient } from '../../src/simulators/camera.js';
import { playCamera } from '../../src/simulators/play-camera.js';
import { until, visitor } from '../portal/citizen-house.js';
import { PASSWORD, wholeHouse } from './whole-house.js';

/** One frame's way through the whole house, with every real part between the camera's push and the paid receipt. */
t.test('a camera pushes, an officer decides, the owner pays', async (t) => {
  const clip = (await demoClips(process.env.CLIPS)).find((one) =>
    one.violations.some((act) => act.rule === 'red-light'),
  )!;
  const act = clip.violations.find((one) => one.rule === 'red-light')!;
  const { house, urls, outside, cameraSecret } = await wholeHouse(t, clip);

  const camera = cameraClient({ url: urls.camera, camera: clip.cameras[0]!, secret: cameraSecret });
  const played = await playCamera(camera, await shotsOf(clip), { speed: 0 });
  t.match(played, { taken: clip.frames, refused: 0, lost: 0 }, 'every frame is acknowledged');

  const found = await until(async () => {
    const rows = await house.db.selectFrom('cases').select(['id', 'plate_text', 'state', 'holds']).execute();
    return rows.find((row) => row.plate_text === act.plate);
  }, 120_000);
  t.equal(found.state, 'candidate', 'the machine only proposes');
  const unread = await house.db.selectFrom('frames').select('id').where('state', '<>', 'read').execute();
  t.same(unread, [], 'every frame was read');

  const officer = visitor(urls.officer);
  const signedIn = (await (
    await officer.post('/api/sign-in', { username: 'lan', password: PASSWORD })
  ).json()) as { csrf: string };
  const opened = (await (await officer.go(`/api/cases/${found.id}`)).json()) as {
    openedAt: string;
    obstacles: { en: string }[];
    dossier: { version: number; violation: { rule: string }; plate: { text: string } };
  };
  t.same(opened.obstacles, [], JSON.stringify(found.holds));
  t.match(opened.dossier, { violation: { rule: 'red-light' }, plate: { text: act.plate! } });
  const confirmed = await officer.go(`/api/cases/${found.id}/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'csrf-token': signedIn.csrf },
    body: JSON.stringify({ version: opened.dossier.version, openedAt: opened.openedAt }),
  });
  t.equal(confirmed.status, 200, await confirmed.clone().text());

  const notice = await until(async () => {
    const row = await house.db
      .selectFrom('notices')
      .innerJoin('deliveries', 'deliveries.notice_id', 'notices.id')
      .select(['notices.id', 'notices.number', 'deliveries.proof', 'deliveries.state'])
      .where('case_id', '=', found.id)
      .executeTakeFirst();
    return row?.state === 'delivered' && row;
  }, 60_000);
  t.ok(notice.proof, 'the digital account gave a proof of delivery');

  const citizen = visitor(urls.citizen);
  await citizen.token();
  const lookup = await citizen.post('/v1/lookup', { number: notice.number, plate: act.plate });
  t.equal(lookup.status, 200);
  const order = (await (await citizen.post(`/v1/notices/${notice.id}/payments`, {})).json()) as {
    id: string;
    amount: number;
  };
  t.equal(order.amount, 19_000_000, 'the middle of 18 to 20 million');
  const { reference } = await house.db
    .selectFrom('payments')
    .select('reference')
    .where('id', '=', order.id)
    .executeTakeFirstOrThrow();
  await fetch(`${outside.gateway}/_pay/${reference}`, { method: 'POST' });
  const receipt = await until(
    async () => house.db.selectFrom('receipts').selectAll().executeTakeFirst(),
    60_000,
  );
  await until(async () => {
    const row = await house.db
      .selectFrom('cases')
      .select('state')
      .where('id', '=', found.id)
      .executeTakeFirst();
    return row?.state === 'closed';
  }, 60_000);
  const pdf = await house.blobs.get(receipt.pdf_sha256);
  t.equal(pdf.subarray(0, 5).toString(), '%PDF-');

  const notices = await house.db.selectFrom('notices').select('id').execute();
  t.equal(notices.length, 1, 'one act, one notice');
  await signHead(house);
  const report = await verifyAll(house);
  t.same(report.findings, [], 'the evidence verifies');
});
