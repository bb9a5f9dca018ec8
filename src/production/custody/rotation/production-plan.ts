import { ProductionError } from '../../errors';
import { formatProblem, type ProfileProblem } from '../../profile/profile-problem';
import { readYaml, type Complaint, type YamlPath } from '../../profile/read-yaml';
import { compileSchema, listSchemaProblems } from '../../profile/schema-check';
import { integer, listOf, objectOf, oneOf, setOf, textLike } from '../../profile/schema-parts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** How many documents are to be signed, day by day. */
export interface ProductionPlan {
  /** Signatures on an ordinary working day. */
  readonly perDay: number;
  /** Every day of the week by default. */
  readonly workingDays?: readonly (typeof WEEKDAYS)[number][];
  /** Days without production, as 2026-04-30. */
  readonly holidays?: readonly string[];
  /** From the first day to the last, another number a day, on holidays and off days too. */
  readonly campaigns?: readonly {
    readonly first: string;
    readonly last: string;
    readonly perDay: number;
  }[];
  /** Where midnight is, as +07:00; UTC by default. */
  readonly utcOffset?: string;
}

const day = textLike('^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', 'a day as 2026-04-30');
const perDay = integer(0, 10_000_000);

const check = compileSchema<ProductionPlan>({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Persoline production plan',
  ...objectOf(
    {
      perDay,
      workingDays: setOf(oneOf(WEEKDAYS), { min: 1, max: 7 }),
      holidays: setOf(day, { max: 2000 }),
      campaigns: listOf(objectOf({ first: day, last: day, perDay }), { max: 200 }),
      utcOffset: textLike('^[+-](0\\d|1[0-4]):[0-5]\\d$', 'an offset as +07:00, in quotes'),
    },
    ['workingDays', 'holidays', 'campaigns', 'utcOffset'],
  ),
});

/** The same number every day. */
export function evenPlan(perDay: number): ProductionPlan {
  return { perDay };
}

/**
 * Reads a plan of production strictly.
 *
 * @param file its name, as it is to stand in messages
 * @throws ProductionError `INPUT_MALFORMED` with everything that is wrong, each with its line.
 */
export function parseProductionPlan(text: string, file: string): ProductionPlan {
  const source = readYaml({ text, file });
  const { data } = source;
  if (source.problems.length > 0) throw malformed(file, source.problems);
  if (!check(data)) throw malformed(file, listSchemaProblems(check, source));
  const problems = listContradictions(data).map(({ path, ...what }) => source.problem(path, what));
  if (problems.length > 0) throw malformed(file, problems);
  return data;
}

/** Milliseconds by which local midnight is before that of UTC. */
export function offsetMs({ utcOffset = '+00:00' }: ProductionPlan): number {
  const [hours = 0, minutes = 0] = utcOffset.slice(1).split(':').map(Number);
  return (utcOffset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/**
 * Signatures planned for one day.
 *
 * @param day as 2026-04-30, in the plan's own time
 */
export function plannedOn(plan: ProductionPlan, day: string): number {
  const campaign = plan.campaigns?.find(({ first, last }) => first <= day && day <= last);
  if (campaign !== undefined) return campaign.perDay;
  if (plan.holidays?.includes(day) === true) return 0;
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
  const isWorking = plan.workingDays?.some((one) => one === weekday) ?? true;
  return isWorking ? plan.perDay : 0;
}

function listContradictions(plan: ProductionPlan): readonly (Complaint & { path: YamlPath })[] {
  const complaints: (Complaint & { path: YamlPath })[] = [];
  const mustExist = (path: YamlPath, text: string): void => {
    const moment = new Date(`${text}T00:00:00Z`);
    if (!Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)) return;
    complaints.push({ path, found: `the day ${text}`, allowed: 'a day of the calendar' });
  };
  plan.holidays?.forEach((one, index) => mustExist(['holidays', index], one));
  plan.campaigns?.forEach(({ first, last }, index) => {
    mustExist(['campaigns', index, 'first'], first);
    mustExist(['campaigns', index, 'last'], last);
    if (first > last) {
      const what = { found: `${first} after ${last}`, allowed: 'the first day before the last' };
      complaints.push({ path: ['campaigns', index], ...what });
    }
    const before = plan.campaigns?.slice(0, index) ?? [];
    if (before.some((one) => one.first <= last && first <= one.last)) {
      const what = { found: 'days of another campaign', allowed: 'each day in one campaign' };
      complaints.push({ path: ['campaigns', index], ...what });
    }
  });
  return complaints;
}

function malformed(file: string, problems: readonly ProfileProblem[]): ProductionError {
  return new ProductionError('INPUT_MALFORMED', file, problems.map(formatProblem));
}
