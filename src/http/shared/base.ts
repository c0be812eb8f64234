import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, {
  LogController,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyServerOptions,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Registry } from 'prom-client';
import type { Context } from '../../storage/context.js';
import { answerErrors, type StatusOf } from './errors.js';
import { tellHealth } from './health.js';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

declare module 'fastify' {
  interface FastifyInstance {
    /** What this app tells at /metrics. */
    readonly metrics: Registry;
  }
}

export interface BaseOptions {
  readonly name: 'camera' | 'officer' | 'citizen';
  readonly statusOf?: StatusOf;
  readonly server?: FastifyHttpOptions<Server>;
  /** Serves OpenAPI at /docs if given. */
  readonly docs?: { readonly title: string; readonly description: string };
}

/** A Fastify app with zod types, time limits, one error shape, health and, if asked, OpenAPI at /docs. */
export async function baseApp(ctx: Context, options: BaseOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: ctx.log.child({ app: options.name }),
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 30_000,
    connectionTimeout: 30_000,
    keepAliveTimeout: 10_000,
    trustProxy: ctx.config.trustProxy === undefined ? false : [...ctx.config.trustProxy],
    ...options.server,
  } as FastifyServerOptions) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app, options.statusOf);
  if (options.docs !== undefined) {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: options.docs.title, description: options.docs.description, version },
      },
      transform: jsonSchemaTransform,
    });
    await app.register(swaggerUi, { routePrefix: '/docs' });
  }
  app.decorate('metrics', tellHealth(app, ctx, options.name));
  return app.withTypeProvider<ZodTypeProvider>() as unknown as FastifyInstance;
}
