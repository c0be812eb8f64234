import type { Message, Messages } from '../../core/messages.js';

/** The first line of a notice's history, before there was a case. */
export const recordedMessage: Message = { vi: 'Thiết bị ghi nhận vi phạm', en: 'Recorded by the camera' };

/** What the API refuses, by its code. The portal has longer words of its own. */
export const refusalMessages = {
  NOTICE_NOT_FOUND: { vi: 'Không có thông báo nào khớp.', en: 'No notice matches.' },
  CHECK_CODE_NEEDED: {
    vi: 'Giấy tờ này có tên chủ xe: hãy đăng nhập, hoặc đưa mã kiểm tra in trên thông báo.',
    en: 'This paper names the owner: sign in, or give the check code printed on the notice.',
  },
  CHECK_CODE_WRONG: { vi: 'Thông báo này có mã kiểm tra khác.', en: 'This notice has another check code.' },
  TOO_MANY_TRIES: {
    vi: 'Thử sai quá nhiều lần; hãy đợi mười lăm phút, hoặc đăng nhập.',
    en: 'Too many tries; wait fifteen minutes, or sign in.',
  },
  TOO_MANY_REQUESTS: { vi: 'Quá nhiều yêu cầu; hãy đợi một phút.', en: 'Too many requests; wait a minute.' },
  SIGN_IN: { vi: 'Hãy đăng nhập trước.', en: 'Sign in first.' },
  NO_SIGN_IN: { vi: 'Nơi này chưa có đăng nhập.', en: 'Signing in is not set up here.' },
  SIGN_IN_UNAVAILABLE: {
    vi: 'Hệ thống định danh không trả lời; vẫn tra cứu được bằng số thông báo và biển số.',
    en: 'The identity provider does not answer; looking up by number and plate works.',
  },
  PAYMENT_NOT_FOUND: { vi: 'Không có lần nộp tiền này.', en: 'No such payment.' },
  NO_RECEIPT: { vi: 'Chưa nộp tiền nên chưa có biên lai.', en: 'Nothing has been paid yet.' },
  NO_SUCH_PICTURE: { vi: 'Thông báo không có ảnh này.', en: 'The notice has no such picture.' },
  CODE_UNKNOWN: {
    vi: 'Không có thông báo hay biên lai nào mang mã này.',
    en: 'No notice or receipt has this code.',
  },
  INVALID_REQUEST: {
    vi: 'Hãy cho biết đây là loại ý kiến gì, và vì sao.',
    en: 'Say what kind of answer this is, and why.',
  },
  NOT_MULTIPART: { vi: 'Hãy gửi dạng multipart/form-data.', en: 'Send multipart/form-data.' },
  NOT_A_PICTURE: { vi: 'Chỉ đính kèm ảnh JPEG, PNG hoặc WebP.', en: 'Attach JPEG, PNG or WebP pictures.' },
} as const satisfies Messages;
