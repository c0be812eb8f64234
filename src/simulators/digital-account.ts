import { generateKeyPairSync, sign } from 'node:crypto';
import { systemClock, type Clock } from '../core/clock.js';
import { newId, sha256 } from '../core/ids.js';
import { proofStatement, type DeliveryProof } from '../notices/digital-account.js';
import { messageIsSigned } from '../notices/wire-signature.js';
import { inboxPage } from './digital-account-inbox.js';
import { addFaults, pause } from './faults.js';
import { incoming, type InboxMessage } from './inbox-message.js';
import { bytesOf, cutOff, listen, simulatorServer, type Simulator } from './server.js';

/**
 * A digital-account gateway that speaks the wire format of `notices/digital-account-http.ts`, with a page that shows
 * each account's inbox. Faults: `late` delivers, then answers after `ms` · `twice` delivers and cuts the connection
 * before the answer, so that a client must ask again · `wrong` delivers but proves another notice · `never` answers 503
 * and delivers nothing.
 */
export async function startDigitalAccount(
  options: {
    port?: number;
    key?: string;
    lateMs?: number;
    isKnown?: (account: string) => boolean;
    clock?: Clock;
  } = {},
): Promise<Simulator> {
  const key = options.key ?? 'account-dev-key';
  const clock = options.clock ?? systemClock;
  const pair = generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' });
  const keyId = sha256(publicKey);
  const inbox = new Map<string, InboxMessage>();

  const app = simulatorServer();
  const faults = addFaults(app, options.lateMs === undefined ? {} : { ms: options.lateMs });

  app.post<{ Params: { account: string } }>('/v1/accounts/:account/messages', async (request, reply) => {
    const { account } = request.params;
    const idempotencyKey = String(request.headers['idempotency-key'] ?? '');
    const fault = faults.next();
    faults.saw({ account, idempotencyKey, fault });
    if (fault === 'never') return reply.code(503).send({ error: { code: 'DOWN', message: 'down' } });
    const path = request.url.split('?')[0] ?? request.url;
    if (!messageIsSigned(key, clock.now(), 'POST', path, bytesOf(request), request.headers)) {
      return reply
        .code(401)
        .send({ error: { code: 'SIGNATURE_WRONG', message: 'signature is wrong or old' } });
    }
    if (options.isKnown && !options.isKnown(account)) {
      return reply.code(404).send({ error: { code: 'ACCOUNT_UNKNOWN', message: 'no such account' } });
    }
    const content = incoming.safeParse(request.body);
    if (!content.success || content.data.noticeId !== idempotencyKey) {
      return reply.code(400).send({ error: { code: 'BAD_MESSAGE', message: 'not a message' } });
    }
    const { pdf, ...rest } = content.data;
    const bytes = Buffer.from(pdf, 'base64');
    if (sha256(bytes) !== rest.pdfSha256) {
      return reply.code(400).send({ error: { code: 'BAD_PDF', message: 'hash of the PDF differs' } });
    }
    const bodyHash = sha256(bytesOf(request));
    const before = inbox.get(idempotencyKey);
    if (before && before.bodyHash !== bodyHash) {
      return reply.code(409).send({ error: { code: 'KEY_REUSED', message: 'same key, other message' } });
    }
    const message = before ?? {
      account,
      content: rest,
      pdf: bytes,
      bodyHash,
      proof: prove(account, rest.noticeId, rest.pdfSha256),
    };
    inbox.set(idempotencyKey, message);

    if (fault === 'late') await pause(faults.ms);
    if (fault === 'twice') return cutOff(reply);
    if (fault === 'wrong') return prove(account, newId(), rest.pdfSha256);
    return message.proof;
  });

  app.get('/v1/messages', async () => ({
    messages: [...inbox.values()].map(({ account, content, proof }) => ({
      account,
      ...content,
      deliveryId: proof.deliveryId,
    })),
  }));
  app.get<{ Params: { id: string } }>('/messages/:id.pdf', async (request, reply) => {
    const message = inbox.get(request.params.id);
    return message ? reply.type('application/pdf').send(message.pdf) : reply.code(404).send('404');
  });
  app.get<{ Querystring: { account?: string } }>('/', async (request, reply) =>
    reply.type('text/html; charset=utf-8').send(inboxPage([...inbox.values()], request.query.account)),
  );

  function prove(account: string, noticeId: string, pdfSha256: string): DeliveryProof {
    const statement = {
      deliveryId: newId(),
      account,
      noticeId,
      pdfSha256,
      deliveredAt: clock.now().toISOString(),
      keyId,
    };
    const signature = sign(null, Buffer.from(proofStatement(statement)), pair.privateKey).toString(
      'base64url',
    );
    return { ...statement, publicKey: publicKey.toString('base64'), signature };
  }

  return listen(app, options.port);
}
