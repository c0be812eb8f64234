import t from 'tap';
import { letGoAll } from '../../src/retention/index.js';
import { consoleHouse, PASSWORD, signedIn, waitingCase } from '../officer/console-house.js';
import { citizenHouse, visitor } from '../portal/citizen-house.js';
import { command } from '../support/command.js';
import { CAMERA, DAY, LATER, noteLetGo, passing, settleAct, standing } from './passing.js';

t.test('retention shows the policy and what would go, and --run lets it go; hold keeps it', async (t) => {
  const house = await consoleHouse(t);
  house.clock.set(new Date(Date.now() - LATER - DAY));
  const from = house.clock.now().toISOString();
  const ids = await passing(house, 2);
  const to = house.clock.now().toISOString();
  const others = await passing(house, 2);

  t.match(await command(house, ['retention', '--json'], '', { RETENTION_HOURS: '5' }), {
    code: 1,
    said: /RETENTION_HOURS: 0, or 24 to 87600/,
  });
  const shown = await command(house, ['retention']);
  t.match(shown, { code: 0, told: new RegExp(`72 giờ[^]*${CAMERA}`) }, shown.said);
  t.match(await command(house, ['retention', '--run'], '', { RETENTION_HOURS: '0' }), {
    code: 1,
    said: /POLICY_KEEPS_ALL/,
  });

  const add = ['hold', 'add', '--camera', CAMERA, '--from', from, '--to', to, '--officer', 'canbo.an'];
  t.match(await command(house, [...add, '--reason', 'điều tra'], 'sai\n'), { code: 1, said: /NOT_ALLOWED/ });
  const laid = await command(house, [...add, '--reason', 'điều tra'], `${PASSWORD}\n`);
  t.equal(laid.code, 0, laid.said);
  const { id, kept } = JSON.parse(laid.told) as { id: string; kept: number };
  t.equal(kept, 2);
  t.match(JSON.parse((await command(house, ['retention', '--json'])).told), {
    policyHours: 72,
    cameras: [{ cameraId: CAMERA, frames: 2, needed: 2 }],
  });
  t.match(JSON.parse((await command(house, ['retention', '--run', '--json'])).told), {
    frames: 2,
    removed: 2,
  });
  t.same(await standing(house, others), { there: 0, letGo: 2 });
  t.same(await standing(house, ids), { there: 2, letGo: 0 });
  t.match((await command(house, ['hold', 'list'])).told, /"reason":"điều tra","by":"canbo.an"/);
  const lift = ['hold', 'lift', id, '--reason', 'xong', '--officer', 'canbo.an'];
  t.equal((await command(house, lift, `${PASSWORD}\n`)).code, 0);
  t.match(JSON.parse((await command(house, ['status', '--json'])).told), { frames: 4, framesLetGo: 2 });
  const verified = await command(house, ['verify']);
  t.match(verified, { code: 0, told: /2 ảnh đã xóa theo chính sách/ }, verified.told);
});

t.test('whoever opens a picture that was let go is answered 410 in both languages', async (t) => {
  const house = await consoleHouse(t);
  const caseId = await waitingCase(house);
  const { violation_id: violation } = await house.db
    .selectFrom('cases')
    .select('violation_id')
    .executeTakeFirstOrThrow();
  const frames = await settleAct(house, violation);
  const me = await signedIn(house.app);
  const url = `/api/cases/${caseId}/frames/${frames[0]!}`;
  t.equal((await me.get(url)).statusCode, 200);
  await house.db.updateTable('cases').set({ state: 'rejected', updated_at: house.clock.now() }).execute();
  house.clock.advance(400 * DAY);
  t.match(await letGoAll(house), { frames: 3 });
  const again = await signedIn(house.app);
  for (const path of [url, `${url}/thumbnail`, `${url}/crop?box=1,1,20,20`]) {
    const answer = await again.get(path);
    t.equal(answer.statusCode, 410, path);
    const { error } = answer.json() as { error: { code: string; message: string } };
    t.match(error, { code: 'FRAME_LET_GO', message: /xóa theo chính sách.* \/ .*retention policy/ });
  }
  t.equal((await again.get(`/api/cases/${caseId}`)).statusCode, 200, 'the dossier itself opens');
  const metrics = (await house.app.inject('/metrics')).body;
  t.match(metrics, /phat_nguoi_frames_let_go\{[^}]*\} 3\n/);
  t.match(metrics, /phat_nguoi_bytes_let_go\{/);
  t.match(metrics, /phat_nguoi_oldest_frame_kept_seconds\{[^}]*\} 0\n/);
});

t.test(
  'a citizen is answered the same, though the pictures of a notice are kept as long as its case',
  async (t) => {
    const { url, noticed, house } = await citizenHouse(t);
    const { noticeId, number } = await noticed();
    const citizen = visitor(url);
    await citizen.post('/v1/lookup', { number, plate: '30F25658' });
    await noteLetGo(house, new Date());
    const answer = await citizen.go(`/v1/notices/${noticeId}/pictures/1`);
    t.equal(answer.status, 410);
    t.match(await answer.json(), { error: { code: 'FRAME_LET_GO', message: /xóa theo chính sách/ } });
  },
);
