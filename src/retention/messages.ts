import type { Messages } from '../core/messages.js';

export const retentionMessages = {
  forEver: { vi: 'giữ mọi ảnh, không xóa', en: 'every picture is kept for ever' },
  hours: {
    vi: 'giờ, sau đó xóa ảnh không thuộc vi phạm nào',
    en: 'hours, then pictures that no case needs are deleted',
  },
} as const satisfies Messages;
