import type { Messages } from '../core/messages.js';

export const evidenceMessages = {
  letGo: {
    vi: 'Ảnh này đã được xóa theo chính sách lưu giữ; mã băm và biên bản xóa vẫn còn.',
    en: 'This picture was deleted under the retention policy; its hash and the record of deletion remain.',
  },
} as const satisfies Messages;
