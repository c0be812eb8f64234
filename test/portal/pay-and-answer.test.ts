import sharp from 'sharp';
import t from 'tap';
import type { NoticeDetail, OpenPaymentAnswer, PaymentState } from '../../src/http/citizen/shapes.js';
import { signMessage } from '../../src/notices/wire-signature.js';
import { readQr } from '../support/qr.js';
import { citizenHouse, SECRET, until, visitor } from './citizen-house.js';

t.test('pay by VietQR: the QR reads, the webhook closes the case, the receipt is a PDF', async (t) => {
  const { url, gateway, noticed } = await citizenHouse(t);
  const { noticeId, number, verifyCode } = await noticed();
  const citizen = visitor(url);
  await citizen.post('/v1/lookup', { number, plate: '30F25658' });
  t.equal(
    (await citizen.post(`/v1/notices/${noticeId}/payments`, {})).status,
    403,
    'no change without the token',
  );
  await citizen.token();
  const payment = (await (
    await citizen.post(`/v1/notices/${noticeId}/payments`, {})
  ).json()) as OpenPaymentAnswer;
  const svg = await citizen.go(`/v1/notices/${noticeId}/payments/${payment.id}/qr.svg`);
  const picture = await sharp(Buffer.from(await svg.arrayBuffer()), { density: 300 })
    .resize(500)
    .png()
    .toBuffer();
  t.equal(await readQr(picture), payment.qr);
  t.match(payment.qr, new RegExp(payment.content));

  const state = async () =>
    (await (await citizen.go(`/v1/notices/${noticeId}/payments/${payment.id}`)).json()) as PaymentState;
  t.match(await state(), { state: 'created', received: 0 });
  await fetch(`${gateway}/_faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"mode":"twice","count":1}',
  });
  await fetch(`${gateway}/_pay/${payment.content.split(' ')[1]}`, { method: 'POST' });
  const paid = await until(async () => (await state()).state === 'paid' && state());
  t.match(paid, { state: 'paid', received: 19_000_000, receipt: /BL$/ });
  const detail = (await (await citizen.go(`/v1/notices/${noticeId}`)).json()) as NoticeDetail;
  t.match(detail, { state: 'closed', owed: { due: 0, next: null }, may: { pay: false } });
  t.match(
    await (await citizen.go(`/v1/notices/${noticeId}/receipt.pdf`)).json(),
    { error: { code: 'CHECK_CODE_NEEDED' } },
    'it names the payer',
  );
  await citizen.post(`/v1/notices/${noticeId}/code`, { code: verifyCode });
  const receipt = await citizen.go(`/v1/notices/${noticeId}/receipt.pdf`);
  t.match(
    Buffer.from(await receipt.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  );
});

t.test(
  'the webhook: a wrong signature, an old one, another path, a replay, another amount, nonsense',
  async (t) => {
    const { url, noticed, house } = await citizenHouse(t);
    const { noticeId, number } = await noticed();
    const citizen = visitor(url);
    await citizen.post('/v1/lookup', { number, plate: '30F25658' });
    await citizen.token();
    const payment = (await (
      await citizen.post(`/v1/notices/${noticeId}/payments`, {})
    ).json()) as OpenPaymentAnswer;
    const row = await house.db
      .selectFrom('payments')
      .selectAll()
      .where('id', '=', payment.id)
      .executeTakeFirstOrThrow();
    const event = {
      eventId: 'w-1',
      orderId: row.gateway_id,
      reference: row.reference,
      amount: 19_000_000,
      currency: 'VND',
      paidAt: new Date().toISOString(),
    };
    const send = async (body: unknown, signing: { key?: string; at?: Date; path?: string } = {}) => {
      const bytes = typeof body === 'string' ? body : JSON.stringify(body);
      const signed = signMessage(
        signing.key ?? SECRET,
        signing.at ?? new Date(),
        'POST',
        signing.path ?? '/v1/payments/webhook',
        bytes,
      );
      const response = await fetch(`${url}/v1/payments/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signed },
        body: bytes,
      });
      const answer = (await response.json()) as { outcome?: string; error?: { code: string } };
      return `${response.status} ${answer.outcome ?? answer.error?.code}`;
    };
    t.equal(await send(event, { key: 'guess' }), '401 SIGNATURE_WRONG');
    t.equal(await send(event, { at: new Date(Date.now() - 600_000) }), '401 SIGNATURE_WRONG');
    t.equal(await send(event, { path: '/v1/other' }), '401 SIGNATURE_WRONG');
    t.equal(await send('{'), '400 BAD_EVENT');
    t.equal(await send({ ...event, amount: 0.5 }), '400 BAD_EVENT');
    t.equal((await house.db.selectFrom('payment_events').select('at').execute()).length, 0);
    t.equal(await send(event), '200 paid');
    t.equal(await send(event), '200 paid', 'told again, answered the same');
    t.equal(await send({ ...event, amount: 1_000 }), '409 EVENT_CHANGED');
    t.equal((await house.db.selectFrom('receipts').select('id').execute()).length, 1);
  },
);

