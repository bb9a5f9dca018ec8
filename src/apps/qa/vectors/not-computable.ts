/** A figure cannot be computed from what the entry gives, or the runner does not know how. */
export class NotComputable extends Error {
  override readonly name = 'NotComputable';
}
