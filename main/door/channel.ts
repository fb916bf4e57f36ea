/** A two-way stream of text messages between one page and core: a WebSocket or a MessagePort. */
export interface Channel {
  send(text: string): void
  /** Ends it. Idempotent; `onClose` follows. */
  close(): void
  /** `undefined` stands for a message that is no text. */
  onMessage(listener: (text: string | undefined) => void): void
  onClose(listener: () => void): void
}
