import { resolve } from 'node:path';
import type { z } from 'zod';
import { CodedError } from './errors.js';
import { settings } from './settings.js';

export class ConfigError extends CodedError<'CONFIG_INVALID'> {}

export interface Config {
  readonly dataDir: string;
  readonly keysDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly s3: { endpoint: string; region: string; accessKey: string; secretKey: string } | undefined;
  readonly host: string;
  readonly ports: { readonly camera: number; readonly officer: number; readonly citizen: number };
  readonly publicUrls: { readonly camera: string; readonly officer: string; readonly citizen: string };
  /** Reverse proxies whose word on a caller's address is taken; undefined: nobody's. */
  readonly trustProxy: readonly string[] | undefined;
  /** Frames accepted and not yet read, above which a camera is told to wait. */
  readonly backlogLimit: number;
  /** Hours for which a picture that no case needs is kept; 0: for ever. */
  readonly retentionHours: number;
  /** Largest difference between a request's timestamp and ours. */
  readonly clockSkewMs: number;
  readonly visionProcesses: number | undefined;
  readonly visionTimeoutMs: number;
  readonly modelsManifest: string | undefined;
  readonly vehicleRegister: { readonly url: string | undefined; readonly key: string };
  readonly digitalAccount: {
    readonly url: string | undefined;
    readonly key: string;
    /** Keys that may sign a proof of delivery; undefined: whichever the proof brings. */
    readonly keyIds: readonly string[] | undefined;
  };
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
  readonly officerSecondFactor: 'optional' | 'required';
  /** How long an officer may take a decision back before the notice is made. */
  readonly undoSeconds: number;
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
    trustProxy: s.TRUST_PROXY,
    backlogLimit: s.BACKLOG_LIMIT,
    retentionHours: s.RETENTION_HOURS,
    clockSkewMs: s.CLOCK_SKEW_MS,
    visionProcesses: s.VISION_PROCESSES,
    visionTimeoutMs: s.VISION_TIMEOUT_MS,
    modelsManifest: s.MODELS_MANIFEST,
    vehicleRegister: { url: s.VEHICLE_REGISTER_URL, key: s.VEHICLE_REGISTER_KEY },
    digitalAccount: {
      url: s.DIGITAL_ACCOUNT_URL,
      key: s.DIGITAL_ACCOUNT_KEY,
      keyIds: s.DIGITAL_ACCOUNT_KEY_IDS,
    },
    paymentGateway: {
      url: s.PAYMENT_GATEWAY_URL,
      key: s.PAYMENT_GATEWAY_KEY,
      webhookSecret: s.PAYMENT_WEBHOOK_SECRET,
      payeeBankBin: s.PAYEE_BANK_BIN,
      payeeAccount: s.PAYEE_ACCOUNT,
    },
    oidc: { issuer: s.OIDC_ISSUER, clientId: s.OIDC_CLIENT_ID, clientSecret: s.OIDC_CLIENT_SECRET },
    secondReviewAbove: s.SECOND_REVIEW_ABOVE,
    officerSecondFactor: s.OFFICER_SECOND_FACTOR,
    undoSeconds: s.UNDO_SECONDS,
    logLevel: s.LOG_LEVEL,
  };
}

function bucket(s: z.infer<typeof settings>): Config['s3'] {
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = s;
  if (endpoint === undefined || accessKey === undefined || secretKey === undefined) return undefined;
  return { endpoint, region: s.S3_REGION, accessKey, secretKey };
}
