import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Problem } from '../api/fault.ts'

/**
 * One sentence or two for everything that can go wrong: what happened, what was
 * kept, what to do. The type holds that none is missing.
 */
export const problemWords: Readonly<Record<Problem, MessageDescriptor>> = {
  'bad-input': msg({
    id: 'error.bad-input',
    message: 'Something in what you wrote cannot be used. Nothing was changed; look it over and try again.',
  }),
  'not-found': msg({
    id: 'error.not-found',
    message: 'This is no longer here. Nothing else was changed; go back and look again.',
  }),
  'wrong-state': msg({
    id: 'error.wrong-state',
    message:
      'This cannot be done any more, because something changed in the meantime. Everything is kept; go back and look again.',
  }),
  changed: msg({
    id: 'error.changed',
    message:
      'The other person changed this meanwhile. Nothing was done yet: look at what it says now, and decide again.',
  }),
  cancelled: msg({
    id: 'error.cancelled',
    message: 'This was stopped before it was done. What was saved is kept; you can start again.',
  }),
  internal: msg({
    id: 'error.internal',
    message:
      'Something went wrong inside Staffetta. What was saved is kept; try again, and close and open Staffetta if it happens again.',
  }),
  malformed: msg({
    id: 'error.malformed',
    message: 'What arrived is damaged and was put aside. Nothing of yours was changed; ask for it again.',
  }),
  'unknown-version': msg({
    id: 'error.unknown-version',
    message: 'This was made by a newer Staffetta than yours. Nothing was changed; update Staffetta and try again.',
  }),
  'too-large': msg({
    id: 'error.too-large',
    message: 'This is too large to be sent. It was not sent and nothing was changed; make it shorter.',
  }),
  'vault-exists': msg({
    id: 'error.vault-exists',
    message: 'There is already a locked place on this device. It was not touched; open it with its passphrase.',
  }),
  'vault-absent': msg({
    id: 'error.vault-absent',
    message: 'There is nothing to open on this device yet. Begin by choosing a passphrase.',
  }),
  'vault-locked': msg({
    id: 'error.vault-locked',
    message: 'Staffetta is locked. What was saved is kept; open it with your passphrase.',
  }),
  'vault-damaged': msg({
    id: 'error.vault-damaged',
    message:
      'The file that holds your things is damaged and cannot be opened. It was left as it is; if you have a copy of it, put the copy in its place.',
  }),
  'vault-newer': msg({
    id: 'error.vault-newer',
    message:
      'Your things were last opened by a newer Staffetta. They were left as they are; update Staffetta to open them.',
  }),
  'wrong-passphrase': msg({
    id: 'error.wrong-passphrase',
    message: 'This passphrase does not open it. Nothing was changed; look at capitals and spaces and try again.',
  }),
  'weak-passphrase': msg({
    id: 'error.weak-passphrase',
    message: 'This passphrase could be guessed. Nothing was saved yet; add more words.',
  }),
  'profile-in-use': msg({
    id: 'error.profile-in-use',
    message: 'Staffetta is already open on this device. Nothing was changed; use the other window, or close it first.',
  }),
  'disk-full': msg({
    id: 'error.disk-full',
    message:
      'There is no room left on this device. What was saved before is kept, this was not; make some room and try again.',
  }),
  'invite-mangled': msg({
    id: 'error.invite-mangled',
    message:
      'This link is not whole, or it is another kind of link. Nothing was changed; copy it again from beginning to end.',
  }),
  'invite-expired': msg({
    id: 'error.invite-expired',
    message: 'This link is too old. Nothing was changed; ask the person who gave it to you for a new one.',
  }),
  'invite-unknown-version': msg({
    id: 'error.invite-unknown-version',
    message:
      'This link was made by a newer Staffetta than yours. Nothing was changed; update Staffetta and use it again.',
  }),
  'already-member': msg({
    id: 'error.already-member',
    message: 'You are already in this community. Nothing was changed; you find it under Community.',
  }),
  'port-in-use': msg({
    id: 'error.port-in-use',
    message:
      'Another program holds the place through which your community reaches this device. Everything is kept; close that program, then lock and open Staffetta.',
  }),
  unreachable: msg({
    id: 'error.unreachable',
    message:
      'None of your community’s computers answers right now. Everything is kept and goes out as soon as one does; look at your connection.',
  }),
  'wrong-network-key': msg({
    id: 'error.wrong-network-key',
    message: 'This link belongs to a computer of another community. Nothing was changed; ask for the link of yours.',
  }),
  'mode-unavailable': msg({
    id: 'error.mode-unavailable',
    message: 'This way of connecting is not in this version yet. Your setting stays as it was.',
  }),
  timeout: msg({
    id: 'error.timeout',
    message: 'This took too long and was stopped. What was saved is kept; try again.',
  }),
  'box-refused': msg({
    id: 'error.box-refused',
    message: 'Your community’s computers did not take this. It is kept on this device; try again later.',
  }),
  'work-too-hard': msg({
    id: 'error.work-too-hard',
    message:
      'Your community’s computers ask for more work than this device can do. It is kept on this device; ask the people who run them.',
  }),
  'bad-signature': msg({
    id: 'error.bad-signature',
    message: 'What arrived was not made by who it claims, and was put aside. Nothing of yours was changed.',
  }),
  'offer-too-long': msg({
    id: 'error.offer-too-long',
    message: 'This is longer than fits. It was not published and your words are still here; shorten them.',
  }),
  'offer-gone': msg({
    id: 'error.offer-gone',
    message: 'This was taken back or ran out. Nothing was sent; your words are still here if you want to copy them.',
  }),
  'too-many-pending': msg({
    id: 'error.too-many-pending',
    message: 'Too many introductions wait for an answer. Nothing is lost; answer some first.',
  }),
  'message-too-long': msg({
    id: 'error.message-too-long',
    message: 'This message is longer than fits. It was not sent and is still here; send it in two.',
  }),
  unreadable: msg({
    id: 'error.unreadable',
    message: 'This could not be opened on this device. Everything else is kept; ask for it again.',
  }),
  'key-changed': msg({
    id: 'error.key-changed',
    message:
      'This contact has another verification number than before. Nothing goes out until you have compared it with them.',
  }),
  'picture-unreadable': msg({
    id: 'error.picture-unreadable',
    message:
      'This picture could not be cleaned of what it tells beside its image. You can send it as a plain file, with everything in it.',
  }),
  disconnected: msg({
    id: 'error.disconnected',
    message:
      'This page lost touch with Staffetta before it was done. What was saved is kept; look whether it happened, and try again.',
  }),
}
