/** What only a chip can answer: access, active and chip authentication, unread files. */
export const CHIP_TEXTS = {
  'title.access': { vi: 'Mở chip', en: 'Opening the chip' },
  'access.bac-although-pace': {
    vi: 'Chip có PACE nhưng được mở bằng BAC.',
    en: 'The chip offers PACE but was opened with BAC.',
  },
  'access.pace-refused': {
    vi: 'Chip nêu PACE nhưng từ chối nên được mở bằng BAC: {detail}.',
    en: 'The chip offers PACE and refused it, so it was opened with BAC: {detail}.',
  },
  'access.pace-unusable': {
    vi: 'Chip nêu PACE mà ở đây không dùng được nên được mở bằng BAC: {detail}.',
    en: 'The chip offers PACE that cannot be run here, so it was opened with BAC: {detail}.',
  },
  'access.plain': {
    vi: 'Các tệp đọc được mà không cần mở khóa chip.',
    en: 'The files can be read without any access control.',
  },
  'title.closed-without-password': {
    vi: 'Chip không mở khi không có mật khẩu',
    en: 'The chip stays closed without a password',
  },
  'access.opens-to-all': {
    vi: 'Chip có kiểm soát truy cập, nhưng EF.DG1 đọc được sau khi đặt lại mà không cần mật khẩu.',
    en: 'The chip has access control, but after a reset EF.DG1 can be read without a password.',
  },
  'title.biometrics-closed': {
    vi: 'Vân tay và mống mắt được bảo vệ',
    en: 'Fingers and irises are closed',
  },
  'biometrics.open': {
    vi: '{file} đọc được mà không cần Terminal Authentication.',
    en: '{file} can be read without Terminal Authentication.',
  },
  'title.terminal-authentication': {
    vi: 'Xác thực thiết bị đầu cuối (TA)',
    en: 'Terminal Authentication',
  },
  'terminal.refused': {
    vi: 'Chip không chấp nhận thiết bị đầu cuối: {detail}.',
    en: 'The chip did not accept the terminal: {detail}.',
  },
  'terminal.refused-expired': {
    vi: 'Chip không chấp nhận thiết bị đầu cuối: {detail}. Đã hết hạn: {names}.',
    en: 'The chip did not accept the terminal: {detail}. Expired by now: {names}.',
  },
  'terminal.no-chip-authentication': {
    vi: 'TA cần xác thực chip (CA) trước, nhưng CA không thực hiện được.',
    en: 'Terminal Authentication needs Chip Authentication first, which could not be run.',
  },
  'terminal.no-references': {
    vi: 'Chip không nêu CVCA nào mà nó tin cậy.',
    en: 'The chip names no CVCA that it trusts.',
  },
  'unread.not-granted': {
    vi: 'Chứng thư của thiết bị đầu cuối không cho quyền đọc {file}.',
    en: 'The certificates of the terminal give no right to read {file}.',
  },
  'title.unread': { vi: 'Tệp đọc được', en: 'The file could be read' },
  'unread.needs-ta': {
    vi: '{file} cần Terminal Authentication nên không đọc.',
    en: '{file} needs Terminal Authentication and was not read.',
  },
  'unread.refused': {
    vi: 'Chip từ chối cho đọc {file}: {status}.',
    en: 'The chip refused to give {file}: {status}.',
  },
  'unread.absent': {
    vi: '{file} được liệt kê nhưng chip không có.',
    en: '{file} is listed but the chip does not have it.',
  },
  'unread.broken': {
    vi: 'Đọc {file} dở dang: {detail}.',
    en: '{file} could not be read to its end: {detail}.',
  },
  'title.active-authentication': {
    vi: 'Xác thực chủ động (AA)',
    en: 'Active Authentication',
  },
  'aa.failed': {
    vi: 'Chip không chứng minh được rằng nó giữ khóa của EF.DG15: {detail}.',
    en: 'The chip did not prove that it holds the key of EF.DG15: {detail}.',
  },
  'aa.refused': {
    vi: 'Chip từ chối xác thực chủ động: {status}.',
    en: 'The chip refused Active Authentication: {status}.',
  },
  'aa.files-only': {
    vi: 'Chỉ có tệp, không có chip, nên xác thực chủ động không thực hiện được.',
    en: 'With files alone and no chip, Active Authentication could not be run.',
  },
  'aa.key-unusable': {
    vi: 'Khóa trong EF.DG15 không dùng được: {detail}.',
    en: 'The key in EF.DG15 cannot be used: {detail}.',
  },
  'title.chip-authentication': { vi: 'Xác thực chip (CA)', en: 'Chip Authentication' },
  'chip-auth.failed': {
    vi: 'Chip không chứng minh được rằng nó giữ khóa của EF.DG14: {detail}.',
    en: 'The chip did not prove that it holds the key of EF.DG14: {detail}.',
  },
  'title.chip-authentication-mapping': {
    vi: 'Xác thực chip trong PACE (PACE-CAM)',
    en: 'Chip Authentication inside PACE',
  },
  'chip-auth.mapping-failed': {
    vi: 'Chip không chứng minh được bằng PACE rằng nó giữ khóa của EF.CardSecurity: {detail}.',
    en: 'The chip did not prove by PACE that it holds the key of EF.CardSecurity: {detail}.',
  },
  'title.cloning': { vi: 'Chống sao chép chip', en: 'Protection against copying' },
  'cloning.none': {
    vi: 'Chip không có khóa riêng (không có AA và CA) nên có thể bị sao chép.',
    en: 'The chip has no key of its own (no AA, no CA), so it can be copied.',
  },
  'title.aa-info': {
    vi: 'EF.DG14 nêu thuật toán của AA',
    en: 'EF.DG14 names the algorithm of Active Authentication',
  },
  'aa.der-encoded': {
    vi: 'Chip chứng minh được khóa của EF.DG15, nhưng chữ ký ở dạng DER thay vì r‖s.',
    en: 'The chip proved the key of EF.DG15, but with a DER signature instead of plain r‖s.',
  },
  'aa-info.not-allowed': {
    vi: 'EF.DG14 nêu thuật toán chữ ký AA không được phép.',
    en: 'EF.DG14 names an algorithm for AA signatures that is not allowed.',
  },
  'aa-info.unknown': {
    vi: 'EF.DG14 nêu thuật toán chữ ký AA không xác định.',
    en: 'EF.DG14 names an unknown algorithm for AA signatures.',
  },
  'aa-info.missing': {
    vi: 'Khóa AA là ECDSA nhưng EF.DG14 không có ActiveAuthenticationInfo.',
    en: 'The AA key is ECDSA, but EF.DG14 has no ActiveAuthenticationInfo.',
  },
} as const;
