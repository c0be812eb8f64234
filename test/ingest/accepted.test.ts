import t from 'tap';
import { sha256 } from '../../src/core/ids.js';
import { CAMERA, cameraHouse, counts, jpeg, NOW, post, refusalsOf, signedHeaders } from './camera-house.js';

t.test('a pushed frame is stored under its hash with its row and jobs, headers word for word', async (t) => {
  const { house, url, secret } = await cameraHouse(t);
  const picture = await jpeg();
  const headers = signedHeaders(secret, picture, {
    'x-speed-kmh': '97.5',
    'x-speed-device': 'SN-2041',
    'x-lane': 'lane-2',
    'x-signal-state': 's1=red; s2=green',
    'x-plate': '30F25658',
    'x-plate-box': '10,20,60,30',
    'x-codes': 'TrafficJunction',
  });
  const reply = await post(url, { ...headers, 'X-Firmware': 'v5.1 (build 7)' }, picture);
  t.equal(reply.status, 202);
  t.match(reply.body, { sha256: sha256(picture), duplicate: false });

  const row = await house.db.selectFrom('frames').selectAll().executeTakeFirstOrThrow();
  t.match(row, {
    id: reply.body.id,
    camera_id: CAMERA,
    site_id: 'km12',
    sha256: sha256(picture),
    bytes: picture.length,
    state: 'received',
    clock_offset_ms: 0,
  });
  t.equal(row.captured_at.toISOString(), NOW);
  t.same(row.claims, {
    speeds: [{ kmh: 97.5, device: 'SN-2041' }],
    lane: 'lane-2',
    signals: [
      { signal: 's1', state: 'red' },
      { signal: 's2', state: 'green' },
    ],
    plate: { text: '30F25658', box: [10, 20, 60, 30] },
    codes: [{ code: 'TrafficJunction' }],
  });
  const kept = row.headers as [string, string][];
  t.same(kept.slice(0, 2), [
    [':method', 'POST'],
    [':path', '/v1/frames'],
  ]);
  t.ok(
    kept.some(([name, value]) => name === 'X-Firmware' && value === 'v5.1 (build 7)'),
    'spelling and value are kept',
  );
  t.same(await house.blobs.get(row.sha256), picture);
  const jobs = await house.db.selectFrom('outbox').select(['topic', 'key']).orderBy('id').execute();
  t.same(jobs, [
    { topic: 'read', key: row.id },
    { topic: 'seal', key: `frame/${row.id}` },
  ]);
  const camera = await house.db.selectFrom('cameras').selectAll().executeTakeFirstOrThrow();
  t.equal(camera.last_seen_at?.toISOString(), NOW);
});

t.test('the same frame signed anew, one by one and twenty at once, is one frame', async (t) => {
  const { house, client } = await cameraHouse(t);
  const shot = { picture: await jpeg(), sequence: 7, capturedAt: new Date(NOW) };
  const tick = () => house.clock.advance(1);
  const answers = await Promise.all(Array.from({ length: 20 }, () => (tick(), client.push(shot))));
  t.same([...new Set(answers.map((a) => a.status))], [202]);
  t.equal(new Set(answers.map((a) => a.id)).size, 1);
  t.equal(answers.filter((a) => !a.duplicate).length, 1);
  tick();
  t.match(await client.push(shot), { status: 202, id: answers[0]!.id, duplicate: true });
  t.same(await counts(house), { frames: 1, jobs: 2, signatures: 21 });
});

t.test('the same instant and number with other bytes or claims is a recorded conflict', async (t) => {
  const { house, client } = await cameraHouse(t);
  const shot = {
    picture: await jpeg(),
    sequence: 7,
    capturedAt: new Date(NOW),
    claims: { speeds: [{ kmh: 60, device: 'A' }] },
  };
  await client.push(shot);
  house.clock.advance(1);
  t.match(await client.push({ ...shot, picture: await jpeg() }), { status: 409, code: 'FRAME_CONFLICT' });
  house.clock.advance(1);
  t.match(await client.push({ ...shot, claims: { speeds: [{ kmh: 160, device: 'A' }] } }), {
    status: 409,
    code: 'FRAME_CONFLICT',
  });
  t.equal((await counts(house)).frames, 1);
  t.match(await refusalsOf(house, 2), [
    { code: 'FRAME_CONFLICT', camera_id: CAMERA },
    { code: 'FRAME_CONFLICT' },
  ]);
});

t.test('a multipart push keeps its metadata part and says the same', async (t) => {
  const { house, url, secret } = await cameraHouse(t);
  const picture = await jpeg();
  const metadata = JSON.stringify({ sequence: 3, capturedAt: NOW, claims: { plate: { text: 'Đ' } } });
  const body = Buffer.concat([
    Buffer.from(
      `--B0\r\nContent-Disposition: form-data; name="metadata"\r\nContent-Type: application/json\r\n\r\n${metadata}\r\n`,
    ),
    Buffer.from(
      '--B0\r\nContent-Disposition:form-data;name=picture;filename=a.jpg\r\nContent-Type: image/jpeg\r\n\r\n',
    ),
    picture,
    Buffer.from('\r\n--B0--\r\n'),
  ]);
  const type = { 'content-type': 'multipart/form-data; boundary=B0' };
  const bare = { 'x-sequence': undefined, 'x-captured-at': undefined };
  const reply = await post(url, signedHeaders(secret, body, { ...type, ...bare }), body);
  t.equal(reply.status, 202);
  const row = await house.db.selectFrom('frames').selectAll().executeTakeFirstOrThrow();
  t.same(await house.blobs.get(row.sha256), picture);
  t.equal((row.headers as [string, string][]).find(([name]) => name === ':metadata')?.[1], metadata);
  t.match(await post(url, signedHeaders(secret, body, type), body), {
    status: 400,
    body: { error: { code: 'METADATA_INVALID', field: /^x-/ } },
  });
  const half = body.subarray(0, body.length - 30);
  t.match(await post(url, signedHeaders(secret, half, { ...type, ...bare }), half), {
    status: 400,
    body: { error: { code: 'MULTIPART_BROKEN' } },
  });
});

t.test('a camera asks what became of its frame, the time, and says that it lives', async (t) => {
  const { house, client, url } = await cameraHouse(t);
  const { id } = await client.push({ picture: await jpeg(), sequence: 1, capturedAt: new Date(NOW) });
  t.match(await client.state(id!), { id, state: 'received', sequence: 1 });
  t.match(await client.state('nothing'), { error: { code: 'FRAME_UNKNOWN' } });
  t.same(await (await fetch(`${url}/v1/time`)).json(), { now: NOW, allowedSkewMs: 300_000 });
  house.clock.advance(5000);
  t.equal(await client.heartbeat(), 0);
  const camera = await house.db.selectFrom('cameras').selectAll().executeTakeFirstOrThrow();
  t.equal(camera.last_seen_at?.toISOString(), house.clock.now().toISOString());
  const docs = (await (await fetch(`${url}/docs/json`)).json()) as {
    paths: Record<string, { post?: { requestBody?: unknown } }>;
  };
  t.ok(docs.paths['/v1/frames']?.post?.requestBody);
  t.match(
    await (await fetch(`${url}/metrics`)).text(),
    /phat_nguoi_frames_total\{outcome="new",app="camera"\} 1/,
  );
});
