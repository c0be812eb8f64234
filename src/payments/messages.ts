import type { Message, Messages } from '../core/messages.js';

/** Words of the receipt. */
export const receiptMessages = {
  title: { vi: 'Biên lai điện tử', en: 'Electronic receipt' },
  about: { vi: 'Thu tiền phạt vi phạm hành chính', en: 'Fine for an administrative violation' },
  payer: { vi: 'Người nộp tiền', en: 'Paid by' },
  notice: { vi: 'Theo thông báo số', en: 'Notice' },
  decision: { vi: 'Theo quyết định xử phạt số', en: 'Penalty decision' },
  plate: { vi: 'Biển số', en: 'Number plate' },
  behaviour: { vi: 'Hành vi vi phạm', en: 'Behaviour' },
  law: { vi: 'Căn cứ', en: 'Legal basis' },
  fine: { vi: 'Tiền phạt', en: 'Fine' },
  interest: { vi: 'Tiền chậm nộp (0,05%/ngày)', en: 'Late payment (0.05% a day)' },
  total: { vi: 'Tổng số tiền đã nộp', en: 'Total paid' },
  words: { vi: 'Bằng chữ', en: 'In words' },
  method: { vi: 'Hình thức nộp', en: 'Method' },
  vietqr: { vi: 'Chuyển khoản VietQR', en: 'VietQR transfer' },
  sums: { vi: 'Các lần nộp', en: 'Sums' },
  check: { vi: 'Quét mã để kiểm tra biên lai này là thật', en: 'Scan to check that this receipt is genuine' },
  code: { vi: 'Mã kiểm tra', en: 'Code' },
  paid: { vi: 'ĐÃ NỘP', en: 'PAID' },
  closedByDecision: {
    vi: 'Tiền phạt theo quyết định trên đã nộp đủ. Biên lai này có giá trị như biên lai giấy.',
    en: 'The fine of the decision above is paid in full. This receipt is as good as one on paper.',
  },
  provisional: { vi: 'Số tiền tạm tính', en: 'Provisional amount' },
  closed: {
    vi: 'Số tiền tạm tính theo thông báo trên đã nộp đủ. Nếu quyết định xử phạt ấn định mức khác, phần thiếu nộp thêm, phần thừa được hoàn. Biên lai này có giá trị như biên lai giấy.',
    en: 'The provisional amount of the notice above is paid in full. Where the penalty decision fixes another amount, what is missing is paid and what is too much is given back.',
  },
} as const satisfies Messages;

/** To whoever marks as sent what was not to be sent. */
export const refundCounted: Message = {
  vi: 'Khoản này không còn phải hoàn: quyết định đã được sửa và số tiền được tính lại vào tiền phạt.',
  en: 'This is no longer to be given back: the decision was corrected, and the money counts towards the fine.',
};
