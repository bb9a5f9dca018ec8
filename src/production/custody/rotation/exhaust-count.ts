import { offsetMs, plannedOn, type ProductionPlan } from './production-plan';

const DAY_MS = 86_400_000;

/**
 * When so many signatures are used up by the plan; work is spread evenly over the hours of a day.
 *
 * @returns undefined when the plan does not come to it before `until`
 */
export function exhaustCount(
  plan: ProductionPlan,
  count: number,
  { from, until }: { readonly from: Date; readonly until: Date },
): Date | undefined {
  const offset = offsetMs(plan);
  let left = count;
  for (let at = from.getTime(); at <= until.getTime();) {
    const local = at + offset;
    const midnight = (Math.floor(local / DAY_MS) + 1) * DAY_MS - offset;
    const planned = plannedOn(plan, new Date(local).toISOString().slice(0, 10));
    const inRest = (planned * (midnight - at)) / DAY_MS;
    if (left <= inRest && planned > 0) {
      const end = at + (left / planned) * DAY_MS;
      return end <= until.getTime() ? new Date(end) : undefined;
    }
    left -= inRest;
    at = midnight;
  }
  return undefined;
}
