/** A name in characters of the MRZ, divided into its components [9303-3 §4.6]. */
export interface NameComponents {
  readonly primary: readonly string[];
  readonly secondary: readonly string[];
}

/**
 * How a name that is too long is shortened. The methods printed in Doc 9303 are examples, the
 * issuer chooses [9303-4 §4.2.3, 9303-5 §4.2.3, 9303-6 §4.2.3]:
 * `initials` keeps every component and shortens from the last one back, down to initials;
 * `cut` leaves away the components that find no room;
 * limits say how many characters of each component may stand, and what is still too long is cut;
 * limits that leave room unused give a name that does not look shortened.
 */
export type TruncationMethod = 'initials' | 'cut' | TruncationLimits;

export interface TruncationLimits {
  /** Characters of each component; components beyond the list keep theirs. */
  readonly primary: readonly number[];
  readonly secondary: readonly number[];
}

export interface FittedName {
  /** `PRIMARY<IDENTIFIER<<SECONDARY`, without filler at its end. */
  readonly text: string;
  readonly truncated: boolean;
}

/**
 * Writes a name into `capacity` characters; one shortened without limits fills them to a last letter
 * [9303-4 §4.2.3, 9303-5 §4.2.3, 9303-6 §4.2.3]. At least one letter of the secondary identifier
 * stays, our rule, because without it the holder would seem to have none.
 */
export function fitName(
  name: NameComponents,
  capacity: number,
  method: TruncationMethod = 'initials',
): FittedName {
  const whole = join(name);
  if (whole.length <= capacity) return { text: whole, truncated: false };
  const limited = typeof method === 'string' ? name : applyLimits(name, method);
  const kept =
    method === 'initials' ? keepInitials(limited, capacity) : keepWhole(limited, capacity);
  return { text: join(shrinkFromEnd(kept, capacity)), truncated: true };
}

function join({ primary, secondary }: NameComponents): string {
  const first = primary.join('<');
  return secondary.length === 0 ? first : `${first}<<${secondary.join('<')}`;
}

function applyLimits(name: NameComponents, limits: TruncationLimits): NameComponents {
  const limit = (components: readonly string[], lengths: readonly number[]): string[] =>
    components.map((component, index) =>
      component.slice(0, Math.max(1, lengths[index] ?? component.length)),
    );
  return {
    primary: limit(name.primary, limits.primary),
    secondary: limit(name.secondary, limits.secondary),
  };
}

/** As many components, from the first, as fit when the first is whole and the others initials. */
function keepInitials(name: NameComponents, capacity: number): NameComponents {
  const shortest = (candidate: NameComponents): number =>
    join({
      primary: candidate.primary.map((component, index) => (index === 0 ? component : '.')),
      secondary: candidate.secondary.map(() => '.'),
    }).length;
  return dropWhile(name, (candidate) => shortest(candidate) > capacity);
}

/** Components up to the one that reaches the end; secondary ones behind it are left away. */
function keepWhole(name: NameComponents, capacity: number): NameComponents {
  const reachesEnd = (candidate: NameComponents): boolean =>
    candidate.secondary.length > 1 && join(dropLast(candidate)).length >= capacity;
  const enough = dropWhile(name, reachesEnd);
  return keepInitials(enough, capacity);
}

function dropWhile(
  name: NameComponents,
  tooMany: (candidate: NameComponents) => boolean,
): NameComponents {
  let kept = name;
  while (tooMany(kept)) {
    const fewer = dropLast(kept);
    if (fewer === kept) return kept;
    kept = fewer;
  }
  return kept;
}

/** Without its last component; one of the primary and one of the secondary identifier stay. */
function dropLast(name: NameComponents): NameComponents {
  if (name.secondary.length > 1) return { ...name, secondary: name.secondary.slice(0, -1) };
  return name.primary.length > 1 ? { ...name, primary: name.primary.slice(0, -1) } : name;
}

/** Shortens the last component as far as needed, at most to its initial, then the one before. */
function shrinkFromEnd(name: NameComponents, capacity: number): NameComponents {
  let excess = join(name).length - capacity;
  const shrink = (components: readonly string[]): string[] =>
    components
      .toReversed()
      .map((component) => {
        const taken = Math.min(Math.max(excess, 0), component.length - 1);
        excess -= taken;
        return component.slice(0, component.length - taken);
      })
      .toReversed();
  const secondary = shrink(name.secondary);
  return { primary: shrink(name.primary), secondary };
}

/**
 * True when `text` can be this name in `capacity` characters: the name itself, or shortened so
 * that every component is the beginning of its own, none of the primary identifier is missing, and
 * the last position is a letter [9303-4 §4.2.3, 9303-5 §4.2.3, 9303-6 §4.2.3].
 */
export function isNameOrTruncation(text: string, name: NameComponents, capacity: number): boolean {
  const trimmed = text.replace(/<+$/, '');
  if (trimmed === join(name)) return true;
  if (trimmed.length !== capacity) return false;
  const [primary = '', secondary = '', ...more] = trimmed.split('<<');
  return (
    more.length === 0 &&
    primary.split('<').length === name.primary.length &&
    areBeginnings(primary.split('<'), name.primary) &&
    (secondary === '') === (name.secondary.length === 0) &&
    (secondary === '' || areBeginnings(secondary.split('<'), name.secondary))
  );
}

function areBeginnings(shortened: readonly string[], components: readonly string[]): boolean {
  return shortened.every(
    (text, index) => text !== '' && (components[index]?.startsWith(text) ?? false),
  );
}
