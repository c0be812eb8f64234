import type { Message } from '../../core/messages.js';

/** The first line of a notice's history, before there was a case. */
export const recordedMessage: Message = { vi: 'Thiết bị ghi nhận vi phạm', en: 'Recorded by the camera' };
