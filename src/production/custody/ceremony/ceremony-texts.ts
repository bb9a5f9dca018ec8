import type { CeremonyStep } from './ceremony-plan';

export interface CeremonyText {
  readonly vi: string;
  readonly en: string;
}

type Describe<Do extends CeremonyStep['do']> = (
  step: Extract<CeremonyStep, { readonly do: Do }>,
) => CeremonyText;

/** What each step does, in a few words. */
const STEPS: { readonly [Do in CeremonyStep['do']]: Describe<Do> } = {
  'make-csca': ({ label }) => ({
    vi: `tạo khóa và chứng thư CSCA, nhãn ${label}`,
    en: `the key and certificate of the CSCA are made, label ${label}`,
  }),
  'renew-csca': ({ label }) => ({
    vi: `gia hạn chứng thư CSCA cho khóa ${label}`,
    en: `the CSCA certificate of key ${label} is renewed`,
  }),
  'roll-over-csca': ({ label, rename }) => ({
    vi: `chuyển sang khóa CSCA mới ${label}, kèm chứng thư liên kết${rename ? ' và tên mới' : ''}`,
    en: `the CSCA rolls over to key ${label}, with a link certificate${rename ? ' and a new name' : ''}`,
  }),
  'add-signer': ({ label }) => ({
    vi: `tạo khóa và chứng thư ký tài liệu, nhãn ${label}`,
    en: `the key and certificate of a document signer are made, label ${label}`,
  }),
  'request-signer': ({ label }) => ({
    vi: `tạo khóa ký tài liệu ${label} và yêu cầu cấp chứng thư`,
    en: `the key of document signer ${label} and the request for its certificate are made`,
  }),
  'import-signer': ({ label }) => ({
    vi: `nhận chứng thư do CSCA bên ngoài cấp cho khóa ${label}`,
    en: `the certificate is taken that a CSCA elsewhere issued for key ${label}`,
  }),
  'issue-list-signer': ({ label, kind }) => ({
    vi: `tạo khóa và chứng thư ký danh sách (${kind}), nhãn ${label}`,
    en: `the key and certificate of a signer are made (${kind}), label ${label}`,
  }),
  'make-audit-key': ({ label }) => ({
    vi: `tạo khóa ký nhật ký, nhãn ${label}`,
    en: `the key that signs the audit log is made, label ${label}`,
  }),
  'make-storage-key': ({ label }) => ({
    vi: `tạo khóa niêm phong dữ liệu, nhãn ${label}`,
    en: `the key that seals data at rest is made, label ${label}`,
  }),
  'cut-over': ({ signer }) => ({
    vi: `ngừng dùng DSC ${signer}`,
    en: `the use of DSC ${signer} ends`,
  }),
  'revoke-signer': ({ signer }) => ({
    vi: `thu hồi chứng thư của DSC ${signer}`,
    en: `the certificate of DSC ${signer} is revoked`,
  }),
  'retire-signer': ({ signer }) => ({
    vi: `cho DSC ${signer} nghỉ hẳn`,
    en: `DSC ${signer} is retired for good`,
  }),
  'issue-crl': () => ({
    vi: 'phát hành danh sách thu hồi',
    en: 'the revocation list is issued',
  }),
  'destroy-key': ({ label, purpose }) => ({
    vi: `hủy khóa ${label} (${purpose})`,
    en: `key ${label} (${purpose}) is destroyed`,
  }),
};

export function describeCeremonyStep(step: CeremonyStep): CeremonyText {
  // The table has each description under its own step; the compiler cannot follow that.
  return (STEPS[step.do] as (step: CeremonyStep) => CeremonyText)(step);
}

/** Everything that a ceremony says to the people in the room. */
export const CEREMONY_TEXTS = {
  fileHash: (hash: string): CeremonyText => ({
    vi: `Giá trị băm của tệp kịch bản: ${hash}. So sánh với bản đã được duyệt.`,
    en: `The hash of the ceremony file is ${hash}. Compare it with the one that was reviewed.`,
  }),
  requested: (name: string, proposalId: number): CeremonyText => ({
    vi: `${name} đã đề nghị (đề nghị số ${proposalId}).`,
    en: `${name} has requested it (proposal ${proposalId}).`,
  }),
  confirmed: (name: string): CeremonyText => ({
    vi: `${name} đã xác nhận.`,
    en: `${name} has confirmed.`,
  }),
  begin: (index: number, count: number, step: CeremonyStep): CeremonyText => ({
    vi: `Bước ${index + 1}/${count}: ${describeCeremonyStep(step).vi}.`,
    en: `Step ${index + 1} of ${count}: ${describeCeremonyStep(step).en}.`,
  }),
  done: (index: number, hash: string | undefined): CeremonyText => ({
    vi: `Bước ${index + 1} hoàn thành${hash === undefined ? '' : `, giá trị băm ${hash}`}.`,
    en: `Step ${index + 1} is done${hash === undefined ? '' : `, hash ${hash}`}.`,
  }),
  already: (index: number): CeremonyText => ({
    vi: `Bước ${index + 1} đã hoàn thành từ trước.`,
    en: `Step ${index + 1} was done before.`,
  }),
  resumed: (index: number): CeremonyText => ({
    vi: `Tiếp tục bước ${index + 1}: phần đã làm trước khi gián đoạn được giữ lại và dùng tiếp.`,
    en: `Resumed step ${index + 1}: what was made before the interruption stands and is used.`,
  }),
  rolledBack: (index: number): CeremonyText => ({
    vi: `Quay lui bước ${index + 1}: chưa có gì được làm, bước này bắt đầu lại.`,
    en: `Rolled back step ${index + 1}: nothing had been made; the step begins again.`,
  }),
  resumedOpen: (): CeremonyText => ({
    vi: 'Tiếp tục lễ đã bắt đầu trước đó; các xác nhận và bước đã xong vẫn có hiệu lực.',
    en: 'Resumed a ceremony that was begun before; its confirmations and steps stand.',
  }),
  resumedClosed: (): CeremonyText => ({
    vi: 'Lễ này đã kết thúc trước đó; biên bản được lập lại.',
    en: 'Resumed a ceremony that had come to its end; its transcript is written again.',
  }),
  readBack: (count: number): CeremonyText => ({
    vi: `${count} bước đã được đọc lại và đúng như kịch bản.`,
    en: `${count} steps were read back and are as the ceremony left them.`,
  }),
  closed: (rehearsal: boolean): CeremonyText => ({
    vi: rehearsal
      ? 'Buổi diễn tập kết thúc; các khóa dùng thử bị hủy.'
      : 'Lễ kết thúc. In biên bản và ký tay.',
    en: rehearsal
      ? 'The rehearsal is over; its throw-away keys are gone.'
      : 'The ceremony is over. Print the transcript and sign it by hand.',
  }),
} as const;
