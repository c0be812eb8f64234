import { say, type Language, type Message, type Messages } from '../core/messages.js';
import { vehicleWords } from '../core/messages-vehicles.js';
import { stopGround, type LawRule, type StopGround } from '../law/index.js';
import { elements, type ElementName } from './elements.js';
import type { VehicleKind } from '../vision/observation.js';
import type { Element, Finding, Outcome } from './finding.js';

/** Why a violation is one, in a sentence; the places are filled from what was measured. */
const why: Readonly<Record<LawRule, Message>> = {
  speeding: {
    vi: 'Chạy {speedKmh} km/h trên đoạn đường giới hạn {limitKmh} km/h, vượt {overKmh} km/h, theo thiết bị {device} (kiểm định {certificate}).',
    en: 'Drove at {speedKmh} km/h where the limit is {limitKmh} km/h, {overKmh} km/h over, by device {device} (certificate {certificate}).',
  },
  'red-light': {
    vi: 'Vượt vạch dừng khi đèn đỏ đã bật {redForSeconds} giây: hình ảnh trước, trên và sau vạch đều dưới đèn đỏ.',
    en: 'Crossed the stop line after {redForSeconds} s of red: before, on and beyond the line under red.',
  },
  'emergency-lane': {
    vi: 'Chạy {metres} m trong làn dừng xe khẩn cấp, không có lý do cho phép.',
    en: 'Drove {metres} m in the emergency lane without a reason that allows it.',
  },
  'wrong-way': {
    vi: 'Đi ngược chiều {metres} m với tốc độ ước tính {kmh} km/h.',
    en: 'Went {metres} m against the direction of travel at about {kmh} km/h.',
  },
  reversing: {
    vi: 'Lùi xe {metres} m ở nơi cấm lùi.',
    en: 'Reversed {metres} m where reversing is forbidden.',
  },
  stopping: {
    vi: 'Dừng xe {seconds} giây trên đường cao tốc, nơi không được dừng.',
    en: 'Stood for {seconds} s on the expressway where stopping is forbidden.',
  },
  'forbidden-class': {
    vi: 'Đi vào đường cao tốc bằng loại xe không được phép, {metres} m.',
    en: 'Used the expressway with a class of vehicle that may not, for {metres} m.',
  },
  'wrong-lane': {
    vi: 'Đi {metres} m ({seconds} giây) trong làn không dành cho loại xe này.',
    en: 'Drove {metres} m ({seconds} s) in a lane not meant for this class.',
  },
  'solid-line': { vi: 'Chuyển làn đè qua vạch liền.', en: 'Changed lanes across a solid line.' },
  'truck-hours': {
    vi: 'Xe tải đi vào khu vực hạn chế trong giờ cấm.',
    en: 'A lorry in the restricted area in restricted hours.',
  },
  'no-entry': { vi: 'Đi vào khu vực cấm {zone}.', en: 'Entered the forbidden zone {zone}.' },
  'too-close': {
    vi: 'Giữ khoảng cách {metres} m ở tốc độ {speedKmh} km/h, tối thiểu là {leastMetres} m.',
    en: 'Kept {metres} m at {speedKmh} km/h where {leastMetres} m is the least.',
  },
  'below-minimum': {
    vi: 'Chạy {speedKmh} km/h, thấp hơn tốc độ tối thiểu {minimumKmh} km/h mà không bị cản.',
    en: 'Drove at {speedKmh} km/h, below the minimum of {minimumKmh} km/h, and was not held up.',
  },
  'seat-belt': {
    vi: 'Người lái không thắt dây an toàn, {frames} khung hình.',
    en: 'The driver wore no seat belt, {frames} frames.',
  },
  phone: {
    vi: 'Người lái dùng tay cầm điện thoại khi xe đang chạy, {frames} khung hình.',
    en: 'The driver held a phone while driving, {frames} frames.',
  },
  helmet: {
    vi: 'Người điều khiển không đội mũ bảo hiểm, {frames} khung hình.',
    en: 'The rider wore no helmet, {frames} frames.',
  },
  'helmet-passenger': {
    vi: 'Người ngồi sau không đội mũ bảo hiểm, {frames} khung hình.',
    en: 'The passenger wore no helmet, {frames} frames.',
  },
};

/** Where the pictures show less than the usual sentence says. */
const withoutPictureOn: Message = {
  vi: 'Vượt vạch dừng khi đèn đỏ đã bật {redForSeconds} giây: hình ảnh trước và sau vạch đều dưới đèn đỏ.',
  en: 'Crossed the stop line after {redForSeconds} s of red: before and beyond the line under red.',
};
const acrossTheLine: Message = { vi: 'Đi đè qua vạch liền.', en: 'Drove across a solid line.' };

