import type { Message, Messages } from '../core/messages.js';

/** Words of form 01/73 and of its evidence page. */
export const formMessages = {
  form: { vi: 'Mẫu 01/73 · Thông tư 73/2024/TT-BCA', en: 'Form 01/73 · Circular 73/2024/TT-BCA' },
  title: { vi: 'Thông báo', en: 'Notice of a road traffic violation' },
  about: {
    vi: 'Vi phạm trật tự, an toàn giao thông đường bộ',
    en: 'Road traffic order and safety violation',
  },
  to: { vi: 'Kính gửi', en: 'To' },
  lead: {
    vi: 'Qua kết quả thu được bằng phương tiện, thiết bị kỹ thuật nghiệp vụ đã được cán bộ kiểm tra và xác nhận, cơ quan Công an thông báo phương tiện dưới đây đã vi phạm:',
    en: 'From the result of a technical device, checked and confirmed by an officer, the police give notice that the vehicle below broke the law:',
  },
  detectedBy: { vi: 'Đơn vị phát hiện', en: 'Detecting unit' },
  transferredBy: { vi: 'Đơn vị chuyển kết quả', en: 'Unit that transferred the result' },
  plate: { vi: 'Biển số', en: 'Number plate' },
  plateColour: { vi: 'Màu biển', en: 'Plate colour' },
  vehicle: { vi: 'Loại phương tiện', en: 'Vehicle' },
  owner: { vi: 'Chủ phương tiện', en: 'Owner' },
  address: { vi: 'Địa chỉ', en: 'Address' },
  time: { vi: 'Thời gian vi phạm', en: 'Time' },
  place: { vi: 'Địa điểm vi phạm', en: 'Place' },
  behaviour: { vi: 'Hành vi vi phạm', en: 'Behaviour' },
  why: { vi: 'Kết quả ghi nhận', en: 'What was recorded' },
  law: { vi: 'Căn cứ', en: 'Legal basis' },
  fine: { vi: 'Mức phạt tiền', en: 'Fine' },
  fineRange: {
    vi: 'Từ {min} đến {max}; mức trung bình {default}',
    en: 'From {min} to {max}; the average is {default}',
  },
  organisation: { vi: 'Áp dụng mức phạt đối với tổ chức', en: 'The amount for an organisation applies' },
  points: { vi: 'Trừ điểm giấy phép lái xe', en: 'Licence points' },
  pointsLost: {
    vi: 'Trừ {points} điểm của người điều khiển',
    en: '{points} points off the driver’s licence',
  },
  noPoints: { vi: 'Không trừ điểm', en: 'No points' },
  preventive: { vi: 'Biện pháp ngăn chặn', en: 'Preventive measure' },
  none: { vi: 'Không', en: 'None' },
  come: {
    vi: 'Đề nghị chủ phương tiện giải quyết trực tuyến, hoặc cùng người điều khiển phương tiện đến một trong hai nơi sau:',
    en: 'Please settle online, or come with the driver to one of these two places:',
  },
  phone: { vi: 'ĐT', en: 'Tel.' },
  rights: {
    vi: 'Ông/bà có quyền xem toàn bộ hình ảnh, giải trình, khai báo người điều khiển, báo xe đã bán, bị mất hoặc bị làm giả biển số, và khiếu nại theo quy định. Tra cứu bằng số thông báo và biển số tại {url}.',
    en: 'You may see every picture, explain, name the driver, report the vehicle sold, stolen or its plate copied, and complain as the law says. Look the notice up by number and plate at {url}.',
  },
  scam: {
    vi: 'Cảnh sát giao thông không gọi điện, không nhắn tin thông báo vi phạm và không gửi đường dẫn nộp tiền. Mọi cuộc gọi, tin nhắn như vậy là lừa đảo.',
    en: 'Traffic police never phone, never text about a violation and never send a link to pay. Any such call or message is a fraud.',
  },
  confirmedBy: { vi: 'Cán bộ xác nhận vi phạm', en: 'Confirmed by' },
  signedElectronically: { vi: 'Đã xác nhận và ký điện tử', en: 'Confirmed and signed electronically' },
  check: {
    vi: 'Quét mã để kiểm tra thông báo này là thật. Mã kiểm tra:',
    en: 'Scan to check that this notice is genuine. Code:',
  },
  evidenceTitle: { vi: 'Kết quả kèm theo', en: 'Attached results' },
  attachedTo: { vi: 'Kèm theo Thông báo số', en: 'Attached to notice No.' },
  plateCrop: { vi: 'Biển số, cắt từ khung hình bên', en: 'The plate, cut from the frame beside' },
  readingConfidence: { vi: 'Độ tin cậy khi đọc từng ký tự', en: 'Confidence of each character' },
  allFrames: { vi: 'Khung hình gốc làm chứng cứ (SHA-256)', en: 'Original frames in evidence (SHA-256)' },
  moreFrames: { vi: 'khung hình khác, xem trên cổng tra cứu', en: 'more frames, see the portal' },
  checkTitle: { vi: 'Kiểm tra thông báo thật, giả', en: 'Is this notice genuine?' },
  checkHow: {
    vi: 'Quét mã hoặc mở đúng địa chỉ dưới đây; nội dung trên trang phải trùng với bản này. Chữ ký kiểm tra được bằng khóa công khai, không cần tin ai.',
    en: 'Scan the code or open the address below; the page must say what this paper says. Anyone can check the signature with the public key.',
  },
  publicKey: { vi: 'Khóa công khai', en: 'Public key' },
  signature: { vi: 'Chữ ký', en: 'Signature' },
  ownerId: {
    person: { vi: 'Số định danh cá nhân', en: 'Personal ID' },
    organisation: { vi: 'Mã số tổ chức', en: 'Organisation ID' },
  },
} as const satisfies Record<string, Message | Messages>;

