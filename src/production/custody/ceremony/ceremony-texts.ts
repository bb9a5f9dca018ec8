import type { CeremonyStep } from './ceremony-file';

export interface CeremonyText {
  readonly vi: string;
  readonly en: string;
}

const MADE = {
  csca: { vi: 'khóa và chứng thư CSCA', en: 'the key and certificate of the CSCA' },
  'document-signer': {
    vi: 'khóa và chứng thư ký tài liệu',
    en: 'the key and certificate of a document signer',
  },
  'audit-key': { vi: 'khóa ký nhật ký', en: 'the key that signs the audit log' },
  'storage-key': { vi: 'khóa niêm phong dữ liệu', en: 'the key that seals data at rest' },
} as const satisfies Record<CeremonyStep['make'], CeremonyText>;

/** Everything that a ceremony says to the people in the room. */
export const CEREMONY_TEXTS = {
  fileHash: (hash: string): CeremonyText => ({
    vi: `Giá trị băm của tệp kịch bản: ${hash}. So sánh với bản đã được duyệt.`,
    en: `The hash of the ceremony file is ${hash}. Compare it with the one that was reviewed.`,
  }),
  confirmed: (name: string): CeremonyText => ({
    vi: `${name} đã xác nhận.`,
    en: `${name} has confirmed.`,
  }),
  begin: (index: number, count: number, step: CeremonyStep): CeremonyText => ({
    vi: `Bước ${index + 1}/${count}: tạo ${MADE[step.make].vi}, nhãn ${step.label}.`,
    en: `Step ${index + 1} of ${count}: ${MADE[step.make].en} is made, label ${step.label}.`,
  }),
  done: (index: number, hash: string | undefined): CeremonyText => ({
    vi: `Bước ${index + 1} hoàn thành${hash === undefined ? '' : `, giá trị băm ${hash}`}.`,
    en: `Step ${index + 1} is done${hash === undefined ? '' : `, hash ${hash}`}.`,
  }),
  already: (index: number): CeremonyText => ({
    vi: `Bước ${index + 1} đã hoàn thành từ trước.`,
    en: `Step ${index + 1} was done before.`,
  }),
  resumed: (index: number, label: string): CeremonyText => ({
    vi: `Tiếp tục bước ${index + 1}: khóa ${label} đã được tạo trước khi gián đoạn và được dùng tiếp.`,
    en: `Resumed at step ${index + 1}: key ${label} was made before the interruption and is used.`,
  }),
  rolledBack: (index: number, label: string): CeremonyText => ({
    vi: `Quay lui bước ${index + 1}: khóa ${label} chưa được tạo, bước này bắt đầu lại.`,
    en: `Rolled back step ${index + 1}: key ${label} had not been made; the step begins again.`,
  }),
  resumedOpen: (): CeremonyText => ({
    vi: 'Tiếp tục lễ đã bắt đầu trước đó; các xác nhận và bước đã xong vẫn có hiệu lực.',
    en: 'Resumed a ceremony that was begun before; its confirmations and steps stand.',
  }),
  readBack: (count: number): CeremonyText => ({
    vi: `${count} khóa đã được đọc lại từ HSM và khớp với chứng thư.`,
    en: `${count} keys were read back from the HSM and are those of the certificates.`,
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
