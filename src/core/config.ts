import { resolve } from 'node:path';
import { z } from 'zod';
import { CodedError } from './errors.js';

export class ConfigError extends CodedError<'CONFIG_INVALID'> {}

const port = z.coerce.number().int().min(0).max(65535);
const count = z.coerce.number().int().min(0);
const url = z.url();

/**
 * Every setting, from the environment. `.env`-style names; a bad value stops the boot and names itself.
 * Durations are milliseconds unless the name says otherwise; money is đồng.
 */
const settings = z.object({
  DATA_DIR: z.string().default('.data/house'),
  KEYS_DIR: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//)
    .optional(),
  S3_ENDPOINT: url.optional(),
  S3_REGION: z.string().default('auto'),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  CAMERA_PORT: port.default(8101),
  OFFICER_PORT: port.default(8102),
  CITIZEN_PORT: port.default(8103),
  CAMERA_URL: url.optional(),
  OFFICER_URL: url.optional(),
  CITIZEN_URL: url.optional(),
  BACKLOG_LIMIT: count.default(20_000),
  CLOCK_SKEW_MS: count.default(300_000),
  VISION_PROCESSES: count.optional(),
  VISION_TIMEOUT_MS: count.default(15_000),
  MODELS_MANIFEST: z.string().optional(),
  VEHICLE_REGISTER_URL: url.optional(),
  VEHICLE_REGISTER_KEY: z.string().default('register-dev-key'),
  DIGITAL_ACCOUNT_URL: url.optional(),
  DIGITAL_ACCOUNT_KEY: z.string().default('account-dev-key'),
  PAYMENT_GATEWAY_URL: url.optional(),
  PAYMENT_GATEWAY_KEY: z.string().default('gateway-dev-key'),
  PAYMENT_WEBHOOK_SECRET: z.string().min(8).default('gateway-webhook-dev-secret'),
  PAYEE_BANK_BIN: z
    .string()
    .regex(/^\d{6}$/)
    .default('970415'),
  PAYEE_ACCOUNT: z
    .string()
    .regex(/^[0-9A-Z]{6,19}$/)
    .default('1234567890'),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: z.string().default('phat-nguoi-portal'),
  OIDC_CLIENT_SECRET: z.string().default('portal-dev-secret'),
  SECOND_REVIEW_ABOVE: count.default(30_000_000),
  UNDO_SECONDS: count.default(5),
  PASSAGE_RETENTION_HOURS: count.default(72),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Config {
  readonly dataDir: string;
  readonly keysDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly s3: { endpoint: string; region: string; accessKey: string; secretKey: string } | undefined;
  readonly host: string;
  readonly ports: { readonly camera: number; readonly officer: number; readonly citizen: number };
  readonly publicUrls: { readonly camera: string; readonly officer: string; readonly citizen: string };
  /** Frames accepted and not yet read, above which a camera is told to wait. */
  readonly backlogLimit: number;
  /** Largest difference between a request's timestamp and ours. */
  readonly clockSkewMs: number;
  readonly visionProcesses: number | undefined;
  readonly visionTimeoutMs: number;
  readonly modelsManifest: string | undefined;
  readonly vehicleRegister: { readonly url: string | undefined; readonly key: string };
  readonly digitalAccount: { readonly url: string | undefined; readonly key: string };
  readonly paymentGateway: {
    readonly url: string | undefined;
    readonly key: string;
    readonly webhookSecret: string;
    readonly payeeBankBin: string;
    readonly payeeAccount: string;
  };
  readonly oidc: {
    readonly issuer: string | undefined;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  /** A fine whose maximum is at or above this needs a second, blind reviewer. Đồng. */
  readonly secondReviewAbove: number;
  /** How long an officer may take a decision back before the notice is made. */
  readonly undoSeconds: number;
  readonly passageRetentionHours: number;
  readonly logLevel: string;
}

/**
 * Reads and checks the environment once.
 * @throws {ConfigError} `CONFIG_INVALID`, its message naming each bad setting.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new ConfigError('CONFIG_INVALID', `bad settings: ${wrong}`, { cause: parsed.error });
  }
  const s = parsed.data;
  const at = (given: string | undefined, p: number): string => given ?? `http://${s.HOST}:${p}`;
  return {
    dataDir: resolve(s.DATA_DIR),
    keysDir: resolve(s.KEYS_DIR ?? `${s.DATA_DIR}/keys`),
    databaseUrl: s.DATABASE_URL,
    redisUrl: s.REDIS_URL,
    s3: bucket(s),
    host: s.HOST,
    ports: { camera: s.CAMERA_PORT, officer: s.OFFICER_PORT, citizen: s.CITIZEN_PORT },
    publicUrls: {
      camera: at(s.CAMERA_URL, s.CAMERA_PORT),
      officer: at(s.OFFICER_URL, s.OFFICER_PORT),
      citizen: at(s.CITIZEN_URL, s.CITIZEN_PORT),
    },
    backlogLimit: s.BACKLOG_LIMIT,
    clockSkewMs: s.CLOCK_SKEW_MS,
    visionProcesses: s.VISION_PROCESSES,
    visionTimeoutMs: s.VISION_TIMEOUT_MS,
    modelsManifest: s.MODELS_MANIFEST,
    vehicleRegister: { url: s.VEHICLE_REGISTER_URL, key: s.VEHICLE_REGISTER_KEY },
    digitalAccount: { url: s.DIGITAL_ACCOUNT_URL, key: s.DIGITAL_ACCOUNT_KEY },
    paymentGateway: {
      url: s.PAYMENT_GATEWAY_URL,
      key: s.PAYMENT_GATEWAY_KEY,
      webhookSecret: s.PAYMENT_WEBHOOK_SECRET,
      payeeBankBin: s.PAYEE_BANK_BIN,
      payeeAccount: s.PAYEE_ACCOUNT,
    },
    oidc: { issuer: s.OIDC_ISSUER, clientId: s.OIDC_CLIENT_ID, clientSecret: s.OIDC_CLIENT_SECRET },
    secondReviewAbove: s.SECOND_REVIEW_ABOVE,
    undoSeconds: s.UNDO_SECONDS,
    passageRetentionHours: s.PASSAGE_RETENTION_HOURS,
    logLevel: s.LOG_LEVEL,
  };
}

function bucket(s: z.infer<typeof settings>): Config['s3'] {
  if (s.S3_ENDPOINT === undefined) return undefined;
  if (s.S3_ACCESS_KEY === undefined || s.S3_SECRET_KEY === undefined) {
    throw new ConfigError(
      'CONFIG_INVALID',
      'bad settings: S3_ENDPOINT needs S3_ACCESS_KEY and S3_SECRET_KEY',
    );
  }
  return {
    endpoint: s.S3_ENDPOINT,
    region: s.S3_REGION,
    accessKey: s.S3_ACCESS_KEY,
    secretKey: s.S3_SECRET_KEY,
  };
}
