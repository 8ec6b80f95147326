import { generateKeyPairSync, sign } from 'node:crypto';

const ecdsaWithSha256 = '06082a8648ce3d040302';
const commonName = '0603550403';
const basicConstraints = '0603551d13';
const subjectAltName = '0603551d11';

/** A self-signed certificate for 127.0.0.1, good for a day, written as DER by hand (RFC 5280 §4.1). */
export function createLoopbackCertificate(): { cert: string; key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(0x30, hex(ecdsaWithSha256));
  const name = der(0x30, der(0x31, der(0x30, hex(commonName), der(0x0c, Buffer.from('toolbox test')))));
  const dayMs = 24 * 60 * 60 * 1000;
  const validity = der(0x30, time(Date.now() - dayMs), time(Date.now() + dayMs));
  const isAuthority = der(0x30, hex(basicConstraints), der(0x04, der(0x30, der(0x01, hex('ff')))));
  const loopback = der(
    0x30,
    hex(subjectAltName),
    der(0x04, der(0x30, der(0x87, Buffer.from([127, 0, 0, 1])))),
  );
  const body = der(
    0x30,
    der(0xa0, der(0x02, hex('02'))),
    der(0x02, hex('01')),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, isAuthority, loopback)),
  );
  const signature = der(0x03, hex('00'), sign('sha256', body, privateKey));
  const certificate = der(0x30, body, algorithm, signature).toString('base64');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length =
    content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

function time(ms: number): Buffer {
  return der(0x18, Buffer.from(new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')));
}
