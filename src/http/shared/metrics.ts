import fp from 'fastify-plugin';
import { collectDefaultMetrics, Histogram, register } from 'prom-client';

const duration = new Histogram({
  name: 'phat_nguoi_http_seconds',
  help: 'Time to answer a request',
  labelNames: ['app', 'method', 'route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
});
let collecting = false;

/** `/metrics` in the Prometheus text format, and the time of every request by its route (never by its URL). */
export const metrics = (name: string) =>
  fp(async (app) => {
    if (!collecting) collectDefaultMetrics();
    collecting = true;
    app.addHook('onResponse', async (request, reply) => {
      duration
        .labels(name, request.method, request.routeOptions.url ?? 'none', String(reply.statusCode))
        .observe(reply.elapsedTime / 1000);
    });
    app.get('/metrics', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) =>
      reply.type(register.contentType).send(await register.metrics()),
    );
  });
