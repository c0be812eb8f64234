import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Structured log on stderr, so that stdout stays free for a command's own answer. Secrets and owner data are cut out. */
export function createLog(name: string, level: string = process.env.LOG_LEVEL ?? 'info'): Log {
  return pino(
    {
      name,
      level,
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
    pino.destination(2),
  );
}
