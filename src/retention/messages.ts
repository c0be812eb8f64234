import type { Messages } from '../core/messages.js';

export const retentionMessages = {
  forEver: { vi: 'giữ mọi ảnh, không xóa', en: 'every picture is kept for ever' },
  hours: {
    vi: 'sau {hours} giờ thì xóa ảnh không thuộc vi phạm nào',
    en: 'after {hours} hours pictures that no case needs are deleted',
  },
  nothing: { vi: 'chưa có ảnh nào đến hạn', en: 'no picture is due yet' },
} as const satisfies Messages;
