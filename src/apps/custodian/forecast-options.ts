import type { Command } from 'commander';
import {
  evenPlan,
  parseProductionPlan,
  type ProductionPlan,
} from '../../production/custody/rotation/production-plan';
import {
  forecastSigners,
  type SignerForecast,
} from '../../production/custody/rotation/forecast-signers';
import type { ManagedSigner } from '../../production/document/custody/signer-store';
import { ProductionError } from '../../production/errors';
import { parseWholeNumber } from '../parse-options';
import { readText } from './open-custodian';

export interface ForecastOptions {
  readonly plan?: string;
  readonly perDay?: number;
  readonly leadDays: number;
}

/** What is planned, and how long before its need a signer is made. */
export function addForecastOptions(command: Command): Command {
  return command
    .option('--plan <file>', 'plan of production, YAML; PERSOLINE_PLAN by default')
    .option('--per-day <number>', 'signatures a day, in place of one', parseWholeNumber(0, 1e7))
    .option('--lead-days <number>', 'time to make another signer', parseWholeNumber(0, 3650), 30);
}

/**
 * The forecast for these signers by the plan that is named, and that plan.
 *
 * @throws ProductionError `USAGE`, `INPUT_UNREADABLE`, `INPUT_MALFORMED`.
 */
export async function readForecast(
  signers: readonly ManagedSigner[],
  options: ForecastOptions,
  now: Date,
): Promise<{ readonly forecast: SignerForecast; readonly plan?: ProductionPlan }> {
  const plan = await readPlan(options);
  const { leadDays } = options;
  const forecast = forecastSigners(signers, { now, leadDays, ...(plan && { plan }) });
  return { forecast, ...(plan && { plan }) };
}

async function readPlan({ plan: named, perDay }: ForecastOptions) {
  if (named !== undefined && perDay !== undefined) {
    throw new ProductionError('USAGE', '--per-day', ['the plan says how many signatures a day']);
  }
  if (perDay !== undefined) return evenPlan(perDay);
  const file = named ?? process.env['PERSOLINE_PLAN'];
  if (file === undefined || file === '') return undefined;
  return parseProductionPlan(await readText(file), file);
}
