import type { Message } from '../../core/messages.js';

/** Why a case cannot be confirmed now, by the code of the obstacle. */
export const obstacleMessages: Readonly<Record<string, Message>> = {
  PLATE_UNREADABLE: { vi: 'biển số không đọc được đầy đủ', en: 'the plate cannot be read in full' },
  LIMITATION_EXPIRED: { vi: 'đã hết thời hiệu xử phạt', en: 'the limitation has run out' },
  HELD: { vi: 'còn điểm vướng phải xử lý', en: 'a hold is open' },
  CERTIFICATE_MISSING: {
    vi: 'thiết bị đo không có chứng nhận còn hiệu lực',
    en: 'the meter was not certified',
  },
  OWNER_UNKNOWN: { vi: 'không xác định được chủ xe', en: 'the owner is not known' },
  ALREADY_REVIEWED: {
    vi: 'cần một cán bộ khác xác nhận lần hai',
    en: 'the second confirmation is for another officer',
  },
};
