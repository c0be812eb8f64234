import type { Messages } from '../core/messages.js';

export const keyMessages = {
  differ: {
    vi: 'khóa của máy này khác khóa của cơ sở dữ liệu; hãy chép thư mục KEYS_DIR từ máy đầu tiên (xem docker/README.md)',
    en: 'the keys of this box are not those of the database; copy KEYS_DIR from the first box (see docker/README.md)',
  },
} as const satisfies Messages;
