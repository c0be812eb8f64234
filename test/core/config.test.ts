import t from 'tap';
import { loadConfig } from '../../src/core/config.js';

const refusal = (env: Record<string, string>): string => {
  try {
    loadConfig(env);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

t.test('a trial on one machine needs no setting at all', async (t) => {
  const config = loadConfig({});
  t.equal(config.paymentGateway.url, undefined);
  t.equal(config.trustProxy, undefined, 'nobody’s word on a caller’s address is taken');
  t.equal(
    refusal({ PAYMENT_GATEWAY_URL: 'http://127.0.0.1:4000', DIGITAL_ACCOUNT_URL: 'http://localhost:4001' }),
    '',
  );
});

t.test('a published trial key never meets a system outside', async (t) => {
  t.match(refusal({ PAYMENT_GATEWAY_URL: 'https://gateway.example' }), /PAYMENT_GATEWAY_KEY.*published/);
  t.match(
    refusal({ PAYMENT_GATEWAY_URL: 'https://gateway.example', PAYMENT_GATEWAY_KEY: 'own' }),
    /PAYMENT_WEBHOOK_SECRET/,
    'or anyone could tell us that a fine is paid',
  );
  t.match(refusal({ OIDC_ISSUER: 'https://id.example' }), /OIDC_CLIENT_SECRET/);
  t.match(refusal({ VEHICLE_REGISTER_URL: 'https://register.example' }), /VEHICLE_REGISTER_KEY/);
  t.equal(
    refusal({
      PAYMENT_GATEWAY_URL: 'https://gateway.example',
      PAYMENT_GATEWAY_KEY: 'own',
      PAYMENT_WEBHOOK_SECRET: 'own-secret',
    }),
    '',
  );
});

t.test('a gateway outside is believed by its key only', async (t) => {
  const gateway = { DIGITAL_ACCOUNT_URL: 'https://account.example', DIGITAL_ACCOUNT_KEY: 'own' };
  t.match(refusal(gateway), /DIGITAL_ACCOUNT_KEY_IDS/);
  const ids = ['a'.repeat(64), 'b'.repeat(64)];
  t.same(
    loadConfig({ ...gateway, DIGITAL_ACCOUNT_KEY_IDS: ids.join(', ') }).digitalAccount.keyIds,
    ids,
    'two while a key is being changed',
  );
  t.match(refusal({ ...gateway, DIGITAL_ACCOUNT_KEY_IDS: 'abc' }), /DIGITAL_ACCOUNT_KEY_IDS/);
});

t.test('a bad value names itself', async (t) => {
  t.match(refusal({ OFFICER_PORT: 'eighty' }), /OFFICER_PORT/);
  t.match(refusal({ S3_ENDPOINT: 'https://s3.example/bucket' }), /S3_ENDPOINT: needs/);
  t.same(loadConfig({ TRUST_PROXY: '10.0.0.1, 10.1.0.0/16' }).trustProxy, ['10.0.0.1', '10.1.0.0/16']);
});
