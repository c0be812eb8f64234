import type { Message } from '../core/messages.js';
import { colourWords, vehicleWords } from '../core/messages-vehicles.js';
import type { HoldCode } from './holds.js';

export const holdMessages: Readonly<Record<HoldCode, Message>> = {
  PLATE_UNREADABLE: {
    vi: 'Biển số không đọc được đầy đủ ({plate}); không được đoán',
    en: 'The plate cannot be read in full ({plate}); it may not be guessed',
  },
  PLATE_NOT_ACCEPTED: {
    vi: 'Máy đọc không nhận kết quả {plate}; cán bộ phải tự nhìn từng ký tự',
    en: 'The reader does not stand by {plate}; an officer must look at each character',
  },
  PLATE_FORMAT: { vi: '{plate} không theo mẫu biển số nào đã biết', en: '{plate} has no known plate format' },
  PLATE_ROUTED: {
    vi: 'Biển {route}: không xử lý tự động, chuyển cơ quan có thẩm quyền',
    en: 'A {route} plate: not processed here, goes to its own authority',
  },
  PLATE_DISPUTED: {
    vi: 'Các khung hình đọc khác nhau: {plate} và {other}',
    en: 'Frames disagree on the plate: {plate} and {other}',
  },
  PLATE_CLAIM_DIFFERS: {
    vi: 'Máy đọc {plate}, camera tự đọc {other}: cán bộ nhìn kỹ ký tự khác nhau',
    en: 'We read {plate}, the camera itself {other}: look closely at the characters that differ',
  },
  PLATE_LOW_CONFIDENCE: {
    vi: 'Ký tự {position} ({c}) chỉ chắc {percent} %',
    en: 'Character {position} ({c}) is only {percent} % sure',
  },
  REGISTER_NO_MATCH: {
    vi: 'Không có xe đăng ký {plate}, nền {colour}, tại thời điểm vi phạm',
    en: 'No vehicle was registered as {plate}, {colour}, at the instant of the violation',
  },
  REGISTER_AMBIGUOUS: {
    vi: '{plate} có cả trên nền {colours}: cán bộ xác định màu nền',
    en: '{plate} exists in {colours}: an officer must tell the colour',
  },
  OWNER_UNKNOWN: {
    vi: 'Cơ sở dữ liệu không có chủ xe tại thời điểm vi phạm',
    en: 'The register has no owner at the instant of the violation',
  },
  NO_DIGITAL_ACCOUNT: {
    vi: 'Chủ xe chưa có tài khoản định danh điện tử: cần gửi bản giấy',
    en: 'The owner has no digital account: a paper notice is needed',
  },
  CLASS_IMPOSSIBLE: {
    vi: 'Trong ảnh là {seen}, đăng ký là {registered}: không thể là một xe',
    en: 'Seen {seen}, registered {registered}: it cannot be the same vehicle',
  },
  CLASS_MISMATCH: {
    vi: 'Trong ảnh là {seen}, đăng ký là {registered}',
    en: 'Seen {seen}, registered {registered}',
  },
  BODY_COLOUR_MISMATCH: {
    vi: 'Màu xe trong ảnh {seen}, đăng ký {registered}',
    en: 'Body colour seen {seen}, registered {registered}',
  },
  VEHICLE_STOLEN: { vi: 'Xe đã báo mất trộm', en: 'The vehicle is reported stolen' },
  VEHICLE_SCRAPPED: { vi: 'Xe đã thải bỏ', en: 'The vehicle is scrapped' },
  PLATE_RETURNED: {
    vi: 'Biển số đã thu hồi trước thời điểm vi phạm',
    en: 'The plate was returned before the violation',
  },
  CLONE_SUSPECTED: {
    vi: 'Cùng biển số tại {site} lúc {at}: cách {km} km, cần {kmh} km/h. Nghi biển giả',
    en: 'Same plate at {site} at {at}: {km} km away, would need {kmh} km/h. Possibly a cloned plate',
  },
  PLATE_CLONED_BEFORE: {
    vi: 'Biển số này từng bị làm giả ({count} vụ): so kỹ hãng, màu, dấu hiệu riêng của xe',
    en: 'This plate was cloned before ({count} cases): compare make, colour and marks with care',
  },
  ACT_TOLD_BEFORE: {
    vi: 'Có thể đã lập vụ việc cho chính hành vi này (lúc {at}, biển số {plate}): so hai chuỗi ảnh, nếu là một xe thì từ chối vì trùng',
    en: 'There may be a case for this very act already (at {at}, plate {plate}): compare the pictures of both; if it is one vehicle, reject as a duplicate',
  },
  CLOCK_OUT_OF_TOLERANCE: {
    vi: 'Đồng hồ camera lệch {ms} ms, quá mức cho phép {tolerance} ms',
    en: 'The camera clock is {ms} ms off, tolerance {tolerance} ms',
  },
  CERTIFICATE_MISSING: {
    vi: 'Thiết bị đo không có kiểm định còn hiệu lực lúc vi phạm ({device})',
    en: 'No valid verification of the measuring device at the instant ({device})',
  },
  SITE_NOT_SIGNED_OFF: {
    vi: 'Cấu hình điểm camera phiên bản {version} chưa được ký duyệt',
    en: 'Site version {version} is not signed off',
  },
};

/** Words that fill the places of the messages. */
export const words: Readonly<Record<string, Message>> = {
  ...vehicleWords,
  ...colourWords,
  military: { vi: 'quân sự', en: 'military' },
  diplomatic: { vi: 'ngoại giao', en: 'diplomatic' },
  foreign: { vi: 'nước ngoài', en: 'foreign' },
  temporary: { vi: 'tạm thời', en: 'temporary' },
  trailer: { vi: 'rơ moóc', en: 'trailer' },
  'speed-meter': { vi: 'máy đo tốc độ', en: 'speed meter' },
  'distance-meter': { vi: 'máy đo khoảng cách', en: 'distance meter' },
};
