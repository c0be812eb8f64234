import type { Message } from '../../core/messages.js';
import { penaltyRefusals } from '../../core/messages-penalty.js';
import type { ApiError } from '../shared/api.js';

/** What the server refused, in the officer's words; the server's own text has both languages in a line, or is a room's and meant for the log. */
const refusals: Readonly<Record<string, Message>> = {
  ...penaltyRefusals,
  STALE_VERSION: {
    vi: 'Hồ sơ vừa thay đổi; đã tải lại. Hãy xem điểm mới rồi quyết định.',
    en: 'The case has just changed and was loaded again. Look at what is new, then decide.',
  },
  ILLEGAL_TRANSITION: {
    vi: 'Hồ sơ không còn ở bước này.',
    en: 'The case is no longer at this step.',
  },
  ALREADY_REVIEWED: {
    vi: 'Bạn đã xác nhận; cần một cán bộ khác xác nhận lần hai.',
    en: 'You have confirmed; the second confirmation is for another officer.',
  },
  HELD: { vi: 'Còn điểm vướng phải xử lý trước.', en: 'A hold is still open.' },
  UNDO_TOO_LATE: { vi: 'Đã hết thời gian rút lại.', en: 'The time to take it back is over.' },
  NOT_ALLOWED: { vi: 'Vai trò của bạn không được làm việc này.', en: 'Your role does not allow this.' },
  REASON_REQUIRED: { vi: 'Cần ghi lý do.', en: 'A reason is needed.' },
  HOLD_NOT_CLEARABLE: { vi: 'Điểm vướng này không gỡ được.', en: 'This hold cannot be cleared.' },
  NO_OPEN_RESPONSE: { vi: 'Không còn ý kiến nào chờ trả lời.', en: 'There is no response to answer.' },
  OWNER_UNKNOWN: { vi: 'Hồ sơ không lưu chủ xe.', en: 'No owner is kept for this case.' },
  CASE_NOT_FOUND: { vi: 'Không có hồ sơ này.', en: 'There is no such case.' },
  NOTICE_NOT_FOUND: { vi: 'Không có thông báo số này.', en: 'There is no notice of this number.' },
  SECOND_FACTOR: {
    vi: 'Cần đăng nhập lại bằng mã dùng một lần để quyết định.',
    en: 'Sign in with a one-time code to decide.',
  },
  WRONG_CREDENTIALS: {
    vi: 'Sai tên đăng nhập, mật khẩu hoặc mã dùng một lần.',
    en: 'Wrong user name, password or code.',
  },
  WRONG_PASSWORD: { vi: 'Sai mật khẩu.', en: 'Wrong password.' },
  CODE_NEEDED: {
    vi: 'Nhập mã dùng một lần trong ứng dụng xác thực của bạn.',
    en: 'Enter the one-time code of your authenticator app.',
  },
  TOO_MANY_TRIES: {
    vi: 'Thử sai quá nhiều lần; hãy đợi 15 phút.',
    en: 'Too many wrong tries; wait 15 minutes.',
  },
  INVALID_REQUEST: { vi: 'Nội dung nhập chưa đúng.', en: 'What was entered is not valid.' },
  OFFLINE: { vi: 'Không kết nối được máy chủ.', en: 'The server cannot be reached.' },
};

export const refusalOf = (error: ApiError): Message =>
  refusals[error.code] ?? { vi: 'Không thực hiện được. Hãy thử lại.', en: error.message };
