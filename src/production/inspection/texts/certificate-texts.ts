/** The chain from document signer to CSCA, and what the certificates say. */
export const CERTIFICATE_TEXTS = {
  'title.dsc-chain': {
    vi: 'Chứng thư ký (DSC) do CSCA tin cậy cấp',
    en: 'The DSC was issued by a trusted CSCA',
  },
  'chain.no-trust': {
    vi: 'Không có chứng thư CSCA nào được cung cấp nên không biết ai đã cấp chứng thư ký.',
    en: 'No CSCA certificate was given, so nothing says who issued the document signer.',
  },
  'chain.no-issuer': {
    vi: 'Không có CSCA nào được cung cấp đã cấp chứng thư ký này.',
    en: 'No given CSCA issued this document signer.',
  },
  'chain.other-key': {
    vi: 'Không có CSCA nào được cung cấp đã cấp chứng thư ký này: CSCA được cung cấp đúng tên nhưng khác khóa.',
    en: 'No given CSCA issued this document signer: the given CSCA has the right name but another key.',
  },
  'chain.altered': {
    vi: 'Chữ ký trên chứng thư ký (DSC) sai: chứng thư đã bị thay đổi sau khi CSCA ký.',
    en: 'The signature on the document-signer certificate is wrong: it was altered after the CSCA signed it.',
  },
  'chain.name-differs': {
    vi: 'CSCA đã cấp chứng thư ký nhưng tên của nó khác tên bên cấp ghi trong DSC.',
    en: 'The CSCA issued the document signer, but its name is not the issuer name in the DSC.',
  },
  'chain.no-dsc': {
    vi: 'Không có chứng thư ký để kiểm tra.',
    en: 'There is no document-signer certificate to check.',
  },
  'chain.csca-unreadable': {
    vi: 'Một chứng thư CSCA được cung cấp sai cấu trúc: {detail}.',
    en: 'A given CSCA certificate is malformed: {detail}.',
  },
  'chain.stranger': {
    vi: 'Master list do {signer} ký, không có CSCA nào được cung cấp riêng đã cấp chứng thư của người ký này; danh sách được tin theo lời người cung cấp.',
    en: 'A master list is signed by {signer}, whom no CSCA that was given by itself has issued; the list is believed on the word of whoever gave it.',
  },
  'title.dsc-validity': { vi: 'Thời hạn của DSC', en: 'The DSC is in date' },
  'title.csca-validity': { vi: 'Thời hạn của CSCA', en: 'The CSCA is in date' },
  'validity.expired': {
    vi: '{certificate} đã hết hạn vào {bound}.',
    en: 'The {certificate} expired on {bound}.',
  },
  'validity.not-yet': {
    vi: '{certificate} chỉ có hiệu lực từ {bound}.',
    en: 'The {certificate} is valid only from {bound} on.',
  },
  'title.key-period': {
    vi: 'Thời gian dùng khóa ký',
    en: 'The signing key was used in its period',
  },
  'key-period.before': {
    vi: 'Giấy tờ cấp ngày {date}, trước khi khóa ký được phép dùng ({bound}).',
    en: 'The document was issued on {date}, before its signing key might be used ({bound}).',
  },
  'key-period.after': {
    vi: 'Giấy tờ cấp ngày {date}, sau khi khóa ký hết thời gian dùng ({bound}).',
    en: 'The document was issued on {date}, after the last day of use of its signing key ({bound}).',
  },
  'key-period.absent': {
    vi: 'DSC không có privateKeyUsagePeriod.',
    en: 'The DSC has no privateKeyUsagePeriod.',
  },
  'key-period.no-date': {
    vi: 'Không biết ngày cấp hay thời điểm ký nên không đối chiếu được.',
    en: 'Neither date of issue nor signing time is known, so it cannot be compared.',
  },
  'title.dsc-key-usage': { vi: 'keyUsage của DSC', en: 'keyUsage of the DSC' },
  'title.csca-key-usage': { vi: 'keyUsage của CSCA', en: 'keyUsage of the CSCA' },
  'key-usage.absent': {
    vi: '{certificate} không có keyUsage.',
    en: 'The {certificate} has no keyUsage.',
  },
  'key-usage.wrong': {
    vi: '{certificate} có keyUsage {found}, phải là {expected}.',
    en: 'The {certificate} has keyUsage {found} where {expected} belongs.',
  },
  'key-usage.not-critical': {
    vi: 'keyUsage của {certificate} phải là critical.',
    en: 'keyUsage of the {certificate} must be critical.',
  },
  'title.country': {
    vi: 'Quốc gia trong DSC, CSCA và MRZ',
    en: 'Country in DSC, CSCA and MRZ',
  },
  'country.dsc-csca': {
    vi: 'DSC ghi quốc gia {dsc}, CSCA ghi {csca}.',
    en: 'The DSC says country {dsc}, the CSCA {csca}.',
  },
  'country.dsc-issuer': {
    vi: 'DSC ghi quốc gia {subject}, nhưng tên bên cấp ghi {issuer}.',
    en: 'The DSC says country {subject}, but its issuer name says {issuer}.',
  },
  'country.locality': {
    vi: 'Tên thay thế của DSC ghi {dsc}, MRZ ghi {mrz}.',
    en: 'The alternative name of the DSC names {dsc}, the MRZ {mrz}.',
  },
  'country.mrz': {
    vi: 'MRZ ghi nước cấp {mrz}, DSC ghi quốc gia {dsc}.',
    en: 'The MRZ says issuing state {mrz}, the DSC country {dsc}.',
  },
  'country.absent': {
    vi: '{certificate} không ghi quốc gia.',
    en: 'The {certificate} names no country.',
  },
  'title.key-identifier': {
    vi: 'DSC chỉ đúng khóa CSCA',
    en: 'The DSC names the key that signed it',
  },
  'key-identifier.differs': {
    vi: 'DSC chỉ một khóa CSCA khác với khóa đã ký nó.',
    en: 'The DSC names another CSCA key than the one that signed it.',
  },
  'title.dsc-profile': { vi: 'Hồ sơ chứng thư ký (DSC)', en: 'Profile of the DSC' },
  'title.csca-profile': { vi: 'Hồ sơ chứng thư CSCA', en: 'Profile of the CSCA' },
  'profile.fault': { vi: '{certificate} {fault}.', en: 'The {certificate} {fault}.' },
  'title.document-type': {
    vi: 'Loại giấy tờ mà DSC được ký',
    en: 'The DSC may sign this type of document',
  },
  'document-type.not-listed': {
    vi: 'DSC chỉ được ký loại {listed}, MRZ ghi loại {found}.',
    en: 'The DSC may sign {listed} only, the MRZ says {found}.',
  },
  'document-type.absent': {
    vi: 'DSC không có documentTypeList.',
    en: 'The DSC has no documentTypeList.',
  },
  'title.csca-constraints': { vi: 'basicConstraints của CSCA', en: 'basicConstraints of the CSCA' },
  'constraints.absent': {
    vi: 'CSCA không có basicConstraints.',
    en: 'The CSCA has no basicConstraints.',
  },
  'constraints.no-ca': {
    vi: 'CSCA không được phép cấp chứng thư (cA sai).',
    en: 'The CSCA may not issue certificates: cA is false.',
  },
  'constraints.path-length': {
    vi: 'pathLenConstraint của CSCA phải là 0.',
    en: 'pathLenConstraint of the CSCA must be 0.',
  },
  'title.csca-self-signed': { vi: 'Chữ ký của chính CSCA', en: 'The CSCA signed itself' },
  'self-signed.wrong': {
    vi: 'Chữ ký của CSCA trên chính nó không đúng.',
    en: "The CSCA's signature on itself does not verify.",
  },
  'title.revocation': { vi: 'DSC chưa bị thu hồi', en: 'The DSC is not revoked' },
  'revocation.revoked': {
    vi: 'Chứng thư ký đã bị thu hồi vào {date}.',
    en: 'The document signer was revoked on {date}.',
  },
  'revocation.no-crl': {
    vi: 'Không có danh sách thu hồi (CRL) nên chưa kiểm tra.',
    en: 'No revocation list was given, so it was not checked.',
  },
  'revocation.crl-invalid': {
    vi: 'Không có danh sách thu hồi nào do CSCA này ký.',
    en: 'No given revocation list is signed by this CSCA.',
  },
  'revocation.crl-unreadable': {
    vi: 'Một danh sách thu hồi được cung cấp sai cấu trúc: {detail}.',
    en: 'A given revocation list is malformed: {detail}.',
  },
  'revocation.crl-outdated': {
    vi: 'Danh sách thu hồi đã quá hạn từ {date}.',
    en: 'The revocation list is out of date since {date}.',
  },
} as const;
