import Table from 'cli-table3';
import type { CardOutcome } from '../../production/line';
import type { Terminal } from '../terminal';
import { describeWarnings } from '../warning-lines';
import { cardFolder } from './demo-artefacts';
import type { DemoResult } from './demo-result';
import type { SignerAccount } from './demo-signers';

/** The account at the end: every record, every card, and that the blanks add up. */
export function printClosing(terminal: Terminal, result: DemoResult, out: string): void {
  const { outcomes, pulled, balance, warnings, signers } = result;
  const table = new Table({
    head: ['document', 'card (chip serial)', 'outcome', 'what was found'],
    style: { head: [], border: [] },
    colWidths: [10, 28, 10, 64],
    wordWrap: true,
  });
  for (const one of outcomes) table.push(row(one));
  for (const { recordId = 'unknown', code, reasons } of pulled.refused) {
    table.push(['—', 'none', 'refused', `record ${recordId}: ${code}: ${reasons.join('; ')}`]);
  }
  const { cards } = balance;
  const left = cards.received + cards['in-vault'] + cards.issued;
  const total = Object.values(cards).reduce((sum, count) => sum + count, 0);
  terminal.print(table.toString());
  terminal.print(
    `${total} blanks = ${cards.good} good + ${cards.spoiled} spoiled + ${left} left; ` +
      (balance.discrepancies.length === 0 ? 'every card is accounted for' : 'THEY DO NOT ADD UP'),
  );
  for (const language of ['en', 'vi'] as const) {
    for (const line of describeWarnings(warnings, language)) terminal.print(line);
  }
  terminal.print(
    `document signers: ${signers.map(describeSigner).join('; ')}; each counted before it signed`,
  );
  const first = outcomes.find(({ outcome }) => outcome === 'released');
  terminal.print('');
  terminal.print(`Look next at ${out}/summary.json`);
  if (first !== undefined) {
    const folder = `${out}/${cardFolder(first)}`;
    terminal.print(
      `  ${folder}/inspection.html   what was read back from the chip, and the verdict`,
    );
    terminal.print(`  ${folder}/face/front.png    the printed card`);
    terminal.print(
      `  scripts/persoline card inspect --files ${folder}/lds --csca ${out}/trust/CSCA.cer`,
    );
  }
}

function describeSigner({ number, state, counted }: SignerAccount): string {
  const end = state === 'cut-over' ? ' and gave way' : '';
  return `DSC ${number} signed ${counted}${end}`;
}

function row(one: CardOutcome): string[] {
  const document = String(one.documentId);
  switch (one.outcome) {
    case 'released':
      return [document, one.chipSerial, 'released', one.report.sentence.en];
    case 'spoiled':
      return [
        document,
        one.chipSerial,
        'spoiled',
        `${one.error.code}: ${[one.error.place, ...one.error.reasons].join('; ')}; made again`,
      ];
    default:
      return [document, 'none', one.outcome, `${one.error.code}: ${one.error.reasons.join('; ')}`];
  }
}
