import { parseArgs } from 'node:util'

export const help = `staffetta-node: a community's always-on computer

  npm run node -- init --dir DIR [--link -] [--listen ADDRESS ...] [--announce ADDRESS ...] [--work-bits N]
      Makes a node. Without --link it makes the network key of a new community;
      with --link - it reads the link of a community from standard input.
  npm run node -- run --dir DIR
      Runs it until SIGTERM or SIGINT. Says "ready" once it listens.
  npm run node -- link --dir DIR
      Prints the link for the community's founder, who pastes it into the app.
  npm run node -- status --dir DIR
      Says whether it runs, and what it holds.

  --dir DIR           where the node keeps its key and its boxes
  --listen ADDRESS    a multiaddr, such as /ip4/0.0.0.0/tcp/4001 (the default);
                      port 0 takes a free one and keeps it
  --announce ADDRESS  what others are told instead, such as /dns4/node.example/tcp/4001
  --work-bits N       proof of work that each box must carry (default: 20)
  --help              this text

What its operator can see: how many boxes there are, how large (two sizes), when
they come and go, which internet address stored one and which fetched it, and so
which addresses exchange something. What its operator cannot see: what is in
them, whose pseudonym is on them, what they are about, unless the operator is a
member too, who knows which place is whose board. The node holds the network
key, and never the community's secret.`

/** Something typed wrongly: the message is a sentence for the operator. */
export class Usage extends Error {
  override readonly name = 'Usage'
}

export type NodeCommand = 'help' | 'init' | 'run' | 'link' | 'status'

export interface NodeOptions {
  readonly command: NodeCommand
  readonly directory: string
  /** Whether a link comes on standard input. */
  readonly link: boolean
  readonly listen: readonly string[]
  readonly announce: readonly string[]
  readonly workBits: number | undefined
}

const address = /^\/(?:ip4|ip6|dns4|dns6|dns)\/[^/\s]{1,255}\/tcp\/\d{1,5}(?:\/wss?)?$/

/** @throws Usage */
export function parseOptions(argv: readonly string[]): NodeOptions {
  const { values, positionals } = parse(argv)
  const [command = 'help'] = positionals
  if (values.help === true || command === 'help') return options('help', '')
  if (command !== 'init' && command !== 'run' && command !== 'link' && command !== 'status') {
    throw new Usage(`There is no command "${command}". Try npm run node -- --help`)
  }
  if (positionals.length > 1) throw new Usage('One command at a time. Try npm run node -- --help')
  if (values.dir === undefined || values.dir === '') throw new Usage('Name the folder of the node: --dir DIR')
  if (values.link !== undefined && values.link !== '-') {
    throw new Usage(
      'A link is a secret, and others on this machine can see your command line: use --link - and paste it',
    )
  }
  const listen = values.listen ?? ['/ip4/0.0.0.0/tcp/4001']
  const announce = values.announce ?? []
  for (const each of [...listen, ...announce]) {
    if (!address.test(each)) throw new Usage('An address looks like /ip4/0.0.0.0/tcp/4001')
  }
  const bits = values['work-bits']
  if (bits !== undefined && (!/^\d{1,2}$/.test(bits) || Number(bits) > 24)) throw new Usage('--work-bits is 0 to 24')
  return {
    ...options(command, values.dir),
    link: values.link === '-',
    listen,
    announce,
    workBits: bits === undefined ? undefined : Number(bits),
  }
}

function options(command: NodeCommand, directory: string): NodeOptions {
  return { command, directory, link: false, listen: [], announce: [], workBits: undefined }
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
      },
    })
  } catch {
    throw new Usage('That option is not known. Try npm run node -- --help')
  }
}
