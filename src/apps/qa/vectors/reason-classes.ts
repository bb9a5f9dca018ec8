/**
 * Kinds of reasons for a refusal, and the words that name them. The words of an entry and those
 * of the refusal are read by the same table; a reason may be of several kinds.
 */
const REASON_WORDS = {
  'same-key':
    /identical|equal(s| to)|\bsame\b|reflect|sent back|mirror|both sides have|own (public )?key|replay of the own/i,
  'public-key':
    /(on|of|off) (the |its )?(curve|group)|off.?curve|infinity|neutral|identity (element|point)|subgroup|small order|out of range|coordinate|not encoded as|uncompressed|compressed point|invalid (point|public|ec|curve|dh)|not a valid (point|public)|no point|not an element|group element|outside the (group|curve)|zero point|bad point|twist/i,
  token: /token|\bT_?(IC|IFD|PICC|PCD)\b/i,
  mac: /\bC?-?R?-?MACs?\b|checksum|\bCC\b|8E\b|integrity/i,
  counter: /\bSSC\b|counter|replay|sequence|out of order|chaining/i,
  secret:
    /wrong (password|CAN|PIN|PUK|MRZ|key|K_|static)|(password|CAN|PIN|PUK|K_pi) (is )?(wrong|differs|other)|another (password|key)|other keys?|different key/i,
  nonce: /nonce|\bRND|random|challenge/i,
  cryptogram: /cryptogram/i,
  padding: /padding|padded|\b80 ?00|filled up/i,
  status: /status word|\bSW\b/i,
  unprotected:
    /not protected|unprotected|plain response|without (MAC|protection)|secure messaging (is )?missing/i,
  signature: /signature|signed/i,
  hash: /hash|digest|(DG ?\d+|data|content|file).*(alter|tamper|modif|chang|swap|replac)|(alter|tamper|modif|chang|swap|replac).*(DG ?\d+|data group|content|file)/i,
  chain:
    /chain|issuer|issued by|\bCSCA\b|\bCVCA\b|\bDV\b|trust|anchor|\bCAR\b|\bCHR\b|self-?signed|not known|reference/i,
  validity:
    /expir|not yet valid|valid(ity)? (period|from|until|to)|out ?dated|after its|before its|date|effective/i,
  role: /\brole|authori[sz]ation|\bCHAT\b|rights|key usage|a terminal signed|may not sign|signed a/i,
  'check-digit': /check ?digit|composite|\bCD\b/i,
  character: /character|letter|alphabet/i,
  length: /length|\blong|short|too many|too few|bytes|truncat|\bbits\b|size|cut off/i,
  trailer: /trailer|\bBC\b|\b3[3-8]CC\b/i,
  header: /header|\b6A\b|\b4A\b/i,
  algorithm:
    /algorithm|unsupported|not (supported|allowed|defined|implemented)|SHA-?1\b|unknown (oid|hash)|\boid\b|domain parameter|parameter ?id|protocol/i,
  structure:
    /malformed|structure|encod|(not|non|in|as|valid|strict|no)[ -][DB]ER\b|\bTLV\b|\btag\b|truncat|trailing|ends? inside|parse|decod|no (list|object|valid)|cut off|not hex|hexadecimal|indefinite/i,
  missing: /missing|absent|lacks?|without|\bno\b/i,
  version: /version/i,
  'chip-authentication-data':
    /chip authentication data|\bCAM?\b|CA_IC|A_IC|authentication data|static (public )?key/i,
  'data-group': /data group|\bDG ?\d+/i,
  'content-type': /content ?type/i,
  name: /\bname\b|subject|country/i,
  'key-check': /\bKCV\b|check value|key check/i,
  'security-level': /security level/i,
} as const;

export type ReasonClass = keyof typeof REASON_WORDS;

/**
 * The kinds that a reason names; none when its words are not known. `missing` alone says little,
 * as it stands in many sentences, and counts only when nothing else is named.
 */
export function classifyReason(words: string): ReadonlySet<ReasonClass> {
  const all = (Object.keys(REASON_WORDS) as ReasonClass[]).filter((kind) =>
    REASON_WORDS[kind].test(words),
  );
  const telling = all.filter((kind) => kind !== 'missing');
  return new Set(telling.length > 0 ? telling : all);
}
