import type { Message } from './messages.js';

/** Why a penalty decision, or its receipt, is not recorded: by code, with the field that is wrong. The console tells the same words. */
export const penaltyRefusals = {
  CASE_NOT_NOTIFIED: {
    field: 'case',
    vi: 'Chỉ ghi quyết định cho vụ việc đã gửi thông báo, không còn ý kiến chờ trả lời và chưa hủy.',
    en: 'A decision is recorded only for a case whose notice was delivered, with no answer waiting and not void.',
  },
  ANOTHER_DECISION: {
    field: 'number',
    vi: 'Vụ việc đã có một quyết định khác. Nếu bản đã ghi bị sai, hãy sửa bản ghi đó.',
    en: 'The case has another decision already. If that one was mistyped, correct it.',
  },
  CORRECTION_AFTER_RECEIPT: {
    field: 'case',
    vi: 'Chủ xe đã nhận quyết định và hạn nộp đã tính từ ngày đó: bản ghi không sửa được nữa. Nếu chính quyết định sai, cơ quan đã ban hành phải sửa đổi hoặc hủy bỏ; nếu không được xử phạt thì hủy vụ việc.',
    en: 'The owner has received the decision and the term runs from that day: the record can no longer be corrected. If the decision itself is wrong, the agency that made it amends or revokes it; if nothing may be punished, void the case.',
  },
  CORRECTION_REASON_REQUIRED: {
    field: 'reason',
    vi: 'Cần ghi vì sao sửa bản ghi.',
    en: 'Say why the record is corrected.',
  },
  NUMBER_REQUIRED: { field: 'number', vi: 'Thiếu số quyết định.', en: 'The decision’s number is missing.' },
  NUMBER_TAKEN: {
    field: 'number',
    vi: 'Số quyết định này đã ghi cho vụ việc khác.',
    en: 'This number is recorded for another case.',
  },
  AMOUNT_NOT_WHOLE: {
    field: 'amount',
    vi: 'Mức phạt phải là số đồng nguyên, lớn hơn 0.',
    en: 'The amount is a whole number of đồng above zero.',
  },
  AMOUNT_OUT_OF_RANGE: {
    field: 'amount',
    vi: 'Mức phạt nằm ngoài khung phạt của hành vi (tổ chức: gấp đôi).',
    en: 'The amount lies outside the range of the act (twice that for an organisation).',
  },
  MITIGATION_REQUIRED: {
    field: 'mitigating',
    vi: 'Mức phạt dưới trung bình phải có tình tiết giảm nhẹ.',
    en: 'An amount below the middle of the range needs a mitigating circumstance.',
  },
  AGGRAVATION_REQUIRED: {
    field: 'aggravating',
    vi: 'Mức phạt trên trung bình phải có tình tiết tăng nặng.',
    en: 'An amount above the middle of the range needs an aggravating circumstance.',
  },
  SIGNER_NAME_REQUIRED: {
    field: 'signerName',
    vi: 'Thiếu họ tên người ký.',
    en: 'The signer’s name is missing.',
  },
  SIGNER_NOT_COMPETENT: {
    field: 'signerRank',
    vi: 'Chức danh này không có thẩm quyền với mức tối đa của khung phạt.',
    en: 'This rank is not competent for the maximum of the range.',
  },
  SIGNER_POWERS_UNKNOWN: {
    field: 'issuedOn',
    vi: 'Chưa có bảng thẩm quyền xử phạt cho ngày ký này.',
    en: 'The powers to sign are not known for this day.',
  },
  ISSUED_BEFORE_ACT: {
    field: 'issuedOn',
    vi: 'Ngày ký trước ngày vi phạm.',
    en: 'The decision is dated before the act.',
  },
  ISSUED_IN_FUTURE: {
    field: 'issuedOn',
    vi: 'Ngày ký chưa đến.',
    en: 'The decision is dated in the future.',
  },
  ISSUED_AFTER_LIMITATION: {
    field: 'issuedOn',
    vi: 'Ngày ký đã quá thời hiệu xử phạt.',
    en: 'The decision is dated after the limitation.',
  },
  RECEIVED_BEFORE_ISSUE: {
    field: 'receivedOn',
    vi: 'Ngày nhận trước ngày ký quyết định.',
    en: 'It cannot have been received before it was signed.',
  },
  RECEIVED_IN_FUTURE: {
    field: 'receivedOn',
    vi: 'Ngày nhận chưa đến.',
    en: 'The day of receipt is to come.',
  },
  NO_DECISION: {
    field: 'case',
    vi: 'Vụ việc chưa có quyết định xử phạt.',
    en: 'The case has no penalty decision.',
  },
  RECEIPT_NOT_NOW: {
    field: 'case',
    vi: 'Vụ việc đã kết thúc hoặc đã hủy: ngày nhận không còn ảnh hưởng đến tiền phạt.',
    en: 'The case has ended or is void: the day of receipt bears on nothing any more.',
  },
  ANOTHER_RECEIPT: {
    field: 'receivedOn',
    vi: 'Đã ghi một ngày nhận khác.',
    en: 'Another day of receipt is recorded.',
  },
} as const satisfies Readonly<Record<string, Message & { readonly field: string }>>;
