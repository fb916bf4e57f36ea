import { parseArgs } from 'node:util'

export const help = `staffetta-node: a community's always-on computer

  npm run node -- init --dir DIR [--link -] [--listen ADDRESS ...] [--announce ADDRESS ...] [--work-bits N]
      Makes a node. Without --link it makes the network key of a new community;
      with --link - it reads the link of a community from standard input.
  npm run node -- run --dir DIR
      Runs it until SIGTERM or SIGINT. Says "ready" once it listens.
  npm run node -- invite --dir DIR [--qr | --no-qr] [--png FILE]
      Prints the link for the community's founder, who pastes it into the app;
      on a terminal also as a QR code, and with --png as a picture.
  npm run node -- status --dir DIR [--json] [--check]
      Says whether it runs, and what it holds; with --check it says nothing else
      and fails unless the node runs and answers.
  npm run node -- backup --dir DIR --to FOLDER
      Copies key, configuration and boxes into a new folder, also while it runs.

  --dir DIR           where the node keeps its key and its boxes
  --listen ADDRESS    a multiaddr, such as /ip4/0.0.0.0/tcp/4001 (the default), or
                      /ip4/127.0.0.1/tcp/4002/ws behind a web server; port 0 takes
                      a free one and keeps it
  --announce ADDRESS  what others are told instead, such as
                      /dns4/node.example/tcp/4001 or /dns4/node.example/tcp/443/wss
  --work-bits N       proof of work that each box must carry (default: 20)
  --help              this text

What its operator can see: how many boxes there are, how large (two sizes), when
they come and go, which internet address stored one and which fetched it, and so
which addresses exchange something. What its operator cannot see: what is in
them, whose pseudonym is on them, what they are about, unless the operator is a
member too, who knows which place is whose board. The node holds the network
key, and never the community's secret.

The operator's guide: docs/OPERATING.md`

/** Something typed wrongly: the message is a sentence for the operator. */
export class Usage extends Error {
  override readonly name = 'Usage'
}

const commands = ['init', 'run', 'invite', 'status', 'backup'] as const
export type NodeCommand = (typeof commands)[number]

export interface NodeOptions {
  readonly command: NodeCommand | 'help'
  readonly directory: string
  /** Whether a link comes on standard input. */
  readonly link: boolean
  readonly listen: readonly string[]
  readonly announce: readonly string[]
  readonly workBits: number | undefined
  /** Whether to draw the link; as the terminal is where nothing was said. */
  readonly qr: boolean | undefined
  /** Where the picture of the link goes. */
  readonly png: string | undefined
  readonly json: boolean
  readonly check: boolean
  /** Where the copy goes. */
  readonly to: string | undefined
}

/** Which options belong to which command, besides `--dir`. */
const belongs: Readonly<Record<NodeCommand, readonly string[]>> = {
  init: ['link', 'listen', 'announce', 'work-bits'],
  run: [],
  invite: ['qr', 'no-qr', 'png'],
  status: ['json', 'check'],
  backup: ['to'],
}

const listenShape = /^\/(?:ip4\/[\d.]{7,15}|ip6\/[\da-fA-F:.]{2,45})\/tcp\/\d{1,5}(?:\/ws)?$/
const announceShape =
  /^\/(?:ip4\/[\d.]{7,15}|ip6\/[\da-fA-F:.]{2,45}|dns[46]?\/[A-Za-z0-9.-]{1,253})\/tcp\/[1-9]\d{0,4}(?:(?:\/tls)?\/wss?)?$/

/** Whether a node can listen there: numbers only, and no TLS, which is a web server's work. */
export const isListenAddress = (text: string): boolean => listenShape.test(text) && portOf(text) <= 65_535
/** Whether members can be told to dial it. */
export const isAnnounceAddress = (text: string): boolean => announceShape.test(text) && portOf(text) <= 65_535

/** Whether the system chooses the port. */
export const isFreePort = (text: string): boolean => portOf(text) === 0
/** Why there is none beside announced addresses. */
export const needsPort = 'an announced address leads to a port that must not change'

/** @throws Usage */
export function parseOptions(argv: readonly string[]): NodeOptions {
  const { values, positionals } = parse(argv)
  const [word = 'help', ...more] = positionals
  if (values.help === true || word === 'help') return { ...read(values), command: 'help' }
  const command = commands.find((each) => each === word)
  if (command === undefined) throw new Usage(`There is no command "${word}". Try npm run node -- --help`)
  if (more.length > 0) throw new Usage('One command at a time. Try npm run node -- --help')
  if (values.link !== undefined && values.link !== '-') {
    throw new Usage(
      'A link is a secret, and others on this machine can see your command line: use --link - and paste it',
    )
  }
  const stray = Object.keys(values).find((name) => name !== 'dir' && !belongs[command].includes(name))
  if (stray !== undefined) throw new Usage(`"${command}" takes no --${stray}. Try npm run node -- --help`)
  if (values.dir === undefined || values.dir === '') throw new Usage('Name the folder of the node: --dir DIR')
  if (command === 'backup' && (values.to ?? '') === '') throw new Usage('Name a folder for the copy: --to FOLDER')
  return { ...read(values), command }
}

type Values = ReturnType<typeof parse>['values']

function read(values: Values): Omit<NodeOptions, 'command'> {
  const { listen = ['/ip4/0.0.0.0/tcp/4001'], announce = [], 'work-bits': bits } = values
  if (!listen.every(isListenAddress)) {
    throw new Usage('An address to listen on looks like /ip4/0.0.0.0/tcp/4001 or /ip4/127.0.0.1/tcp/4002/ws')
  }
  if (!announce.every(isAnnounceAddress)) {
    throw new Usage('An address to announce looks like /dns4/node.example/tcp/4001 or /dns4/node.example/tcp/443/wss')
  }
  if (announce.length > 0 && listen.some(isFreePort)) throw new Usage(`Name the ports to listen on: ${needsPort}`)
  if (bits !== undefined && (!/^\d{1,2}$/.test(bits) || Number(bits) > 24)) throw new Usage('--work-bits is 0 to 24')
  if (values.qr === true && values['no-qr'] === true) throw new Usage('Either --qr or --no-qr')
  if (values.png === '') throw new Usage('Name a file for the picture: --png FILE')
  return {
    directory: values.dir ?? '',
    link: values.link === '-',
    listen,
    announce,
    workBits: bits === undefined ? undefined : Number(bits),
    qr: values.qr ?? (values['no-qr'] === true ? false : undefined),
    png: values.png,
    json: values.json === true,
    check: values.check === true,
    to: values.to,
  }
}

function portOf(address: string): number {
  return Number(/\/tcp\/(\d+)/.exec(address)?.[1])
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        dir: { type: 'string' },
        link: { type: 'string' },
        listen: { type: 'string', multiple: true },
        announce: { type: 'string', multiple: true },
        'work-bits': { type: 'string' },
        qr: { type: 'boolean' },
        'no-qr': { type: 'boolean' },
        png: { type: 'string' },
        json: { type: 'boolean' },
        check: { type: 'boolean' },
        to: { type: 'string' },
      },
    })
  } catch {
    throw new Usage('That option is not known. Try npm run node -- --help')
  }
}
