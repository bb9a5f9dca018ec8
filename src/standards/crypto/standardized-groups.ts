import type { AgreementGroup } from './agreement-group';
import { findCurveByPaceParameterId } from './curve-parameters';
import { dhGroup } from './dh-group';
import { findDhGroupByPaceParameterId } from './dh-parameters';
import { ecGroup } from './ec-group';

/** The group behind the number of standardized domain parameters, 0 to 18 [9303-11 §9.5.1]. */
export function findStandardizedGroup(parameterId: number): AgreementGroup | undefined {
  const curve = findCurveByPaceParameterId(parameterId);
  if (curve !== undefined) return ecGroup(curve);
  const parameters = findDhGroupByPaceParameterId(parameterId);
  return parameters === undefined ? undefined : dhGroup(parameters);
}