const atAGround: Message = {
  vi: 'Dừng xe {seconds} giây {ground}, nơi không được dừng.',
  en: 'Stood for {seconds} s {ground}, where stopping is forbidden.',
};
const grounds: Readonly<Record<StopGround, Message>> = {
  'no-stopping-sign': { vi: 'nơi có biển “Cấm dừng xe và đỗ xe”', en: 'under a no-stopping sign' },
  'pedestrian-crossing': {
    vi: 'trên phần đường dành cho người đi bộ qua đường',
    en: 'on a pedestrian crossing',
  },
  'bus-lane': { vi: 'trên đường dành riêng cho xe buýt', en: 'in a bus lane' },
  junction: { vi: 'nơi đường bộ giao nhau', en: 'at a junction' },
  'pick-up-point': { vi: 'tại điểm đón, trả khách', en: 'at a pick-up point' },
  gateway: { vi: 'trước cổng trụ sở cơ quan, tổ chức', en: 'before the gate of an office' },
  'single-lane': {
    vi: 'nơi phần đường chỉ đủ cho một làn xe cơ giới',
    en: 'where the road has room for one lane only',
  },
  'median-gap': { vi: 'nơi mở dải phân cách giữa', en: 'at a gap in the median' },
  bridge: { vi: 'trên cầu', en: 'on a bridge' },
  'under-bridge': { vi: 'dưới gầm cầu vượt', en: 'under a flyover' },
  bend: { vi: 'trên đoạn đường cong, tầm nhìn bị che khuất', en: 'on a bend that hides the view' },
  'left-side': { vi: 'bên trái đường một chiều', en: 'on the left of a one-way road' },
};

function sentenceOf({ rule, evidence, measured }: Finding): Message {
  if (rule === 'red-light' && !evidence.some(({ role }) => role === 'on')) return withoutPictureOn;
  if (
    rule === 'solid-line' &&
    (measured.from === measured.to || measured.from === '–' || measured.to === '–')
  )
    return acrossTheLine;
  if (rule === 'stopping' && measured.ground !== undefined) return atAGround;
  return why[rule];
}

export const whyFired = (finding: Finding, language: Language): string =>
  say(sentenceOf(finding), language, placesOf(finding, language));

/** What was measured, a ground in words. */
function placesOf({ measured }: Finding, language: Language): Finding['measured'] {
  const ground = stopGround.safeParse(measured.ground);
  return ground.success ? { ...measured, ground: say(grounds[ground.data], language) } : measured;
}

const or: Message = { vi: ' hoặc ', en: ' or ' };

/** Values that are kept as the names of states, by the elements that have them. */
const states: Readonly<Partial<Record<ElementName, Messages>>> = {
  'one-way-road': {
    expressway: { vi: 'đường cao tốc', en: 'expressway' },
    urban: { vi: 'trong khu đông dân cư', en: 'in a built-up area' },
    rural: { vi: 'ngoài khu đông dân cư', en: 'outside built-up areas' },
  },
  'no-allowed-turn': {
    straight: { vi: 'đi thẳng', en: 'straight on' },
    left: { vi: 'rẽ trái', en: 'left' },
    right: { vi: 'rẽ phải', en: 'right' },
    unknown: { vi: 'không rõ', en: 'unknown' },
  },
  'before-line-under-red': {
    red: { vi: 'đèn đỏ', en: 'red' },
    amber: { vi: 'đèn vàng', en: 'amber' },
    green: { vi: 'đèn xanh', en: 'green' },
    dark: { vi: 'đèn tắt', en: 'dark' },
    unknown: { vi: 'không rõ', en: 'unknown' },
  },
  'claimed-by-device': {
    'seat-belt': { vi: 'không thắt dây an toàn', en: 'no seat belt' },
    phone: { vi: 'dùng tay cầm điện thoại', en: 'a phone held in the hand' },
    helmet: { vi: 'người điều khiển không đội mũ bảo hiểm', en: 'a rider without a helmet' },
    'helmet-passenger': { vi: 'người ngồi sau không đội mũ bảo hiểm', en: 'a passenger without a helmet' },
  },
};

/** One element in words. Classes of vehicles are kept as their names, several as `truck / bus`. */
export function inWords({ element, holds, value }: Element, language: Language): string {
  const message = holds ? elements[element].holds : elements[element].fails;
  if (typeof value === 'number') return say(message, language, { value });
  const named = String(value ?? '–')
    .split(' / ')
    .map((word) => {
      const state = states[element]?.[word];
      if (state !== undefined) return say(state, language);
      return word in vehicleWords ? say(vehicleWords[word as VehicleKind], language) : word;
    });
  return say(message, language, { value: named.join(say(or, language)) });
}

/** Each element of an outcome in words, the one that failed last. */
export const reasoning = (outcome: Outcome, language: Language): string[] =>
  outcome.elements.map((element) => inWords(element, language));
