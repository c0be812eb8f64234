import type { Message, Messages } from '../../core/messages.js';

/** Words of the portal's screens. */
export const words = {
  title: { vi: 'Tra cứu vi phạm giao thông', en: 'Traffic violation look-up' },
  loading: { vi: 'Đang tải…', en: 'Loading…' },
  backHome: { vi: 'Về trang tra cứu', en: 'Back to look-up' },
  skip: { vi: 'Đến nội dung chính', en: 'Skip to content' },
  lookupTitle: { vi: 'Xem thông báo vi phạm', en: 'See a notice' },
  lookupLead: {
    vi: 'Nhập số thông báo và biển số in trên thông báo. Không cần tài khoản.',
    en: 'Enter the notice number and the plate printed on the notice. No account needed.',
  },
  number: { vi: 'Số thông báo', en: 'Notice number' },
  numberHint: {
    vi: 'Ví dụ: 000123/2026/TB-CSGT, hoặc gõ gọn 123/2026',
    en: 'For example 000123/2026/TB-CSGT, or just 123/2026',
  },
  plate: { vi: 'Biển số', en: 'Number plate' },
  plateHint: {
    vi: 'Ví dụ: 30F-256.58; có dấu hay không đều được',
    en: 'For example 30F-256.58; separators may be left out',
  },
  lookup: { vi: 'Tra cứu', en: 'Look up' },
  signIn: { vi: 'Đăng nhập tài khoản định danh', en: 'Sign in with your digital account' },
  signInLead: { vi: 'Xem mọi thông báo của xe đứng tên bạn.', en: 'See every notice of your vehicles.' },
  signOut: { vi: 'Đăng xuất', en: 'Sign out' },
  signInFailed: {
    vi: 'Chưa đăng nhập được. Hãy thử lại, hoặc tra cứu bằng số thông báo và biển số.',
    en: 'Signing in did not work. Try again, or look up by number and plate.',
  },
  mine: { vi: 'Thông báo của tôi', en: 'My notices' },
  noneMine: {
    vi: 'Tài khoản này không có thông báo vi phạm nào.',
    en: 'There is no notice for this account.',
  },
  checkTitle: { vi: 'Kiểm tra giấy tờ thật, giả', en: 'Is this paper genuine?' },
  checkLead: {
    vi: 'Nhập mã kiểm tra in cạnh mã QR trên thông báo hoặc biên lai.',
    en: 'Enter the code beside the QR on the notice or receipt.',
  },
  code: { vi: 'Mã kiểm tra', en: 'Check code' },
  check: { vi: 'Kiểm tra', en: 'Check' },
  scamTitle: { vi: 'Cảnh giác lừa đảo', en: 'Beware of fraud' },
  scam: {
    vi: 'Cảnh sát giao thông không gọi điện, không nhắn tin báo vi phạm và không gửi đường dẫn nộp tiền. Chỉ nộp phạt sau khi đã xem chứng cứ tại trang này.',
    en: 'Traffic police never phone, never text about violations and never send links to pay. Pay only after you have seen the evidence here.',
  },
  notice: { vi: 'Thông báo số {number}', en: 'Notice {number}' },
  at: { vi: '{time} · {place}', en: '{time} · {place}' },
  amountProvisional: { vi: 'Số tiền tạm tính', en: 'Provisional amount' },
  provisional: {
    vi: 'Đây là mức trung bình của khung phạt. Chưa có quyết định xử phạt nên chưa có hạn nộp và không tính tiền chậm nộp. Nộp trước cũng được: khi có quyết định, thiếu thì nộp thêm, thừa thì được hoàn.',
    en: 'This is the middle of the range. There is no penalty decision yet, so no term runs and no interest. You may pay now: once there is a decision, you pay what is missing or get back what is too much.',
  },
  paidProvisionalTitle: { vi: 'Đã nộp số tạm tính', en: 'Provisional amount paid' },
  paidProvisional: {
    vi: 'Bạn đã nộp đủ số tạm tính; chưa có quyết định xử phạt. Nếu quyết định ấn định mức khác, phần thiếu nộp thêm, phần thừa được hoàn.',
    en: 'You have paid the provisional amount; there is no penalty decision yet. If it fixes another amount, you pay what is missing or get back what is too much.',
  },
  moreThanPaid: {
    vi: 'Quyết định cao hơn số tạm tính bạn đã nộp: chỉ còn phải nộp phần thiếu.',
    en: 'The decision is above the provisional amount that you paid: only the rest is owed.',
  },
  disputeStillDue: {
    vi: 'Khiếu nại không làm dừng hạn nộp (Luật Xử lý vi phạm hành chính Điều 73). Nếu vụ việc bị hủy, tiền đã nộp được hoàn.',
    en: 'A complaint does not stop the term to pay (Law on Handling of Administrative Violations, Article 73). If the case is cancelled, what was paid is given back.',
  },
  formerDecision: {
    vi: 'Trước khi sửa ngày {day}, bản ghi của quyết định này là: số {number}, ngày ký {issued}, mức phạt {amount}.',
    en: 'Before it was corrected on {day}, this decision was recorded as {number}, signed {issued}, fine {amount}.',
  },
  decisionTitle: { vi: 'Quyết định xử phạt', en: 'Penalty decision' },
  decisionNumber: { vi: 'Số', en: 'Number' },
  decisionIssued: { vi: 'Ngày ký', en: 'Signed on' },
  decisionSigner: { vi: 'Người ký', en: 'Signed by' },
  decisionAmount: { vi: 'Mức phạt', en: 'Fine' },
  decisionReceived: { vi: 'Ngày bạn nhận', en: 'Received on' },
  lastDayToPay: { vi: 'Hạn nộp', en: 'Last day to pay' },
  interestFrom: { vi: 'Tính chậm nộp từ', en: 'Interest from' },
  notReceived: {
    vi: 'Chưa ghi nhận ngày bạn nhận quyết định: chưa có hạn nộp và không tính tiền chậm nộp.',
    en: 'No day of receipt is recorded: no term runs, and no interest.',
  },
  amountNow: { vi: 'Số tiền phải nộp hôm nay', en: 'To pay today' },
  fineAndInterest: {
    vi: 'Tiền phạt {fine} + chậm nộp {interest}',
    en: 'Fine {fine} + late payment {interest}',
  },
  nothingOwed: { vi: 'Vụ việc đã hủy: không phải nộp phạt', en: 'Cancelled: nothing is to be paid' },
  received: { vi: 'Đã nhận {amount}', en: '{amount} received' },
  inTerm: {
    vi: 'Nộp trong hạn, đến hết ngày {day}: không phải trả thêm.',
    en: 'Pay in time, by the end of {day}, and nothing is added.',
  },
  growsWhenLate: {
    vi: 'Nộp muộn: mỗi ngày chậm thêm 0,05%, không tính ngày nộp. Nộp ngày {day} là {due}.',
    en: 'Later, each late day adds 0.05%, the day of payment not counted. On {day} it is {due}.',
  },
  rangeOf: {
    vi: 'Khung phạt {min} – {max}.',
    en: 'Range {min} – {max}.',
  },
  points: {
    vi: 'Trừ {points} điểm giấy phép lái xe của người điều khiển.',
    en: '{points} points off the driver’s licence.',
  },
  noPoints: { vi: 'Không trừ điểm giấy phép lái xe.', en: 'No licence points.' },
  pay: { vi: 'Nộp phạt', en: 'Pay' },
  disagree: { vi: 'Tôi không đồng ý', en: 'I disagree' },
  answerMore: { vi: 'Bổ sung ý kiến', en: 'Add to my answer' },
  happened: { vi: 'Chuyện gì đã xảy ra', en: 'What happened' },
  law: { vi: 'Căn cứ pháp luật', en: 'The law' },
  vehicle: { vi: 'Phương tiện', en: 'Vehicle' },
  plateColour: { vi: 'biển {colour}', en: '{colour} plate' },
  unit: { vi: 'Đơn vị xử lý', en: 'Handling unit' },
  confirmed: {
    vi: 'Cán bộ {unit} đã xem hình và xác nhận lúc {time}.',
    en: 'An officer of {unit} looked at the pictures and confirmed at {time}.',
  },
  evidence: { vi: 'Hình ảnh chứng cứ', en: 'Evidence' },
  wholeScene: { vi: 'Toàn cảnh', en: 'Scene' },
  closeUp: { vi: 'Xe', en: 'Vehicle' },
  plateCrop: { vi: 'Biển số', en: 'Plate' },
  pictureOf: { vi: '{role}, {time}', en: '{role}, {time}' },
  frame: { vi: 'Khung hình {n} / {total}', en: 'Frame {n} of {total}' },
  blurred: {
    vi: 'Máy làm mờ các xe khác mà nó nhận ra: biển số (không thấy biển thì cả nửa dưới xe), còn mô tô, xe máy thì cả xe lẫn người ngồi trên xe. Người đi bộ và người trong ô tô không được làm mờ. Ảnh gốc được giữ nguyên theo mã SHA-256 bên dưới.',
    en: 'The machine makes other vehicles that it finds unrecognisable: their plates (where none is seen, the lower half of the vehicle), and motorcycles whole, with their riders. People on foot and inside cars are not. The original is kept under the SHA-256 below.',
  },
  reading: { vi: 'Máy đọc biển số chắc đến đâu', en: 'How sure the reader was' },
  readingLead: {
    vi: 'Cán bộ chỉ xác nhận khi mọi ký tự đều đọc được.',
    en: 'An officer confirms only when every character can be read.',
  },
  timeline: { vi: 'Diễn biến', en: 'History' },
  responses: { vi: 'Ý kiến của chủ xe', en: 'Answers of the owner' },
  officerAnswer: { vi: 'Trả lời', en: 'Reply' },
  waitsForAnswer: { vi: 'Đang chờ cán bộ trả lời.', en: 'Waiting for an officer’s reply.' },
  pictures: { vi: '{n} ảnh đính kèm', en: '{n} pictures attached' },
  appointments: { vi: 'Không muốn làm trực tuyến?', en: 'Rather in person?' },
  appointmentsLead: {
    vi: 'Đến một trong hai nơi, mang theo thông báo:',
    en: 'Come to one of these two places with the notice:',
  },
  papers: { vi: 'Giấy tờ', en: 'Papers' },
  papersClosed: {
    vi: 'Thông báo, biên lai và ý kiến đã gửi có tên chủ xe. Để xem, hãy đăng nhập bằng tài khoản của chủ xe, hoặc nhập mã kiểm tra in cạnh mã QR trên thông báo.',
    en: 'The notice, the receipt and the answers name the owner. To see them, sign in as the owner, or enter the code beside the QR on the notice.',
  },
  openPapers: { vi: 'Mở', en: 'Open' },
  onlyWithPapers: {
    vi: 'Nội dung chỉ hiện cho chủ xe đã đăng nhập hoặc khi có mã kiểm tra (xem mục Giấy tờ).',
    en: 'Shown only to the owner who has signed in, or with the check code (see Papers).',
  },
  answered: { vi: 'Cán bộ đã trả lời.', en: 'An officer has replied.' },
  noticePdf: { vi: 'Thông báo (PDF)', en: 'Notice (PDF)' },
  receiptPdf: { vi: 'Biên lai {number} (PDF)', en: 'Receipt {number} (PDF)' },
  proof: { vi: 'Bằng chứng chống sửa đổi', en: 'Proof that nothing was altered' },
  proofLead: {
    vi: 'Thông báo và từng khung hình nằm trong sổ chứng cứ có chữ ký. Ai cũng kiểm tra được bằng khóa công khai.',
    en: 'The notice and every frame are in a signed evidence log. Anyone can check it with the public key.',
  },
  proofFile: { vi: 'Tải bằng chứng (JSON)', en: 'Proof file (JSON)' },
  payTitle: { vi: 'Nộp phạt bằng VietQR', en: 'Pay by VietQR' },
  payHow: {
    vi: 'Mở ứng dụng ngân hàng, quét mã này. Số tiền và nội dung đã có sẵn, không sửa.',
    en: 'Open your bank’s app and scan. Amount and content are filled in; do not change them.',
  },
  payOnPhone: {
    vi: 'Đang dùng điện thoại? Lưu mã QR rồi chọn ảnh trong ứng dụng ngân hàng.',
    en: 'On the phone? Save the QR, then choose the picture in your bank’s app.',
  },
  saveQr: { vi: 'Lưu mã QR', en: 'Save the QR' },
  amount: { vi: 'Số tiền', en: 'Amount' },
  content: { vi: 'Nội dung', en: 'Content' },
  account: { vi: 'Số tài khoản', en: 'Account' },
  bank: { vi: 'Mã ngân hàng', en: 'Bank code' },
  copy: { vi: 'Chép', en: 'Copy' },
  copied: { vi: 'Đã chép', en: 'Copied' },
  waitingMoney: {
    vi: 'Đang chờ tiền về. Trang tự cập nhật, có thể đóng lại và xem sau.',
    en: 'Waiting for the money. The page updates itself; you may close it.',
  },
  partial: {
    vi: 'Mới nhận {received}. Bấm để nộp phần còn lại.',
    en: 'Only {received} received. Press to pay the rest.',
  },
  payRest: { vi: 'Nộp phần còn lại', en: 'Pay the rest' },
  expired: { vi: 'Mã này đã hết hạn.', en: 'This code has expired.' },
  newQr: { vi: 'Lấy mã mới', en: 'Get a new code' },
  validUntil: { vi: 'Mã có hiệu lực đến {time}', en: 'Valid until {time}' },
  paidTitle: { vi: 'Đã nộp phạt', en: 'Paid' },
  paidLead: {
    vi: 'Đã nộp đủ. Biên lai điện tử có giá trị như bản giấy.',
    en: 'Paid in full. The electronic receipt is as good as paper.',
  },
  backToNotice: { vi: 'Xem thông báo', en: 'See the notice' },
  disputeTitle: { vi: 'Bạn không đồng ý?', en: 'You disagree?' },
  disputeLead: {
    vi: 'Ý kiến của bạn sẽ đưa vụ việc trở lại cho cán bộ xem xét. Không mất phí.',
    en: 'Your answer sends the case back to an officer. It costs nothing.',
  },
  whatIsIt: { vi: 'Trường hợp của bạn', en: 'Your case' },
  tellUs: { vi: 'Kể lại ngắn gọn', en: 'Tell us briefly' },
  tellHint: {
    vi: 'Ví dụ: ai lái xe, bán xe ngày nào cho ai, xe ở đâu lúc đó.',
    en: 'For example who drove, when and to whom it was sold, where the vehicle was.',
  },
  attach: { vi: 'Ảnh chứng minh (không bắt buộc, tối đa 3)', en: 'Pictures (optional, up to 3)' },
  attachHint: {
    vi: 'JPEG, PNG hoặc WebP, mỗi ảnh không quá 5 MB.',
    en: 'JPEG, PNG or WebP, at most 5 MB each.',
  },
  send: { vi: 'Gửi ý kiến', en: 'Send' },
  sent: {
    vi: 'Đã gửi. Bạn sẽ thấy trả lời ngay tại trang thông báo.',
    en: 'Sent. The reply will appear on the notice’s page.',
  },
  genuine: { vi: 'Thật', en: 'Genuine' },
  genuineNotice: {
    vi: 'Thông báo này do hệ thống phát hành. Hãy so với bản bạn có:',
    en: 'This notice was issued by us. Compare it with yours:',
  },
  genuineReceipt: {
    vi: 'Biên lai này do hệ thống phát hành. Hãy so với bản bạn có:',
    en: 'This receipt was issued by us. Compare it with yours:',
  },
  notGenuine: {
    vi: 'Không khớp chữ ký hoặc không còn hiệu lực',
    en: 'The signature does not match, or it is no longer valid',
  },
  unknownCode: {
    vi: 'Không có giấy tờ nào mang mã này. Nếu mã được chép đúng, giấy bạn đang cầm là giả.',
    en: 'No paper has this code. If you copied it correctly, the paper in your hand is forged.',
  },
  numberLabel: { vi: 'Số', en: 'Number' },
  issued: { vi: 'Ngày phát hành', en: 'Issued' },
  behaviour: { vi: 'Hành vi', en: 'Behaviour' },
  time: { vi: 'Thời gian', en: 'Time' },
  placeLabel: { vi: 'Địa điểm', en: 'Place' },
  forDoubters: { vi: 'Cho người muốn tự kiểm tra', en: 'For those who check for themselves' },
  statement: { vi: 'Nội dung được ký', en: 'Signed text' },
  signature: { vi: 'Chữ ký Ed25519', en: 'Ed25519 signature' },
  publicKey: { vi: 'SHA-256 của khóa công khai', en: 'SHA-256 of the public key' },
  refund: { vi: 'Hoàn tiền {amount}: {state}', en: 'Refund of {amount}: {state}' },
} as const satisfies Messages;

