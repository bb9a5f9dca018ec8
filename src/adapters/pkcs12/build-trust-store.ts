import { asn1, hmac, md, pkcs12, random, util } from 'node-forge';

/** A certificate and the name under which programs show it. */
export interface TrustedCertificate {
  readonly name: string;
  /** DER. */
  readonly certificate: Uint8Array;
}

const OID = {
  data: '1.2.840.113549.1.7.1',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  /** Java takes a certificate as trusted only with this attribute: any purpose. */
  trustedKeyUsage: '2.16.840.1.113894.746875.1.1',
  anyExtendedKeyUsage: '2.5.29.37.0',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const;
const ITERATIONS = 100_000;
const SALT_BYTES = 16;
const MAC_KEY_BYTES = 32;
/** Purpose of the derived key: integrity [RFC 7292 §B.3]. */
const MAC_KEY = 3;

const { Type, Class } = asn1;
type Node = asn1.Asn1;

/**
 * A PKCS #12 file of certificates that other parties import as trusted; it holds no key, and a MAC
 * under the password shows that nobody changed it. Certificates go in byte for byte, whatever
 * their keys: curves with explicit parameters too [RFC 7292 §4].
 */
export function buildTrustStore(
  certificates: readonly TrustedCertificate[],
  password: string,
): Uint8Array {
  const safeContents = toDer(sequence(...certificates.map(certificateBag)));
  const authenticatedSafe = toDer(sequence(dataOf(safeContents)));
  const store = sequence(integer(3), dataOf(authenticatedSafe), macOf(authenticatedSafe, password));
  return Buffer.from(toDer(store), 'latin1');
}

function certificateBag({ name, certificate }: TrustedCertificate): Node {
  const der = Buffer.from(certificate).toString('latin1');
  return sequence(
    oid(OID.certificateBag),
    context(sequence(oid(OID.x509Certificate), context(octets(der)))),
    set(
      sequence(oid(OID.friendlyName), set(primitive(Type.BMPSTRING, bmp(name)))),
      sequence(oid(OID.trustedKeyUsage), set(oid(OID.anyExtendedKeyUsage))),
    ),
  );
}

/** HMAC with SHA-256 under a key derived from the password [RFC 7292 §4, appendix B]. */
function macOf(content: string, password: string): Node {
  const salt = random.getBytesSync(SALT_BYTES);
  const key = pkcs12.generateKey(
    password,
    util.createBuffer(salt),
    MAC_KEY,
    ITERATIONS,
    MAC_KEY_BYTES,
    md.sha256.create(),
  );
  const mac = hmac.create();
  mac.start('sha256', key);
  mac.update(content);
  const algorithm = sequence(oid(OID.sha256), primitive(Type.NULL, ''));
  return sequence(
    sequence(algorithm, octets(mac.digest().getBytes())),
    octets(salt),
    integer(ITERATIONS),
  );
}

function dataOf(content: string): Node {
  return sequence(oid(OID.data), context(octets(content)));
}

function toDer(node: Node): string {
  return asn1.toDer(node).getBytes();
}

function sequence(...members: readonly Node[]): Node {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, [...members]);
}

function set(...members: readonly Node[]): Node {
  return asn1.create(Class.UNIVERSAL, Type.SET, true, [...members]);
}

/** Context tag 0, the only one here; the library names it by the universal type of that number. */
function context(...members: readonly Node[]): Node {
  return asn1.create(Class.CONTEXT_SPECIFIC, Type.NONE, true, [...members]);
}

function octets(bytes: string): Node {
  return primitive(Type.OCTETSTRING, bytes);
}

function oid(dotted: string): Node {
  return primitive(Type.OID, asn1.oidToDer(dotted).getBytes());
}

function integer(value: number): Node {
  return primitive(Type.INTEGER, asn1.integerToDer(value).getBytes());
}

function primitive(type: asn1.Type, value: string): Node {
  return asn1.create(Class.UNIVERSAL, type, false, value);
}

/** UTF-16 big-endian, as a string of bytes. */
function bmp(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('latin1');
}
