import type { FacePatternName } from '../../../production/document/card-face';
import { drawChipContacts, drawChipSymbol } from './chip';
import { drawCompass } from './compass';
import { drawDrum } from './drum';
import { drawGuillocheCrossing } from './guilloche-crossing';
import { drawGuillocheRibbon } from './guilloche-ribbon';
import { drawGuillocheRosette } from './guilloche-rosette';
import { drawGuillocheWaves } from './guilloche-waves';
import { drawLotus } from './lotus';
import type { DrawPattern } from './pattern';
import { drawStarRing } from './star-ring';
import { drawWash } from './wash';

export const PATTERNS: Readonly<Record<FacePatternName, DrawPattern>> = {
  wash: drawWash,
  'guilloche-waves': drawGuillocheWaves,
  'guilloche-ribbon': drawGuillocheRibbon,
  'guilloche-rosette': drawGuillocheRosette,
  'guilloche-crossing': drawGuillocheCrossing,
  drum: drawDrum,
  lotus: drawLotus,
  'star-ring': drawStarRing,
  compass: drawCompass,
  'chip-symbol': drawChipSymbol,
  'chip-contacts': drawChipContacts,
};
