import type { OwnerRecord } from '../registry/records.js';
import type { Random } from './random.js';

const FAMILY = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Vũ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
];
const MAN = [
  ['Văn', 'Hữu', 'Đức', 'Minh', 'Quang'],
  ['An', 'Bình', 'Cường', 'Dũng', 'Hải', 'Khôi', 'Long', 'Nam', 'Phúc', 'Sơn', 'Tùng'],
] as const;
const WOMAN = [
  ['Thị', 'Ngọc', 'Thu', 'Mai', 'Thanh'],
  ['Anh', 'Chi', 'Dung', 'Hà', 'Hương', 'Lan', 'Linh', 'Nga', 'Oanh', 'Trang', 'Yến'],
] as const;
const TRADE = ['Vận tải', 'Logistics', 'Xây dựng', 'Thương mại', 'Du lịch'];
const BRAND = ['Sao Mai', 'Hải Âu', 'Trường Sơn', 'Bình Minh', 'Đại Phong', 'Nam Việt', 'Thành Công Mới'];
const STREET = ['Hoa Sữa', 'Phố Mới', 'Bờ Sông', 'Cây Gạo', 'Ngọc Lan', 'Sen Hồng'];
const WARD = ['phường Mẫu Một', 'phường Mẫu Hai', 'xã Mẫu Ba'];
const PLACE: readonly (readonly [code: string, name: string])[] = [
  ['001', 'Hà Nội'], ['031', 'Hải Phòng'], ['048', 'Đà Nẵng'], ['079', 'TP. Hồ Chí Minh'], ['092', 'Cần Thơ'], ['038', 'Thanh Hóa'],
]; // prettier-ignore

/** A person or organisation that does not exist, with an ID of the right build. */
export function inventOwner(
  random: Random,
  kind: OwnerRecord['kind'],
  withoutAccount = false,
): Omit<OwnerRecord, 'ownedFrom' | 'ownedTo'> {
  const [code, place] = random.pick(PLACE);
  const address = `Số ${random.between(1, 199)} đường ${random.pick(STREET)}, ${random.pick(WARD)}, ${place} (địa chỉ giả định)`;
  if (kind === 'organisation') {
    const id = `09${random.digits(8)}`;
    return {
      kind,
      id,
      name: `Công ty ${random.pick(TRADE)} ${random.pick(BRAND)} ${random.between(1, 99)}`,
      address,
      digitalAccount: withoutAccount ? null : `tc-${id}`,
    };
  }
  const woman = random.chance(0.5);
  const year = random.between(1955, 2006);
  const centuryAndSex = (year < 2000 ? 0 : 2) + (woman ? 1 : 0);
  const id = `${code}${centuryAndSex}${String(year % 100).padStart(2, '0')}${random.digits(6)}`;
  const [middle, given] = woman ? WOMAN : MAN;
  const name = `${random.pick(FAMILY)} ${random.pick(middle)} ${random.pick(given)}`;
  return { kind, id, name, address, digitalAccount: withoutAccount ? null : `cn-${id}` };
}
