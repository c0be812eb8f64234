import type { Message, Messages } from '../../core/messages.js';

/** Why a case cannot be confirmed now, by the code of the obstacle. */
export const obstacleMessages: Readonly<Record<string, Message>> = {
  SITE_VERSION_WITHDRAWN: {
    vi: 'phiên bản điểm giám sát đã bị rút vì sai',
    en: 'the version of the site was withdrawn as wrong',
  },
  PLATE_UNREADABLE: { vi: 'biển số không đọc được đầy đủ', en: 'the plate cannot be read in full' },
  LIMITATION_EXPIRED: { vi: 'đã hết thời hiệu xử phạt', en: 'the limitation has run out' },
  HELD: { vi: 'còn điểm vướng phải xử lý', en: 'a hold is open' },
  CERTIFICATE_MISSING: {
    vi: 'thiết bị đo không có chứng nhận còn hiệu lực',
    en: 'the meter was not certified',
  },
  PLATE_COLOUR_DIFFERS: {
    vi: 'xe đã đối chiếu có nền biển khác màu cán bộ xác định; đang đối chiếu lại',
    en: 'the vehicle matched has another plate colour than was stated; it is being matched again',
  },
  OWNER_UNKNOWN: { vi: 'không xác định được chủ xe', en: 'the owner is not known' },
  ALREADY_REVIEWED: {
    vi: 'cần một cán bộ khác xác nhận lần hai',
    en: 'the second confirmation is for another officer',
  },
};

/** What the API refuses, by its code. */
export const refusalMessages = {
  SIGN_IN: { vi: 'Hãy đăng nhập trước.', en: 'Sign in first.' },
  WRONG_CREDENTIALS: {
    vi: 'Sai tên đăng nhập, mật khẩu hoặc mã dùng một lần.',
    en: 'Wrong user name, password or code.',
  },
  WRONG_PASSWORD: { vi: 'Sai mật khẩu.', en: 'Wrong password.' },
  CODE_NEEDED: {
    vi: 'Nhập mã dùng một lần từ ứng dụng xác thực.',
    en: 'Enter the one-time code of your app.',
  },
  TOO_MANY_TRIES: {
    vi: 'Thử sai quá nhiều lần; hãy đợi 15 phút.',
    en: 'Too many wrong tries; wait 15 minutes.',
  },
  SECOND_FACTOR: {
    vi: 'Cần đăng nhập bằng mã dùng một lần.',
    en: 'Sign in with a one-time code first.',
  },
  NOT_ALLOWED: { vi: 'Vai trò của bạn không được làm việc này.', en: 'Your role does not allow this.' },
  NOTICE_NOT_FOUND: { vi: 'Không có thông báo số này.', en: 'There is no notice of this number.' },
  NO_SUCH_FRAME: { vi: 'Hồ sơ không có khung hình này.', en: 'The case has no such frame.' },
  INVALID_REQUEST: { vi: 'Khung chọn nằm ngoài ảnh.', en: 'The box lies outside the picture.' },
} as const satisfies Messages;
