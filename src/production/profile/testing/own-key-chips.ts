import { shippedText } from './shipped-profiles';

/** The shipped GlobalPlatform chip as it would be with DH for Chip Authentication, made on it. */
export function dhChipText(dhGroup = 2): string {
  const { text } = shippedText('chips', 'gp-emrtd');
  const hostKey = text.slice(
    text.indexOf('  - verb: store-data\n    title: { vi: Nạp khóa Chip'),
    text.indexOf('  - verb: store-data\n    title: { vi: Nạp chứng thư của CVCA'),
  );
  return text
    .replace(hostKey, '')
    .replace(
      '{ protocol: id-CA-ECDH-AES-CBC-CMAC-128, curve: brainpoolP256r1, keyOrigin: either }',
      `{ protocol: id-CA-DH-AES-CBC-CMAC-128, dhGroup: ${dhGroup}, keyOrigin: chip }`,
    )
    .replace("'80E28900 (8F60<80[0D]>) / 00'", `'80E28900 (8F60<80[0${dhGroup}]>) / 0000'`);
}

/** The shipped GlobalPlatform chip as it would be with RSA for Active Authentication, made on it. */
export function rsaChipText(modulusBits = 2048): string {
  const { text } = shippedText('chips', 'gp-emrtd');
  const bits = modulusBits.toString(16).toUpperCase().padStart(4, '0');
  const hostKey = text.slice(
    text.indexOf('  - verb: store-data\n    title: { vi: Nạp khóa Active'),
    text.indexOf('  - verb: store-data\n    title: { vi: Nạp khóa Chip'),
  );
  return text
    .replace(hostKey, '')
    .replace(
      '{ algorithm: ecdsa, curve: brainpoolP256r1, digest: sha256, keyOrigin: either }',
      `{ algorithm: rsa, modulusBits: ${modulusBits}, digest: sha256, keyOrigin: chip }`,
    )
    .replace(
      "'80E28900 (8F51<80[0D] 83[02]>) / 00'",
      `'80E28900 (8F50<81[${bits}] 83[02]>) / 0000'`,
    );
}
