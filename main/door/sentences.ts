import { isFault } from '../../core/base/fault.ts'

/** What to tell the person when the app cannot start, and what they can do. Never a stack, never a cause. */
export function startSentence(error: unknown, profile: string): string {
  if (isFault(error, 'profile-in-use')) {
    return `The profile ${profile} is open already. Use the window or the page that is open, stop it first, or start another profile: npm start -- --profile NAME`
  }
  if (isFault(error, 'port-in-use')) {
    return 'Another program uses that port of this machine. Leave --port out, or name another one.'
  }
  if (isFault(error, 'disk-full'))
    return 'The disk is full, or the folder of this profile cannot be written. Make room, or choose another one with --data DIR.'
  if (isFault(error, 'vault-damaged')) {
    return 'The vault of this profile cannot be read. Nothing was changed; put back a copy of its folder if you have one.'
  }
  if (isFault(error, 'vault-newer')) return 'A newer Staffetta wrote this profile. Start that one, or update this one.'
  if (hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'ENOENT', 'EEXIST', 'ELOOP', 'ENAMETOOLONG')) {
    return 'The folder of this profile cannot be used. Choose another one with --data DIR.'
  }
  if (hasCode(error, 'ENOSPC', 'EDQUOT')) return 'The disk is full. Make room and start again.'
  return 'Staffetta could not start. Nothing that was saved is lost; start it again, and report it if it happens again.'
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
