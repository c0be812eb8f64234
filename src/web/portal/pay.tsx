import { useEffect, useState } from 'preact/hooks';
import type { NoticeDetail, OpenPaymentAnswer, PaymentState } from '../../http/citizen/shapes.js';
import { ApiError, call } from '../shared/api.js';
import { instant, money } from '../shared/format.js';
import { useLanguage } from '../shared/language.js';
import { CheckCode } from './check-code.js';
import { Refusal, useLoad } from './load.js';
import { words } from './messages.js';
import { link } from './route.js';
import { openSession } from './session.js';

const ASK_EVERY_MS = 2_000;

/** The VietQR of what is owed today, and whether the money has come. */
export function PayPage({ id }: { id: string }) {
  const { say } = useLanguage();
  const [payment, setPayment] = useState<OpenPaymentAnswer | null>(null);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    setPayment(null);
    setRefusal(null);
    void openSession()
      .then(() => call<OpenPaymentAnswer>('POST', `/v1/notices/${id}/payments`))
      .then(setPayment, (error: unknown) => error instanceof ApiError && setRefusal(error));
  }, [id, turn]);
  if (payment) return <Paying key={payment.id} id={id} payment={payment} again={() => setTurn(turn + 1)} />;
  return (
    <section class="card">
      <h1>{say(words.payTitle)}</h1>
      {refusal ? <Refusal of={refusal} /> : <p role="status">{say(words.loading)}</p>}
      <p class="actions">
        <a class="button" href={link('notice', id)}>
          {say(words.backToNotice)}
        </a>
      </p>
    </section>
  );
}

function Paying({ id, payment, again }: { id: string; payment: OpenPaymentAnswer; again: () => void }) {
  const { say } = useLanguage();
  const state = usePaymentState(`/v1/notices/${id}/payments/${payment.id}`);
  if (state?.state === 'paid') return <Paid id={id} state={state} />;
  const short = state !== null && state.received > 0;
  const over = state?.state === 'expired';
  return (
    <section class="card pay">
      <h1>{say(words.payTitle)}</h1>
      {short || over ? (
        <p class="refusal" role="alert">
          {short ? say(words.partial, { received: money(state.received) }) : say(words.expired)}{' '}
          <button type="button" class="primary" onClick={again}>
            {say(short ? words.payRest : words.newQr)}
          </button>
        </p>
      ) : (
        <Qr id={id} payment={payment} />
      )}
      <p class="actions">
        <a class="button" href={link('notice', id)}>
          {say(words.backToNotice)}
        </a>
      </p>
    </section>
  );
}

function Qr({ id, payment }: { id: string; payment: OpenPaymentAnswer }) {
  const { say, language } = useLanguage();
  const picture = `/v1/notices/${id}/payments/${payment.id}/qr`;
  return (
    <div class="qr-and-facts">
      <figure>
        <img
          class="qr"
          src={`${picture}.svg`}
          width="264"
          height="264"
          alt={`VietQR ${money(payment.amount)}`}
        />
        <figcaption>
          <a href={`${picture}.png`} download="vietqr.png">
            {say(words.saveQr)}
          </a>
        </figcaption>
      </figure>
      <div>
        <p>{say(words.payHow)}</p>
        <dl class="copyable">
          <Fact
            label={say(words.amount)}
            shown={money(payment.amount)}
            copied={String(payment.amount)}
            strong
          />
          <Fact label={say(words.content)} shown={payment.content} copied={payment.content} />
          <Fact label={say(words.account)} shown={payment.payee.account} copied={payment.payee.account} />
          <Fact label={say(words.bank)} shown={payment.payee.bin} copied={payment.payee.bin} />
        </dl>
        <p class="soft">{say(words.validUntil, { time: instant(payment.expiresAt, language) })}</p>
        <p class="soft phone-only">{say(words.payOnPhone)}</p>
        <p class="pulse" role="status">
          {say(words.waitingMoney)}
        </p>
      </div>
    </div>
  );
}

function Fact({
  label,
  shown,
  copied,
  strong = false,
}: {
  label: string;
  shown: string;
  copied: string;
  strong?: boolean;
}) {
  const { say } = useLanguage();
  const [done, setDone] = useState(false);
  const copy = (): void =>
    void navigator.clipboard?.writeText(copied).then(
      () => setDone(true),
      () => setDone(false),
    );
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <span class={strong ? 'amount' : ''}>{shown}</span>
        <button type="button" aria-label={`${say(words.copy)} ${label}`} onClick={copy}>
          {say(done ? words.copied : words.copy)}
        </button>
      </dd>
    </>
  );
}

function Paid({ id, state }: { id: string; state: PaymentState }) {
  const { say } = useLanguage();
  const notice = useLoad<NoticeDetail>(`/v1/notices/${id}`);
  const papers = notice.answer?.may.papers;
  const provisional = notice.answer?.decision === null;
  return (
    <section class="card paid">
      <p class="tick" aria-hidden="true">
        ✓
      </p>
      <div role="status">
        <h1>{say(provisional ? words.paidProvisionalTitle : words.paidTitle)}</h1>
        <p class="amount">{money(state.received)}</p>
        <p>{say(words.paidLead)}</p>
        {provisional && <p>{say(words.paidProvisional)}</p>}
      </div>
      {papers === false && <CheckCode id={id} opened={notice.again} />}
      <p class="actions">
        {papers === true && (
          <a class="button primary" href={`/v1/notices/${id}/receipt.pdf`} target="_blank" rel="noopener">
            {say(words.receiptPdf, { number: state.receipt ?? '' })}
          </a>
        )}
        <a class="button" href={link('notice', id)}>
          {say(words.backToNotice)}
        </a>
      </p>
    </section>
  );
}

/** Asks every two seconds while the page is in view, until the money is there. */
function usePaymentState(path: string): PaymentState | null {
  const [state, setState] = useState<PaymentState | null>(null);
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        const now = await call<PaymentState>('GET', path).catch(() => null);
        if (over) return;
        if (now) setState(now);
        if (now?.state === 'paid') return;
      }
      timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [path]);
  return state;
}