t.test('sign in: only the own notices; a stolen callback is worth nothing', async (t) => {
  const { url, oidc, noticed } = await citizenHouse(t);
  const mine = await noticed();
  const others = await noticed({ plate: '29A11111', display: '29A-111.11', account: 'cn-000000000001' });
  const citizen = visitor(url);
  t.equal((await citizen.go('/v1/notices')).status, 401);
  const begun = await citizen.go('/v1/sign-in');
  const authorise = begun.headers.get('location') ?? '';
  t.ok(authorise.startsWith(`${oidc}/authorize`));
  t.match(await (await fetch(authorise)).text(), /Trần Thị Bích Ngọc/);
  const chosen = await fetch(authorise, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'account=cn-001185012345',
  });
  const callback = chosen.headers.get('location') ?? '';
  t.equal(
    (await visitor(url).go(callback)).headers.get('location'),
    '/portal/#/sign-in-failed',
    'without the session that began it',
  );
  const thief = visitor(url);
  await thief.go('/v1/sign-in');
  t.equal(
    (await thief.go(callback)).headers.get('location'),
    '/portal/#/sign-in-failed',
    'with a session that began another',
  );

  const again = visitor(url);
  const location = (await again.go('/v1/sign-in')).headers.get('location') ?? '';
  const back = await fetch(location, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'account=cn-001185012345',
  });
  t.equal((await again.go(back.headers.get('location') ?? '')).headers.get('location'), '/portal/#/mine');
  const list = (await (await again.go('/v1/notices')).json()) as { notices: { id: string }[] };
  t.same(
    list.notices.map((n) => n.id),
    [mine.noticeId],
  );
  t.equal((await again.go(`/v1/notices/${mine.noticeId}`)).status, 200);
  t.equal((await again.go(`/v1/notices/${others.noticeId}`)).status, 404);
  await again.token();
  t.equal((await again.post('/v1/sign-out', {})).status, 204);
  t.equal((await again.go(`/v1/notices/${mine.noticeId}`)).status, 404);
});

t.test('answering: words and pictures go back to an officer; what is no picture is refused', async (t) => {
  const { url, noticed, house } = await citizenHouse(t);
  const { noticeId, number, caseId } = await noticed();
  const citizen = visitor(url);
  await citizen.post('/v1/lookup', { number, plate: '30F25658' });
  await citizen.token();
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#888' } })
    .png()
    .toBuffer();
  const answer = (kind: string, text: string, ...files: Buffer[]) => {
    const form = new FormData();
    form.set('kind', kind);
    form.set('text', text);
    files.forEach((bytes, i) => form.append('pictures', new Blob([new Uint8Array(bytes)]), `anh-${i}.png`));
    return citizen.go(`/v1/notices/${noticeId}/responses`, { method: 'POST', body: form });
  };
  t.equal((await answer('nonsense', 'x')).status, 400);
  t.equal((await answer('dispute', '   ')).status, 400);
  t.equal((await answer('dispute', 'x', Buffer.from('<svg onload=alert(1)>'))).status, 400);
  t.equal((await answer('dispute', 'x', picture, picture, picture, picture)).status, 413);
  const good = await answer('cloned', 'Xe tôi màu trắng, lúc đó đang ở Huế.', picture, picture);
  t.match(await good.json(), { state: 'disputed' });
  const detail = (await (await citizen.go(`/v1/notices/${noticeId}`)).json()) as NoticeDetail;
  t.match(detail, {
    state: 'disputed',
    responses: [{ kind: { vi: 'Biển số bị làm giả' }, attachments: 2, answeredAt: null }],
  });
  t.equal(
    (await house.db.selectFrom('cases').select('state').where('id', '=', caseId).executeTakeFirstOrThrow())
      .state,
    'disputed',
  );
});
