/** Biometric samples and displayed pictures, and the files of the master file. */
export const BIOMETRIC_TEXTS = {
  'title.face-template': {
    vi: 'Tiêu đề sinh trắc của khuôn mặt',
    en: 'The biometric header of the face',
  },
  'title.fingers': { vi: 'Vân tay trong EF.DG3', en: 'The fingerprints in EF.DG3' },
  'title.irises': { vi: 'Mống mắt trong EF.DG4', en: 'The irises in EF.DG4' },
  'template.owner': {
    vi: '{file}: chủ sở hữu định dạng là {found}, phải là {expected}.',
    en: '{file} names format owner {found} where {expected} belongs.',
  },
  'template.format': {
    vi: '{file}: loại định dạng {found} không khớp với bản ghi, phải là {expected}.',
    en: '{file} names format type {found}, but its record is of type {expected}.',
  },
  'template.kind': {
    vi: '{file}: loại sinh trắc là {found}, phải là {expected}.',
    en: '{file} names biometric type {found} where {expected} belongs.',
  },
  'template.no-subtype': {
    vi: '{file}: mẫu {sample} thiếu loại con (ngón tay nào).',
    en: '{file}: sample {sample} has no biometric subtype that says which finger.',
  },
  'template.subtype': {
    vi: '{file}: loại con của mẫu {sample} không đúng: {detail}.',
    en: '{file}: the biometric subtype of sample {sample} is wrong: {detail}.',
  },
  'template.record': {
    vi: '{file}: bản ghi của mẫu {sample} không đọc được: {detail}.',
    en: '{file}: the record of sample {sample} cannot be read: {detail}.',
  },
  'template.position': {
    vi: '{file}: mẫu {sample} ghi ngón tay này trong tiêu đề và ngón khác trong bản ghi.',
    en: '{file}: sample {sample} names one finger in its header and another in its record.',
  },
  'template.picture': {
    vi: '{file}: ảnh của mẫu {sample} không giải mã được: {detail}.',
    en: '{file}: the picture of sample {sample} cannot be decoded: {detail}.',
  },
  'template.twice': {
    vi: '{file} có hai mẫu của cùng một ngón tay hoặc mắt.',
    en: '{file} has two samples of the same finger or eye.',
  },
  'template.empty': {
    vi: '{file} không có mẫu và không có nội dung ngẫu nhiên (thẻ 53): giá trị băm của nó sẽ tiết lộ điều đó.',
    en: '{file} has no sample and no random content in tag 53, so that its hash gives that away.',
  },
  'title.displayed-pictures': {
    vi: 'Ảnh hiển thị trong EF.DG5 và EF.DG7',
    en: 'The displayed pictures in EF.DG5 and EF.DG7',
  },
  'displayed.none': { vi: '{file} không có ảnh nào.', en: '{file} has no picture.' },
  'title.persons': { vi: 'Người cần báo tin trong EF.DG16', en: 'The persons in EF.DG16' },
  'persons.date': {
    vi: 'EF.DG16: ngày ghi của người thứ {person} không phải là một ngày.',
    en: 'EF.DG16: the date of person {person} is no date.',
  },
  'title.directory': { vi: 'EF.DIR nêu ứng dụng eMRTD', en: 'EF.DIR names the eMRTD application' },
  'directory.absent': {
    vi: 'EF.DIR không nêu ứng dụng eMRTD A0000002471001.',
    en: 'EF.DIR does not name the eMRTD application A0000002471001.',
  },
  'title.atr-info': { vi: 'Độ dài trong EF.ATR/INFO', en: 'The lengths in EF.ATR/INFO' },
  'atr-info.no-lengths': {
    vi: 'EF.ATR/INFO hứa có độ dài tối đa (7F66) nhưng không có.',
    en: 'EF.ATR/INFO promises the longest lengths in 7F66 and does not have them.',
  },
  'atr-info.short': {
    vi: 'EF.ATR/INFO: độ dài tối đa {found} ngắn hơn một lệnh thường.',
    en: 'EF.ATR/INFO: a longest length of {found} is shorter than any plain command.',
  },
  'finger.right-thumb': { vi: 'ngón cái phải', en: 'right thumb' },
  'finger.right-index': { vi: 'ngón trỏ phải', en: 'right index finger' },
  'finger.right-middle': { vi: 'ngón giữa phải', en: 'right middle finger' },
  'finger.right-ring': { vi: 'ngón áp út phải', en: 'right ring finger' },
  'finger.right-little': { vi: 'ngón út phải', en: 'right little finger' },
  'finger.left-thumb': { vi: 'ngón cái trái', en: 'left thumb' },
  'finger.left-index': { vi: 'ngón trỏ trái', en: 'left index finger' },
  'finger.left-middle': { vi: 'ngón giữa trái', en: 'left middle finger' },
  'finger.left-ring': { vi: 'ngón áp út trái', en: 'left ring finger' },
  'finger.left-little': { vi: 'ngón út trái', en: 'left little finger' },
  'eye.right': { vi: 'mắt phải', en: 'right eye' },
  'eye.left': { vi: 'mắt trái', en: 'left eye' },
} as const;
