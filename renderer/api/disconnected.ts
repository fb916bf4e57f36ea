/** The line to the app is down, or went down during a call. The page's own error: the app never says it. */
export class Disconnected extends Error {
  override readonly name = 'Disconnected'

  constructor(options?: ErrorOptions) {
    super('The app does not answer', options)
  }
}
