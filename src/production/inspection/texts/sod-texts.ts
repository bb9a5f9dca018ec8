/** EF.SOD: its structure, the hashes, the signature. */
export const SOD_TEXTS = {
  'title.hash': { vi: 'Giá trị băm của nhóm dữ liệu', en: 'Hash of the data group' },
  'hash.differs': {
    vi: 'Giá trị băm của {file} không phải giá trị đã ký.',
    en: 'The hash of {file} is not the signed one.',
  },
  'hash.not-signed': {
    vi: '{file} có trên chip nhưng không có trong EF.SOD.',
    en: '{file} is there but is not in EF.SOD.',
  },
  'hash.file-absent': {
    vi: '{file} có trong EF.SOD nhưng không có tệp.',
    en: '{file} is in EF.SOD but the file is not there.',
  },
  'hash.not-read': {
    vi: '{file} không đọc được nên giá trị băm chưa được kiểm tra.',
    en: '{file} could not be read, so its hash was not checked.',
  },
  'hash.no-sod': {
    vi: 'Không có EF.SOD đọc được nên không có giá trị băm để đối chiếu.',
    en: 'Without a readable EF.SOD there is no hash to compare with.',
  },
  'title.sod-encoding': { vi: 'EF.SOD mã hóa theo DER', en: 'EF.SOD is in DER' },
  'sod.not-der': {
    vi: 'EF.SOD không theo DER: {detail}.',
    en: 'EF.SOD is not in DER: {detail}.',
  },
  'title.sod-structure': { vi: 'Cấu trúc SignedData của EF.SOD', en: 'SignedData of EF.SOD' },
  'sod.version-wrong': {
    vi: 'SignedData ghi phiên bản {found}, phải là {expected}.',
    en: 'SignedData says version {found} where {expected} belongs.',
  },
  'sod.content-type-wrong': {
    vi: 'Nội dung được ký không phải LDSSecurityObject mà là {found}.',
    en: 'What was signed is no LDSSecurityObject but {found}.',
  },
  'sod.signer-count': {
    vi: 'EF.SOD có {found} người ký, nên có đúng một.',
    en: 'EF.SOD has {found} signers; it should have exactly one.',
  },
  'sod.no-signer': { vi: 'EF.SOD không có người ký.', en: 'EF.SOD has no signer.' },
  'sod.has-crls': {
    vi: 'EF.SOD chứa danh sách thu hồi, Doc 9303 khuyến nghị không đưa vào.',
    en: 'EF.SOD carries revocation lists, which Doc 9303 recommends against.',
  },
  'sod.unsigned-attributes': {
    vi: 'EF.SOD có thuộc tính không ký, Doc 9303 khuyến nghị không dùng.',
    en: 'EF.SOD has unsigned attributes, which Doc 9303 recommends against.',
  },
  'title.security-object': {
    vi: 'Quy tắc phiên bản của LDSSecurityObject',
    en: 'Version rules of the LDSSecurityObject',
  },
  'security-object.v1-without-version': {
    vi: 'LDSSecurityObject V1 thiếu ldsVersionInfo.',
    en: 'The LDSSecurityObject is V1 but has no ldsVersionInfo.',
  },
  'security-object.v0-with-version': {
    vi: 'LDSSecurityObject V0 không được có ldsVersionInfo.',
    en: 'The LDSSecurityObject is V0 but has an ldsVersionInfo.',
  },
  'security-object.hash-count': {
    vi: 'LDSSecurityObject có {found} giá trị băm, phải từ 2 đến 16.',
    en: 'The LDSSecurityObject has {found} hashes; 2 to 16 are demanded.',
  },
  'security-object.absent': {
    vi: 'EF.SOD không chứa LDSSecurityObject.',
    en: 'EF.SOD has no LDSSecurityObject inside.',
  },
  'security-object.malformed': {
    vi: 'LDSSecurityObject sai cấu trúc: {detail}.',
    en: 'The LDSSecurityObject is malformed: {detail}.',
  },
  'title.digest-algorithm': { vi: 'Thuật toán băm', en: 'Hash algorithms' },
  'digest.not-allowed': {
    vi: '{where} dùng {algorithm}, Doc 9303-12 không cho phép.',
    en: '{where} uses {algorithm}, which Doc 9303-12 does not allow.',
  },
  'digest.outdated': {
    vi: '{where} dùng {algorithm}, nay không còn được phép cho giấy tờ mới.',
    en: '{where} uses {algorithm}, no longer allowed for new documents.',
  },
  'digest.not-listed': {
    vi: 'Thuật toán băm của người ký không có trong digestAlgorithms của SignedData.',
    en: "The signer's hash algorithm is not among the digestAlgorithms of SignedData.",
  },
  'digest.null-parameters': {
    vi: 'Thuật toán băm ghi tham số NULL, Doc 9303-10 yêu cầu bỏ trống.',
    en: 'A hash algorithm carries NULL parameters, which Doc 9303-10 wants left out.',
  },
  'title.signed-attributes': { vi: 'Thuộc tính được ký', en: 'Signed attributes' },
  'signed-attributes.absent': {
    vi: 'EF.SOD thiếu thuộc tính được ký.',
    en: 'EF.SOD has no signed attributes.',
  },
  'signed-attributes.missing': {
    vi: 'Thuộc tính được ký {attribute} bị thiếu.',
    en: 'The signed attribute {attribute} is missing.',
  },
  'signed-attributes.content-type': {
    vi: 'Thuộc tính contentType sai: {detail}.',
    en: 'The attribute contentType is wrong: {detail}.',
  },
  'title.message-digest': {
    vi: 'Chữ ký bao trùm danh sách giá trị băm',
    en: 'The signature covers the list of hashes',
  },
  'message-digest.differs': {
    vi: 'Danh sách giá trị băm trong EF.SOD đã bị thay đổi sau khi ký: {detail}.',
    en: 'The list of hashes in EF.SOD was changed after signing: {detail}.',
  },
  'signed-attributes.order': {
    vi: 'Các thuộc tính được ký không xếp theo thứ tự DER.',
    en: 'The signed attributes are not in DER order.',
  },
  'title.signer-identifier': { vi: 'Định danh người ký', en: 'Signer identifier' },
  'signer.version': {
    vi: 'SignerInfo ghi phiên bản {found}, với {form} phải là {expected}.',
    en: 'SignerInfo says version {found}; with {form} it must be {expected}.',
  },
  'signer.no-match': {
    vi: 'Không có chứng thư nào trong EF.SOD khớp với định danh người ký.',
    en: 'No certificate in EF.SOD is the one that the signer identifier names.',
  },
  'title.dsc-present': { vi: 'Chứng thư ký (DSC) trong EF.SOD', en: 'The DSC is in EF.SOD' },
  'dsc.absent': {
    vi: 'EF.SOD không chứa chứng thư ký (DSC).',
    en: 'EF.SOD holds no document-signer certificate.',
  },
  'dsc.absent-v0': {
    vi: 'EF.SOD V0 không chứa chứng thư ký (DSC); chứng thư được lấy từ kho tin cậy.',
    en: 'EF.SOD is V0 and holds no document-signer certificate; it was taken from the trust store.',
  },
  'dsc.several': {
    vi: 'EF.SOD chứa {found} chứng thư, chỉ cần chứng thư ký.',
    en: 'EF.SOD holds {found} certificates; only the document signer belongs there.',
  },
  'dsc.malformed': {
    vi: 'Chứng thư ký (DSC) sai cấu trúc: {detail}.',
    en: 'The document-signer certificate is malformed: {detail}.',
  },
  'title.signature': { vi: 'Chữ ký của EF.SOD', en: 'Signature of EF.SOD' },
  'signature.wrong': {
    vi: 'Chữ ký của EF.SOD sai: {detail}.',
    en: 'The signature of EF.SOD is wrong: {detail}.',
  },
  'signature.no-key': {
    vi: 'Không có chứng thư ký nên không kiểm tra được chữ ký của EF.SOD.',
    en: 'Without a document-signer certificate the signature of EF.SOD cannot be verified.',
  },
  'signature.plain-ecdsa': {
    vi: 'Chữ ký ECDSA đúng nhưng ghi dạng r‖s thay vì DER.',
    en: 'The ECDSA signature is right but written as plain r‖s instead of DER.',
  },
  'sod.trailing': {
    vi: 'Có byte thừa sau SignedData trong EF.SOD.',
    en: 'Bytes follow behind the SignedData inside EF.SOD.',
  },
  'sod.unreadable': {
    vi: 'EF.SOD sai cấu trúc: {detail}.',
    en: 'EF.SOD is malformed: {detail}.',
  },
} as const;
