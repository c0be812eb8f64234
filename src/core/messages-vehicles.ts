import type { Messages } from './messages.js';

/** Vehicles and colours as they stand on screens. What papers call them is in `notices/messages.ts`. */
export const vehicleWords = {
  car: { vi: 'ô tô con', en: 'car' },
  motorcycle: { vi: 'mô tô, xe máy', en: 'motorcycle' },
  bus: { vi: 'xe khách', en: 'bus' },
  truck: { vi: 'xe tải', en: 'truck' },
} as const satisfies Messages;

export const colourWords = {
  white: { vi: 'trắng', en: 'white' },
  yellow: { vi: 'vàng', en: 'yellow' },
  blue: { vi: 'xanh dương', en: 'blue' },
  red: { vi: 'đỏ', en: 'red' },
  black: { vi: 'đen', en: 'black' },
  grey: { vi: 'xám, bạc', en: 'grey' },
  green: { vi: 'xanh lá', en: 'green' },
  brown: { vi: 'nâu', en: 'brown' },
  other: { vi: 'không rõ', en: 'unclear' },
  unknown: { vi: 'không rõ', en: 'not sure' },
} as const satisfies Messages;
