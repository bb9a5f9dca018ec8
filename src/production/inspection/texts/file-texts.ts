/** The files by themselves, how they agree, and the comparison with what was meant. */
export const FILE_TEXTS = {
  'title.well-formed': { vi: 'Cấu trúc tệp', en: 'The file is well-formed' },
  'file.truncated': {
    vi: '{file} bị cắt cụt: thẻ độ dài ghi {said} byte, chỉ có {there} byte.',
    en: '{file} is truncated: its length says {said} bytes, {there} are there.',
  },
  'file.trailing': {
    vi: '{file} có {extra} byte thừa sau khi kết thúc.',
    en: '{file} has {extra} byte(s) after its end.',
  },
  'file.wrong-tag': {
    vi: '{file} bắt đầu bằng thẻ {found}, phải là {expected}.',
    en: '{file} begins with tag {found} where {expected} belongs.',
  },
  'file.empty': { vi: '{file} rỗng.', en: '{file} is empty.' },
  'file.malformed': {
    vi: '{file} sai cấu trúc: {detail}.',
    en: '{file} is malformed: {detail}.',
  },
  'file.unknown': {
    vi: '{file} không phải tệp của LDS.',
    en: '{file} is no file of the LDS.',
  },
  'title.required-files': { vi: 'Các tệp bắt buộc', en: 'The required files are there' },
  'file.missing': { vi: 'Thiếu tệp bắt buộc {file}.', en: 'The required file {file} is missing.' },

  'title.com-version': { vi: 'Phiên bản trong EF.COM', en: 'Versions in EF.COM' },
  'com.version-unknown': {
    vi: 'EF.COM ghi phiên bản LDS {found}, không có trong Doc 9303.',
    en: 'EF.COM says LDS version {found}, which Doc 9303 does not know.',
  },
  'com.version-differs': {
    vi: 'EF.COM ghi phiên bản LDS {com}, EF.SOD ký phiên bản {sod}.',
    en: 'EF.COM says LDS version {com}, EF.SOD has signed {sod}.',
  },
  'com.unicode-differs': {
    vi: 'EF.COM ghi phiên bản Unicode {com}, EF.SOD ký phiên bản {sod}.',
    en: 'EF.COM says Unicode version {com}, EF.SOD has signed {sod}.',
  },
  'title.com-sod': {
    vi: 'EF.COM khớp với EF.SOD',
    en: 'EF.COM lists the groups that EF.SOD has signed',
  },
  'com.lists-unsigned': {
    vi: 'EF.COM liệt kê {groups} không có trong EF.SOD.',
    en: 'EF.COM lists {groups}, which EF.SOD does not have.',
  },
  'com.omits-signed': {
    vi: 'EF.COM bỏ sót {groups} có trong EF.SOD.',
    en: 'EF.COM omits {groups}, which EF.SOD has signed.',
  },
  'com.lists-other': {
    vi: 'EF.COM liệt kê {extra} không có trong EF.SOD và bỏ sót {omitted}.',
    en: 'EF.COM lists {extra}, which EF.SOD does not have, and omits {omitted}.',
  },
  'com.lists-twice': {
    vi: 'EF.COM liệt kê một nhóm dữ liệu hai lần.',
    en: 'EF.COM lists a data group twice.',
  },
  'title.com-files': {
    vi: 'EF.COM khớp với các tệp có trên chip',
    en: 'EF.COM lists the groups that are there',
  },
  'com.lists-absent': {
    vi: 'EF.COM liệt kê {groups} nhưng không có tệp.',
    en: 'EF.COM lists {groups}, but the file is not there.',
  },
  'com.omits-present': {
    vi: 'EF.COM không liệt kê {groups} đang có trên chip.',
    en: 'EF.COM does not list {groups}, which is there.',
  },

  'title.mrz-check-digits': { vi: 'Số kiểm tra của MRZ', en: 'Check digits of the MRZ' },
  'mrz.check-digit-wrong': {
    vi: 'Số kiểm tra của {field} trong MRZ sai.',
    en: 'The check digit of {field} in the MRZ is wrong.',
  },
  'title.mrz-fields': { vi: 'Nội dung MRZ', en: 'Fields of the MRZ' },
  'mrz.field-wrong': { vi: 'MRZ sai: {detail}.', en: 'The MRZ is not right: {detail}.' },
  'title.mrz-expiry': { vi: 'Thời hạn của giấy tờ', en: 'The document is in date' },
  'mrz.expired': {
    vi: 'Giấy tờ đã hết hạn vào thời điểm kiểm tra.',
    en: 'The document has expired at the time of the inspection.',
  },

  'title.picture': { vi: 'Ảnh khuôn mặt', en: 'The portrait can be decoded' },
  'picture.unreadable': {
    vi: 'Ảnh trong {file} không giải mã được: {detail}.',
    en: 'The picture in {file} cannot be decoded: {detail}.',
  },
  'picture.size-differs': {
    vi: 'Bản ghi khuôn mặt ghi kích thước {said}, ảnh thật là {there}.',
    en: 'The face record says {said}, the picture itself is {there}.',
  },
  'picture.format-differs': {
    vi: 'Bản ghi khuôn mặt ghi định dạng {said}, ảnh thật là {there}.',
    en: 'The face record says {said}, the picture itself is {there}.',
  },

  'title.tag-list': { vi: 'Danh sách thẻ của tệp', en: 'The tag list names what is there' },
  'tag-list.unlisted': {
    vi: '{file} có {field} nhưng không liệt kê trong danh sách thẻ.',
    en: '{file} has {field} but does not name it in its tag list.',
  },
  'tag-list.absent': {
    vi: 'Danh sách thẻ của {file} nêu mục không có trong tệp.',
    en: 'The tag list of {file} names something that is not there.',
  },

  'title.holder-agrees': {
    vi: 'Các tệp nói cùng một người',
    en: 'The files speak of the same document',
  },
  'holder.differs': {
    vi: '{field} trong {file} không khớp với MRZ của EF.DG1.',
    en: '{field} in {file} does not agree with the MRZ in EF.DG1.',
  },

  'title.card-access': {
    vi: 'EF.CardAccess được lặp lại trong EF.DG14',
    en: 'EF.CardAccess is repeated in EF.DG14',
  },
  'title.security-infos': {
    vi: 'Các SecurityInfo hợp lệ',
    en: 'The SecurityInfos are known ones',
  },
  'security-infos.variant': {
    vi: '{file} nêu {found}, không phải biến thể nào của giao thức.',
    en: '{file} names {found}, which is no variant of its protocol.',
  },
  'security-infos.version': {
    vi: '{file}: {info} ghi phiên bản {found}, phải là {expected}.',
    en: '{file}: {info} says version {found} where {expected} belongs.',
  },
  'card-access.not-in-dg14': {
    vi: 'EF.CardAccess có {infos} nhưng EF.DG14 không có như vậy.',
    en: 'EF.CardAccess has {infos}, which EF.DG14 does not repeat.',
  },
  'card-access.no-dg14': {
    vi: 'Có EF.CardAccess nhưng không có EF.DG14 để đối chiếu.',
    en: 'There is an EF.CardAccess but no EF.DG14 that repeats it.',
  },
  'title.pace-downgrade': {
    vi: 'EF.CardAccess nêu đủ các biến thể PACE đã ký',
    en: 'EF.CardAccess offers every PACE variant that is signed',
  },
  'pace-downgrade.lost': {
    vi: '{file} đã ký {infos} nhưng EF.CardAccess không nêu.',
    en: '{file} signs {infos}, which EF.CardAccess does not offer.',
  },
  'pace-downgrade.no-card-access': {
    vi: '{file} đã ký nội dung của EF.CardAccess nhưng không có tệp đó.',
    en: '{file} signs what EF.CardAccess offers, but that file is not there.',
  },
  'title.card-security': {
    vi: 'EF.CardSecurity khớp với EF.CardAccess',
    en: 'EF.CardSecurity repeats EF.CardAccess',
  },
  'card-security.signature': {
    vi: 'Chữ ký của EF.CardSecurity sai: {detail}.',
    en: 'The signature of EF.CardSecurity is wrong: {detail}.',
  },
  'card-security.no-issuer': {
    vi: 'Không có CSCA nào được cung cấp đã cấp chứng thư ký của EF.CardSecurity.',
    en: 'No given CSCA issued the signer of EF.CardSecurity.',
  },
  'card-security.differs': {
    vi: 'EF.CardAccess có {infos} nhưng EF.CardSecurity không có như vậy.',
    en: 'EF.CardAccess has {infos}, which EF.CardSecurity does not repeat.',
  },

  'title.compare-file': { vi: 'Giống tệp định ghi', en: 'The file is the one that was meant' },
  'compare.missing': {
    vi: '{file} phải có trên chip nhưng không thấy.',
    en: '{file} was meant to be there and is not.',
  },
  'compare.unexpected': {
    vi: '{file} có trên chip nhưng không định ghi.',
    en: '{file} is there and was not meant to be.',
  },
  'compare.not-read': {
    vi: '{file} không đọc được nên không so sánh được.',
    en: '{file} could not be read, so it was not compared.',
  },
  'compare.trust-moved': {
    vi: 'Chip đã nhận chứng thư liên kết: EF.CVCA nêu CVCA mới hơn.',
    en: 'The chip has taken a link certificate: EF.CVCA names a newer CVCA.',
  },
  'compare.differs': {
    vi: '{file} khác tệp định ghi: {field}.',
    en: '{file} is not the file that was meant: {field} differs.',
  },
  'compare.differs-bytes': {
    vi: '{file} khác tệp định ghi từ byte {offset}.',
    en: '{file} is not the file that was meant: it differs from byte {offset} on.',
  },
} as const;