const roles: Messages = {
  before: { vi: 'Trước vạch dừng', en: 'Before the line' },
  on: { vi: 'Đang vượt vạch dừng', en: 'On the line' },
  beyond: { vi: 'Sau khi vượt vạch dừng', en: 'Beyond the line' },
  start: { vi: 'Bắt đầu vi phạm', en: 'Start of the act' },
  end: { vi: 'Kết thúc vi phạm', en: 'End of the act' },
  measured: { vi: 'Khi đo', en: 'Measured' },
  seen: { vi: 'Khi vi phạm', en: 'The act' },
  plate: { vi: 'Khung hình đọc biển số', en: 'The frame that gave the read' },
};

/** What a frame is for in the evidence; one frame may have several roles, joined by `+`. */
export function roleName(role: string): Message {
  const known = role.split('+').flatMap((one) => roles[one] ?? []);
  if (known.length === 0) return { vi: 'Khung hình chứng cứ', en: 'Evidence frame' };
  return { vi: known.map((r) => r.vi).join(' · '), en: known.map((r) => r.en).join(' · ') };
}

/** What is put into the digital account: no link, no amount to transfer, no account number. */
export const accountMessages = {
  title: { vi: 'Thông báo vi phạm giao thông số {number}', en: 'Notice of traffic violation No. {number}' },
  summary: {
    vi: '{unit} thông báo phương tiện biển số {plate}: {behaviour}, lúc {time}. Xem bản đầy đủ kèm theo. Cảnh sát giao thông không gọi điện và không gửi đường dẫn nộp tiền.',
    en: '{unit} gives notice about vehicle {plate}: {behaviour}, at {time}. The full notice is attached. Traffic police never phone and never send links to pay.',
  },
} as const satisfies Messages;

export const plateColours: Messages = {
  white: { vi: 'trắng', en: 'white' },
  yellow: { vi: 'vàng', en: 'yellow' },
  blue: { vi: 'xanh', en: 'blue' },
  red: { vi: 'đỏ', en: 'red' },
  other: { vi: 'khác', en: 'other' },
};

export const vehicleTypes: Messages = {
  car: { vi: 'Ô tô', en: 'Car' },
  motorcycle: { vi: 'Xe mô tô, xe gắn máy', en: 'Motorcycle' },
  bus: { vi: 'Ô tô khách', en: 'Bus' },
  truck: { vi: 'Ô tô tải', en: 'Truck' },
};

/** The second place to settle, which the law leaves to the owner: the police where they live (TT73 24.1 as amended by TT13/2025). */
export const residencePolice = {
  name: {
    vi: 'Công an cấp xã hoặc Phòng CSGT nơi cư trú, đóng trụ sở',
    en: 'Commune police or traffic police where you live',
  },
  address: {
    vi: 'Nơi cư trú của cá nhân hoặc nơi đóng trụ sở của tổ chức',
    en: 'Where the person lives or the organisation has its seat',
  },
} as const satisfies Messages;
