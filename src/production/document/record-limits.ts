/** Bounds on what comes from upstream; sources read no further, intake refuses what is beyond. */

/** UTF-8 of one record. */
export const RECORD_MAX_BYTES = 64 * 1024;

/** A portrait or signature as it is delivered. */
export const PICTURE_MAX_BYTES = 10 * 1024 * 1024;

/** A fingerprint as it is delivered. */
export const FINGERPRINT_MAX_BYTES = 1024 * 1024;
