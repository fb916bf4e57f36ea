/**
 * Every way in which Staffetta can refuse or fail, as one closed list.
 *
 * `core/base/fault.ts` throws them, the contract declares them, and the
 * renderer has one sentence for each in every language.
 */
export const faultCodes = [
  // input and state
  'bad-input',
  'not-found',
  'wrong-state',
  'changed',
  'cancelled',
  'internal',
  // codecs
  'malformed',
  'unknown-version',
  'too-large',
  // vault
  'vault-exists',
  'vault-absent',
  'vault-locked',
  'vault-damaged',
  'vault-newer',
  'wrong-passphrase',
  'weak-passphrase',
  'profile-in-use',
  'disk-full',
  // invites and communities
  'invite-mangled',
  'invite-expired',
  'invite-unknown-version',
  'already-member',
  // network
  'port-in-use',
  'unreachable',
  'wrong-network-key',
  'mode-unavailable',
  'timeout',
  // boxes
  'box-refused',
  'work-too-hard',
  'bad-signature',
  // people
  'offer-too-long',
  'offer-gone',
  'too-many-pending',
  'message-too-long',
  'unreadable',
  'key-changed',
  // files
  'picture-unreadable',
] as const

export type FaultCode = (typeof faultCodes)[number]
