import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { CodedError } from '../../core/errors.js';
import { both } from '../../core/messages.js';
import { textMessages } from '../../core/messages-text.js';
import { isDataError } from '../../storage/outage.js';

/** The one shape in which every app says no. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly field?: string };
}

/** A refusal with its status, thrown by routes; `message` is shown to the caller. */
export class HttpRefusal extends CodedError<string> {
  readonly status: number;
  readonly field: string | undefined;

  constructor(status: number, code: string, message: string, field?: string) {
    super(code, message);
    this.status = status;
    this.field = field;
  }
}

/** The field that a room's error names as wrong, if it does. */
const fieldOf = ({ details }: CodedError<string>): string | undefined =>
  typeof details.field === 'string' ? details.field : undefined;

/** Maps a room's error codes to statuses; what is not listed is a 500 whose text stays in the log. */
export type StatusOf = (error: CodedError<string>) => number | undefined;

export function sendError(
  reply: FastifyReply,
  status: number,
  code: string,
  message: string,
  field?: string,
): FastifyReply {
  const body: ErrorBody = { error: { code, message, ...(field === undefined ? {} : { field }) } };
  return reply.code(status).type('application/json; charset=utf-8').send(body);
}

/** Sets the error and not-found handlers of an app. A 5xx never tells its text. */
export function answerErrors(app: FastifyInstance, statusOf: StatusOf = () => undefined): void {
  app.setNotFoundHandler((_request, reply) =>
    sendError(reply, 404, 'NOT_FOUND', 'There is nothing at this address.'),
  );
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    if (error instanceof HttpRefusal)
      return sendError(reply, error.status, error.code, error.message, error.field);
    if (hasZodFastifySchemaValidationErrors(error)) {
      const first = error.validation[0];
      const field = `${error.validationContext ?? 'request'}${(first?.instancePath ?? '').replaceAll('/', '.')}`;
      return sendError(reply, 400, 'INVALID_REQUEST', `${field}: ${first?.message ?? 'invalid'}`, field);
    }
    if (error instanceof CodedError) {
      const status = statusOf(error);
      if (status !== undefined && status < 500)
        return sendError(reply, status, error.code, error.message, fieldOf(error));
      if (status !== undefined) request.log.warn({ err: error }, 'refused for now');
      if (status !== undefined)
        return sendError(reply, status, error.code, 'The service cannot do this right now.');
    }
    if (isDataError(error)) {
      request.log.warn({ err: error }, 'the database cannot keep what was sent');
      return sendError(reply, 400, 'INVALID_REQUEST', both(textMessages.unstorable));
    }
    const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
    if (status >= 400 && status < 500) {
      const code = 'code' in error && typeof error.code === 'string' ? error.code : 'BAD_REQUEST';
      return sendError(reply, status, code, error.message);
    }
    request.log.error({ err: error }, 'unexpected error');
    return sendError(reply, 500, 'INTERNAL', 'Something went wrong on our side; it has been recorded.');
  });
}
