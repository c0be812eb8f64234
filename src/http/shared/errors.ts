import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';

/** Every error of every app has this body. `message` is English for developers; screens say it from their message files. */
export const errorBody = z.object({
  error: z.object({
    code: z.string().describe('Stable name of the error'),
    message: z.string(),
    field: z.string().optional().describe('Header or field at fault'),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;

export const errorOf = (code: string, message: string, field?: string): ErrorBody => ({
  error: field === undefined ? { code, message } : { code, message, field },
});

/** Answers errors that no route has dealt with: what the caller did wrong in full, what we did wrong in one word. */
export const errors = fp(async (app) => {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(errorOf('NOT_FOUND', `nothing is at ${request.method} ${request.url.split('?')[0]}`)),
  );
});

export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0];
    const field = [error.validationContext, ...(first?.instancePath ?? '').split('/').filter(Boolean)].join('.');
    return reply.code(400).send(errorOf('INVALID_REQUEST', `${field}: ${first?.message ?? 'is not valid'}`, field));
  }
  const status = error.statusCode ?? 500;
  if (status < 500) return reply.code(status).send(errorOf(error.code ?? 'REFUSED', error.message));
  request.log.error({ err: error }, 'request failed');
  return reply.code(status).send(errorOf('INTERNAL', 'this did not work, and it is our fault; try again'));
}
