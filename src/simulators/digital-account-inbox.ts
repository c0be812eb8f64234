import { escapeHtml, simulatorPage } from './server.js';
import type { InboxMessage } from './inbox-message.js';

/** Every account's messages, newest first, or one account's. */
export function inboxPage(messages: readonly InboxMessage[], account: string | undefined): string {
  const shown = messages.filter((m) => account === undefined || m.account === account).reverse();
  const cards = shown.map(
    ({ account: to, content, proof }) => `<article>
<strong>${escapeHtml(content.title.vi)}</strong> · <span>${escapeHtml(content.number)}</span>
<p>${escapeHtml(content.summary.vi)}</p>
<p><a href="/?account=${encodeURIComponent(to)}">${escapeHtml(to)}</a> · ${escapeHtml(proof.deliveredAt)}
 · <a href="/messages/${content.noticeId}.pdf">PDF</a></p></article>`,
  );
  return simulatorPage(
    account === undefined ? 'Hộp thư tài khoản định danh' : `Hộp thư ${account}`,
    cards.join('') || '<p>Chưa có thông báo nào. · No message yet.</p>',
  );
}
