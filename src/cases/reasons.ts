import type { Message } from '../core/messages.js';

/** The closed list of reasons to reject. */
export const rejectReasons = {
  'plate-unreadable': { vi: 'Biển số không đọc được', en: 'Plate unreadable' },
  'plate-misread': { vi: 'Máy đọc sai biển số', en: 'Plate misread' },
  'wrong-vehicle': { vi: 'Nhầm phương tiện vi phạm', en: 'Wrong vehicle' },
  'vehicle-mismatch': {
    vi: 'Xe không khớp đăng ký, nghi biển giả',
    en: 'Vehicle does not match, possibly a cloned plate',
  },
  'element-not-proven': { vi: 'Chưa đủ chứng cứ về hành vi', en: 'An element of the act is not proven' },
  'emergency-vehicle': { vi: 'Xe ưu tiên đang làm nhiệm vụ', en: 'Emergency vehicle on duty' },
  'forced-by-circumstances': { vi: 'Tình thế cấp thiết, bất khả kháng', en: 'Forced by circumstances' },
  'site-or-device-error': { vi: 'Lỗi cấu hình điểm hoặc thiết bị', en: 'Site or device error' },
  duplicate: { vi: 'Trùng với vụ việc khác', en: 'Duplicate of another case' },
  'other-act': { vi: 'Hành vi khác với hành vi đã xác định', en: 'Another act than the one found' },
} as const satisfies Record<string, Message>;

export type RejectReason = keyof typeof rejectReasons;
export const REJECT_REASONS = Object.keys(rejectReasons) as [RejectReason, ...RejectReason[]];

/** What an owner may answer to a notice. */
export const responseKinds = {
  accept: { vi: 'Đồng ý, sẽ nộp phạt', en: 'I accept' },
  'nominate-driver': { vi: 'Người khác điều khiển', en: 'Somebody else was driving' },
  sold: { vi: 'Đã bán xe', en: 'I had sold the vehicle' },
  stolen: { vi: 'Xe bị mất trộm', en: 'The vehicle was stolen' },
  cloned: { vi: 'Biển số bị làm giả', en: 'The plate was cloned' },
  'not-me': { vi: 'Không phải xe của tôi', en: 'It is not my vehicle' },
  dispute: { vi: 'Không đồng ý với vi phạm', en: 'I dispute the violation' },
} as const satisfies Record<string, Message>;

export type ResponseKind = keyof typeof responseKinds;
export const RESPONSE_KINDS = Object.keys(responseKinds) as [ResponseKind, ...ResponseKind[]];

export const eventMessages = {
  open: { vi: 'Lập hồ sơ', en: 'Opened' },
  rematch: { vi: 'Đối chiếu lại đăng ký xe', en: 'Matched again' },
  review: {
    vi: 'Cán bộ thứ nhất xác nhận, chờ người thứ hai',
    en: 'First officer confirmed, waits for the second',
  },
  confirm: { vi: 'Cán bộ xác nhận vi phạm', en: 'Confirmed by an officer' },
  reject: { vi: 'Cán bộ bác bỏ', en: 'Rejected by an officer' },
  undo: { vi: 'Cán bộ rút lại quyết định', en: 'Decision taken back' },
  notify: { vi: 'Đã gửi thông báo vi phạm', en: 'Notice sent' },
  respond: { vi: 'Chủ xe phản hồi', en: 'The owner answered' },
  dispute: { vi: 'Chủ xe khiếu nại', en: 'Disputed by the owner' },
  uphold: { vi: 'Giữ nguyên vi phạm', en: 'Upheld' },
  void: { vi: 'Hủy vụ việc', en: 'Voided' },
  penalty: { vi: 'Đã ghi nhận quyết định xử phạt', en: 'Penalty decision recorded' },
  'penalty-received': {
    vi: 'Chủ xe đã nhận quyết định xử phạt',
    en: 'Penalty decision received by the owner',
  },
  'penalty-corrected': {
    vi: 'Đã sửa bản ghi quyết định xử phạt',
    en: 'Record of the penalty decision corrected',
  },
  reopen: {
    vi: 'Quyết định cao hơn số đã nộp: còn phải nộp phần thiếu',
    en: 'The decision is above what was paid: the rest is owed',
  },
  pay: { vi: 'Đã nhận tiền nộp phạt', en: 'Paid' },
  refund: { vi: 'Đã hoàn tiền', en: 'Refunded' },
  close: { vi: 'Kết thúc vụ việc', en: 'Closed' },
  alarm: { vi: 'Cảnh báo thời hạn', en: 'Deadline alarm' },
  'hold-cleared': { vi: 'Cán bộ gỡ điểm vướng', en: 'Hold cleared by an officer' },
  'colour-stated': { vi: 'Cán bộ xác định màu nền biển', en: 'Plate colour stated by an officer' },
  'owner-purged': { vi: 'Xóa dữ liệu chủ xe', en: 'Owner data removed' },
} as const satisfies Record<string, Message>;
