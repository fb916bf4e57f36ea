import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Where a profile lies: `--data`, or the place that each system has for the data
 * of programs (XDG Base Directory, AppData, Application Support).
 */
export function profileDirectory(
  { profile, data }: { readonly profile: string; readonly data: string | undefined },
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  if (data !== undefined) return resolve(data)
  const set = (name: string): string | undefined => (env[name] === '' ? undefined : env[name])
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Staffetta', profile)
  if (platform === 'win32') return join(set('APPDATA') ?? join(home, 'AppData', 'Roaming'), 'Staffetta', profile)
  return join(set('XDG_DATA_HOME') ?? join(home, '.local', 'share'), 'staffetta', profile)
}
