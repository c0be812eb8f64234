import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const count = z.coerce.number().int().min(0);
const url = z.url();
const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)));

/** Keys that stand in this public file. They protect nothing but a trial on one machine; see `withoutPublishedKeys`. */
const PUBLISHED = {
  VEHICLE_REGISTER_KEY: 'register-dev-key',
  DIGITAL_ACCOUNT_KEY: 'account-dev-key',
  PAYMENT_GATEWAY_KEY: 'gateway-dev-key',
  PAYMENT_WEBHOOK_SECRET: 'gateway-webhook-dev-secret',
  OIDC_CLIENT_SECRET: 'portal-dev-secret',
} as const;

const raw = z.object({
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
  /** Addresses of the reverse proxies, `10.0.0.1,10.1.0.0/16` or `loopback`: only their X-Forwarded-For is believed. */
  TRUST_PROXY: list.optional(),
  BACKLOG_LIMIT: count.default(20_000),
  /**
   * How long the picture of a frame that no case needs is kept; 0: for ever. Under a day nobody could look at what a camera
   * sent yesterday. What is not judged yet, or still on the road, stays however short it is.
   */
  RETENTION_HOURS: count
    .refine((hours) => hours === 0 || (hours >= 24 && hours <= 87_600), '0, or 24 to 87600')
    .default(72),
  CLOCK_SKEW_MS: count.default(300_000),
  VISION_PROCESSES: count.optional(),
  VISION_TIMEOUT_MS: count.default(15_000),
  MODELS_MANIFEST: z.string().optional(),
  VEHICLE_REGISTER_URL: url.optional(),
  VEHICLE_REGISTER_KEY: z.string().default(PUBLISHED.VEHICLE_REGISTER_KEY),
  DIGITAL_ACCOUNT_URL: url.optional(),
  DIGITAL_ACCOUNT_KEY: z.string().default(PUBLISHED.DIGITAL_ACCOUNT_KEY),
  /** SHA-256 of the gateway's public keys (SPKI DER), with commas between: a proof of delivery by any other is refused. */
  DIGITAL_ACCOUNT_KEY_IDS: list.pipe(z.array(z.string().regex(/^[0-9a-f]{64}$/))).optional(),
  PAYMENT_GATEWAY_URL: url.optional(),
  PAYMENT_GATEWAY_KEY: z.string().default(PUBLISHED.PAYMENT_GATEWAY_KEY),
  PAYMENT_WEBHOOK_SECRET: z.string().min(8).default(PUBLISHED.PAYMENT_WEBHOOK_SECRET),
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
  OIDC_CLIENT_SECRET: z.string().default(PUBLISHED.OIDC_CLIENT_SECRET),
  SECOND_REVIEW_ABOVE: count.default(30_000_000),
  /** `required`: an officer who signed in without a one-time code may look, and change nothing. */
  OFFICER_SECOND_FACTOR: z.enum(['optional', 'required']).default('optional'),
  UNDO_SECONDS: count.default(5),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
type Raw = z.infer<typeof raw>;

/**
 * Every setting, by its name in the environment. A bad value stops the boot and names itself.
 * Durations are milliseconds unless the name says otherwise; money is đồng.
 */
export const settings = raw.superRefine((given, context) => {
  const wrong = (name: keyof Raw, message: string): void =>
    context.addIssue({ code: 'custom', path: [name], message });
  if (
    given.S3_ENDPOINT !== undefined &&
    (given.S3_ACCESS_KEY === undefined || given.S3_SECRET_KEY === undefined)
  )
    wrong('S3_ENDPOINT', 'needs S3_ACCESS_KEY and S3_SECRET_KEY');
  for (const name of withPublishedKeys(given))
    wrong(name, 'is the published trial key, and its system is not on this machine');
  if (isOutside(given.DIGITAL_ACCOUNT_URL) && given.DIGITAL_ACCOUNT_KEY_IDS === undefined)
    wrong('DIGITAL_ACCOUNT_KEY_IDS', 'is needed: a proof that brings its own key proves nothing');
});

const KEY_OF = [
  ['VEHICLE_REGISTER_URL', 'VEHICLE_REGISTER_KEY'],
  ['DIGITAL_ACCOUNT_URL', 'DIGITAL_ACCOUNT_KEY'],
  ['PAYMENT_GATEWAY_URL', 'PAYMENT_GATEWAY_KEY'],
  ['PAYMENT_GATEWAY_URL', 'PAYMENT_WEBHOOK_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_SECRET'],
] as const;

/** With a published webhook secret anyone could tell us that a fine is paid; so it is for simulators alone. */
function withPublishedKeys(given: Raw): (keyof typeof PUBLISHED)[] {
  return KEY_OF.flatMap(([address, key]) =>
    isOutside(given[address]) && given[key] === PUBLISHED[key] ? [key] : [],
  );
}

/** An address that is set and is not this machine's own. */
function isOutside(address: string | undefined): boolean {
  if (address === undefined) return false;
  return !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname);
}
