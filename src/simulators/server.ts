import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

export interface Simulator {
  readonly url: string;
  close(): Promise<void>;
}

const raw = new WeakMap<FastifyRequest, Buffer>();

/** A Fastify server that also keeps each JSON body's bytes, since signatures are over bytes. */
export function simulatorServer(bodyLimit = 16 * 1024 * 1024): FastifyInstance {
  const app = fastify({ bodyLimit, forceCloseConnections: true });
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = Buffer.from(body);
    raw.set(request, bytes);
    try {
      done(null, bytes.length === 0 ? undefined : JSON.parse(bytes.toString()));
    } catch {
      done(Object.assign(new Error('body is not JSON'), { statusCode: 400 }), undefined);
    }
  });
  return app;
}

export const bytesOf = (request: FastifyRequest): Buffer => raw.get(request) ?? Buffer.alloc(0);

/** Drops the connection instead of answering. */
export function cutOff(reply: FastifyReply): FastifyReply {
  reply.raw.destroy();
  return reply.hijack();
}

/** Listens on loopback; port 0 takes a free one. */
export async function listen(app: FastifyInstance, port = 0): Promise<Simulator> {
  await app.listen({ host: '127.0.0.1', port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => app.close() };
}

/** Text made safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The plain look that the simulators' pages share, with a banner that says what they are. */
export function simulatorPage(title: string, body: string): string {
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f6f8;color:#16202b}
header{background:#fff3cd;color:#4d3b00;padding:.6rem 1rem;font-size:.9rem}
main{max-width:44rem;margin:1.5rem auto;padding:0 1rem}
article,form{background:#fff;border:1px solid #d5dce3;border-radius:10px;padding:1rem;margin:0 0 1rem}
button{font:inherit;font-weight:600;padding:.6rem 1.2rem;border:0;border-radius:8px;background:#0b5cab;color:#fff;cursor:pointer}
button.plain{background:#e6ecf2;color:#16202b}label{display:block;margin:.4rem 0}h1{font-size:1.3rem}
input{font:inherit;padding:.4rem;border:1px solid #9aa7b4;border-radius:6px}code{word-break:break-all}a{color:#0b5cab}
</style><header>Bản mô phỏng để thử nghiệm, không phải hệ thống thật. · A simulator for trials, not the real system.</header>
<main><h1>${escapeHtml(title)}</h1>${body}</main></html>`;
}
