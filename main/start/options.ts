import { parseArgs } from 'node:util'

export interface StartOptions {
  readonly help: boolean
  readonly profile: string
  /** Where the profile lies, where it is not the usual place. */
  readonly data: string | undefined
  readonly door: 'auto' | 'electron' | 'local'
  readonly open: boolean
  readonly port: number
  readonly log: boolean
}

/** Something typed wrongly: the message is a sentence for the person. */
export class Usage extends Error {
  override readonly name = 'Usage'
}

export const help = `Staffetta

  npm start -- [options]

  --profile NAME    another person on this machine, or another life: lower-case
                    letters, digits and hyphens, at most 32 (default: main)
  --data DIR        keep the profile in this folder instead of the usual one
  --door DOOR       electron: a window of its own; local: a page in your browser
                    (default: the window where it can be had, else the page)
  --port PORT       local page: use this port of 127.0.0.1 (default: a free one)
  --no-open         local page: open no browser, show the link here
  --log             what happens inside, as JSON lines on stderr, without any content
  --help            this text`

/** Windows gives these names to devices, whatever the folder. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/

/** @throws Usage */
export function parseOptions(argv: readonly string[]): StartOptions {
  const { profile, data, door, port, ...flags } = parse(argv)
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(profile) || devices.test(profile)) {
    throw new Usage('A profile is named with lower-case letters, digits and hyphens, at most 32: --profile anna')
  }
  if (data === '') throw new Usage('--data needs the name of a folder')
  if (door !== 'auto' && door !== 'electron' && door !== 'local') throw new Usage('--door is electron or local')
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535 || (Number(port) < 1024 && port !== '0')) {
    throw new Usage('--port is a number from 1024 to 65535')
  }
  if (door === 'electron' && (port !== '0' || flags['no-open'])) {
    throw new Usage('--port and --no-open belong to the local page: --door local')
  }
  return {
    help: flags.help,
    profile,
    data,
    // asking for the page's own options is asking for the page
    door: door === 'auto' && (port !== '0' || flags['no-open']) ? 'local' : door,
    open: !flags['no-open'],
    port: Number(port),
    log: flags.log,
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        profile: { type: 'string', default: 'main' },
        data: { type: 'string' },
        door: { type: 'string', default: 'auto' },
        port: { type: 'string', default: '0' },
        'no-open': { type: 'boolean', default: false },
        log: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch {
    throw new Usage('Staffetta does not know one of these options. See npm start -- --help')
  }
}
