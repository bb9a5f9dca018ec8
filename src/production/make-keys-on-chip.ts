import type { PersoScript } from './document/perso-script';
import type { ChipKeys } from './document/signed-document';
import { generateChipKeys } from './encoding/generate-chip-keys';
import { requireBlank } from './encoding/probe-blank';
import { secureChannelsOf, type Line } from './line-parts';
import type { CardConnection } from './ports';
import type { ChipProfile } from './profile/chip';

/**
 * Has the blank in the reader make its own key pairs, before its files can be built. That is no
 * personalization yet: the chip stays a blank, and another try replaces the keys.
 *
 * @throws ProductionError `CARD_NOT_BLANK`, `CARD_WRONG_TYPE`, `CARD_CHANNEL_FAILED`,
 * `CARD_REFUSED`, `CARD_LOST`, `CARD_MUTE`; the connection stays open.
 */
export async function makeKeysOnChip(
  line: Pick<Line, 'cardKeys' | 'random'>,
  given: {
    readonly connection: CardConnection;
    readonly chip: ChipProfile;
    /** As `compileKeyScript` makes it. */
    readonly script: PersoScript;
  },
): Promise<ChipKeys> {
  const { connection, chip, script } = given;
  await requireBlank(connection, chip);
  await connection.reset();
  const keys = await generateChipKeys({
    ...{ channel: connection, chip, script },
    ...secureChannelsOf(line),
  });
  await connection.reset();
  return keys;
}