/** A case's state as a citizen reads it. */
export const states: Readonly<Record<string, Message & { tone: 'bad' | 'warn' | 'good' | 'calm' }>> = {
  confirmed: { vi: 'Đang gửi thông báo', en: 'Being delivered', tone: 'calm' },
  notified: { vi: 'Chờ xử lý', en: 'Open', tone: 'bad' },
  disputed: { vi: 'Đang xem xét ý kiến', en: 'Under review', tone: 'warn' },
  paid: { vi: 'Đã nộp', en: 'Paid', tone: 'good' },
  closed: { vi: 'Đã kết thúc', en: 'Closed', tone: 'good' },
  void: { vi: 'Đã hủy', en: 'Cancelled', tone: 'good' },
};

export const refundStates: Messages = {
  owed: { vi: 'đang chờ kho bạc', en: 'waiting for the treasury' },
  sent: { vi: 'đã chuyển', en: 'sent' },
  counted: { vi: 'đã tính lại vào tiền phạt', en: 'counts towards the fine after all' },
};

const refusals: Messages = {
  NOTICE_NOT_FOUND: {
    vi: 'Không tìm thấy thông báo khớp với số và biển số này. Hãy xem lại hai ô.',
    en: 'No notice matches this number and plate. Please check both.',
  },
  TOO_MANY_TRIES: {
    vi: 'Thử sai quá nhiều lần. Hãy đợi 15 phút, hoặc đăng nhập.',
    en: 'Too many wrong tries. Wait 15 minutes, or sign in.',
  },
  CHECK_CODE_WRONG: {
    vi: 'Mã này không phải mã kiểm tra của thông báo này. Hãy xem lại mã in cạnh mã QR.',
    en: 'This is not the check code of this notice. Look again at the code beside the QR.',
  },
  CHECK_CODE_NEEDED: words.papersClosed,
  TOO_MANY_REQUESTS: { vi: 'Quá nhiều yêu cầu. Hãy đợi một phút.', en: 'Too many requests. Wait a minute.' },
  OFFLINE: {
    vi: 'Không kết nối được. Hãy kiểm tra mạng rồi thử lại.',
    en: 'No connection. Check your network and try again.',
  },
  SIGN_IN: { vi: 'Hãy đăng nhập trước.', en: 'Sign in first.' },
  ALREADY_PAID: { vi: 'Thông báo này đã được nộp đủ.', en: 'This notice is paid in full.' },
  NOT_PAYABLE: { vi: 'Thông báo này hiện không thể nộp phạt.', en: 'This notice cannot be paid now.' },
  GATEWAY_UNREACHABLE: {
    vi: 'Cổng thanh toán chưa trả lời. Hãy thử lại sau ít phút.',
    en: 'The payment gateway does not answer. Try again in a few minutes.',
  },
  NOT_A_PICTURE: {
    vi: 'Tệp đính kèm phải là ảnh JPEG, PNG hoặc WebP.',
    en: 'Attachments must be JPEG, PNG or WebP pictures.',
  },
  TOO_MANY_RESPONSES: {
    vi: 'Bạn đã gửi rất nhiều ý kiến cho thông báo này. Hãy đợi cán bộ trả lời.',
    en: 'You have answered this notice many times. Please wait for the reply.',
  },
  FST_REQ_FILE_TOO_LARGE: { vi: 'Ảnh lớn hơn 5 MB.', en: 'A picture is larger than 5 MB.' },
  FST_FILES_LIMIT: { vi: 'Tối đa 3 ảnh.', en: 'At most 3 pictures.' },
  CODE_UNKNOWN: words.unknownCode,
};

export const refusalOf = (code: string): Message =>
  refusals[code] ?? {
    vi: 'Chưa thực hiện được. Hãy thử lại sau ít phút.',
    en: 'That did not work. Try again in a few minutes.',
  };
