import type { PersoScript, PersoStep } from '../document/perso-script';

export type Language = 'vi' | 'en';

const WORDS = {
  vi: {
    head: (product: string, chip: string, count: number) =>
      `${product} trên ${chip}: ${count} lệnh`,
    commands: (count: number) => `${count} lệnh`,
    secret: 'có dữ liệu mật',
    readBack: 'Đọc lại chip và kiểm tra; chỉ khóa khi mọi thứ đều đúng',
  },
  en: {
    head: (product: string, chip: string, count: number) =>
      `${product} on ${chip}: ${count} ${count === 1 ? 'command' : 'commands'}`,
    commands: (count: number) => `${count} ${count === 1 ? 'command' : 'commands'}`,
    secret: 'carries a secret',
    readBack: 'Read the chip back and judge it; lock it only when everything is right',
  },
} as const;

/** A script in plain words, one line a step, numbered in the order in which they are done. */
export function explainScript(script: PersoScript, language: Language): readonly string[] {
  const words = WORDS[language];
  const total = script.steps.reduce((sum, { commands }) => sum + commands.length, 0);
  const describe = ({ title, commands, secret }: PersoStep): string => {
    const notes = [
      ...(commands.length > 1 ? [words.commands(commands.length)] : []),
      ...(secret ? [words.secret] : []),
    ];
    return `${title[language]}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
  };
  const inPhase = (phase: PersoStep['phase']): readonly string[] =>
    script.steps.filter((step) => step.phase === phase).map(describe);
  return [
    words.head(script.product, script.chip, total),
    ...[...inPhase('write'), words.readBack, ...inPhase('lock')].map(
      (line, index) => `${String(index + 1).padStart(3)}. ${line}`,
    ),
  ];
}
