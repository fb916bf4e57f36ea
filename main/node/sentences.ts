import { isFault } from '../../core/base/fault.ts'
import { codeOf } from '../../core/vault/files.ts'
import { Usage } from './options.ts'
import { Unhealthy } from './status.ts'

/** What happened and what to do, for an operator. Never a stack, never a cause. */
export function nodeSentence(error: unknown): string {
  if (error instanceof Usage || error instanceof Unhealthy) return error.message
  if (isFault(error, 'not-found'))
    return 'There is no node in this folder. Make one with: npm run node -- init --dir DIR'
  if (isFault(error, 'wrong-state')) return `${error.message}. Nothing was changed; try npm run node -- --help`
  if (isFault(error, 'profile-in-use')) return 'This node runs already. Stop it first, or name another folder.'
  if (isFault(error, 'port-in-use')) {
    return 'Another program uses the port of this node. Stop that one, or change "listen" in node.json and run again.'
  }
  if (isFault(error, 'disk-full') || ['ENOSPC', 'EDQUOT', 'EROFS'].includes(codeOf(error)))
    return 'The disk is full or cannot be written. Make room and run again; no box is lost.'
  if (isFault(error, 'vault-newer')) return 'A newer Staffetta wrote this folder. Update this one; nothing was changed.'
  if (isFault(error, 'vault-damaged'))
    return 'The boxes of this node cannot be read. Run it: it puts them aside and begins without them.'
  if (isFault(error, 'malformed', 'unknown-version')) {
    return 'The key of this node cannot be read. Put back a copy of its folder if you have one; nothing was changed.'
  }
  if (isFault(error, 'invite-mangled', 'invite-expired', 'invite-unknown-version')) {
    return 'This is not the link of a community for its nodes. Copy it whole from the app: Community, Set one up.'
  }
  if (isFault(error, 'bad-input'))
    return 'This machine cannot listen there. Change "listen" in node.json and run again.'
  if (['EACCES', 'EPERM'].includes(codeOf(error)))
    return 'This account may not read or write there. Use the account that the node runs as.'
  return 'The node could not do this. Nothing that was stored is lost; report it if it happens again.'
}
