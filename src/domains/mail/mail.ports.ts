export interface MailAddress {
  name?: string;
  address: string;
}

export interface MailAttachment {
  filename: string;
  content: Buffer | string;
  contentType?: string;
}

export interface OutgoingMail {
  /** `<uuid@domain>`; the same at every attempt, so that a repeat is recognized as one. */
  messageId: string;
  from: MailAddress;
  to: MailAddress;
  replyTo?: MailAddress;
  subject: string;
  html: string;
  text: string;
  headers?: Record<string, string>;
  attachments?: readonly MailAttachment[];
}

export interface MailReceipt {
  provider: string;
  providerMessageId: string | null;
  /** The server's last words, without addresses and credentials. */
  response: string;
}

/** Hands one mail to a server that takes responsibility for it. */
export interface MailTransport {
  readonly name: string;
  /** Mails that it sends at the same time; more would wait inside it. */
  readonly concurrency: number;
  /** Resolves once the server has accepted the mail. Rejects with MailDeliveryError only. */
  send(mail: OutgoingMail, options?: { signal?: AbortSignal }): Promise<MailReceipt>;
  /** Connects and signs in without sending. Rejects with MailDeliveryError. */
  verify(): Promise<void>;
  /** Waits for mails under way, then closes the connections. */
  close(): Promise<void>;
}

/**
 * `permanent`: this mail never gets through. `temporary`: the server says later. `unavailable`: no server to
 * talk to. `auth`: the server refuses our credentials, which is for an operator to repair.
 */
export type MailFailureKind = 'permanent' | 'temporary' | 'unavailable' | 'auth';

export interface MailFailure {
  kind: MailFailureKind;
  /** `unknown`: the whole mail was sent and the answer never came, so a repeat may be a duplicate. */
  accepted: 'no' | 'unknown';
  response?: string;
}

/** A mail that was not confirmed as accepted; message and response hold no address and no credential. */
export class MailDeliveryError extends Error {
  override readonly name = 'MailDeliveryError';
  readonly kind: MailFailureKind;
  readonly accepted: 'no' | 'unknown';
  readonly response?: string;

  constructor(message: string, failure: MailFailure) {
    super(message);
    this.kind = failure.kind;
    this.accepted = failure.accepted;
    if (failure.response !== undefined) this.response = failure.response;
  }
}
