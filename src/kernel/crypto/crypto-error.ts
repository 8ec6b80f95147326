export type CryptoErrorReason = 'malformed' | 'unauthentic' | 'expired' | 'unknown-key' | 'invalid-key';

/** A cryptographic refusal. The message never holds key material, plaintext or the refused value. */
export class CryptoError extends Error {
  override readonly name = 'CryptoError';

  constructor(
    readonly reason: CryptoErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
