import { dong } from '../notices/vietnamese.js';
import type { GatewayOrder } from './gateway-order.js';
import { escapeHtml, simulatorPage } from './server.js';

/** The orders, newest first, each with a button that stands for the payer's bank app. */
export function paymentPage(orders: readonly GatewayOrder[]): string {
  const cards = orders.map((order) => {
    const paid = order.events.reduce((sum, e) => sum + e.amount, 0);
    const state = paid === 0 ? 'Chờ thanh toán' : `Đã nhận ${dong(paid)}`;
    return `<form method="post" action="/_pay/${encodeURIComponent(order.reference)}">
<strong>${dong(order.amount)}</strong> · ${escapeHtml(state)}
<p>Nội dung: <code>${escapeHtml(order.content)}</code><br>${escapeHtml(order.payee.bin)} / ${escapeHtml(order.payee.account)}</p>
<label>Số tiền chuyển <input name="amount" inputmode="numeric" value="${order.amount}"></label>
<button>Chuyển tiền</button></form>`;
  });
  return simulatorPage(
    'Cổng thanh toán mô phỏng',
    cards.join('') || '<p>Chưa có lệnh thu nào. · No order yet.</p>',
  );
}
