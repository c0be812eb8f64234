import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

/**
 * Structured log on stderr (or `to`), so that stdout stays free for a command's own answer. Secrets and owner data are cut
 * out. An id may be logged; a plate, a name, an address or a digital account, which holds a personal number, may not.
 */
export function createLog(
  name: string,
  level: string = process.env.LOG_LEVEL ?? 'info',
  to: DestinationStream = pino.destination(2),
): Log {
  return pino(
    {
      name,
      level,
      serializers: { err: withoutRows },
      redact: {
        paths: [
          '*.secret',
          '*.password',
          '*.owner',
          '*.personalId',
          'req.headers.authorization',
          'req.headers.cookie',
        ],
        censor: '[redacted]',
      },
    },
    to,
  );
}

/** Postgres puts the values of the row at fault into an error's `detail` and `where`: those stay out of the log. */
function withoutRows(error: Error): Record<string, unknown> {
  const { type, message, stack, code } = stdSerializers.err(error) as unknown as Record<string, unknown>;
  return { type, message, stack, ...(code === undefined ? {} : { code }) };
}
