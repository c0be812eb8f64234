import type { Messages } from './messages.js';

export const textMessages = {
  unstorable: {
    vi: 'có ký tự không lưu được (NUL hoặc nửa ký tự)',
    en: 'holds a character that cannot be kept (NUL, or half of one)',
  },
} as const satisfies Messages;
