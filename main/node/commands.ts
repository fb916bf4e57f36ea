import { text } from 'node:stream/consumers'
import { systemClock } from '../../core/base/clock.ts'
import { Fault } from '../../core/base/fault.ts'
import { decodeLink, encodeLink, maxLinkNodes } from '../../core/community/link.ts'
import { random } from '../../core/crypto/random.ts'
import { codeOf, writeNew } from '../../core/vault/files.ts'
import { NodeHome } from './home.ts'
import { Usage, type NodeOptions } from './options.ts'
import { qrCode, qrColumns, qrLines, qrPng } from './qr.ts'

type Say = (line: string) => void

/** Makes a node for a new community, or for the one whose link comes on standard input. */
export async function init(options: NodeOptions, say: Say): Promise<void> {
  const link = options.link ? decodeLink(await text(process.stdin), systemClock.now()) : undefined
  if (link !== undefined && link.kind !== 'node') {
    throw new Fault('invite-mangled', 'An invite holds the secret of the community')
  }
  new NodeHome(options.directory).create(
    {
      version: 1,
      listen: [...options.listen],
      announce: [...options.announce],
      nodes: link?.nodes ?? [],
      ...(options.workBits === undefined ? {} : { workBits: options.workBits }),
    },
    { networkKey: link?.networkKey ?? random(32), identitySeed: random(32) },
  )
  for (const line of made) say(line)
}

const made = [
  'The node is made. Run it with: npm run node -- run --dir DIR',
  'While it runs, npm run node -- invite --dir DIR prints the link for the founder of the community.',
  '',
  'You, who operate it, can see: how many boxes there are, their two sizes, when they come and go,',
  'which internet addresses store and fetch them, and so which addresses exchange something.',
  'You cannot see: what is in them, whose pseudonym is on them, or what they are about, unless you',
  'are a member too, and then know which place is whose board.',
  'The folder holds the network key: whoever has it can join the network and run a node. It never',
  "holds the community's secret. Whoever takes or seizes this machine learns what you can see.",
]

/** Prints what a founder pastes into the app, and draws it. */
export function invite({ directory, qr, png }: NodeOptions, say: Say): void {
  const home = new NodeHome(directory)
  const nodes = inviting(home.addresses())
  if (nodes.length === 0) throw new Fault('wrong-state', 'The node has not run yet')
  const link = encodeLink({ kind: 'node', networkKey: home.keys().networkKey, nodes })
  const { isTTY, columns } = process.stdout
  if (png !== undefined) {
    writePicture(png, qrPng(qrCode(link)))
    say(`The picture of the link is in ${png}. It is a secret like the link itself.`)
  }
  if (qr ?? isTTY) {
    const code = qrCode(link)
    if (isTTY && columns < qrColumns(code)) say('This terminal is too narrow for the QR code: try --png FILE')
    else for (const line of qrLines(code)) say(line)
  }
  say(link)
}

/** Those of use to others, where there are any: addresses of this machine alone make the link longer. */
function inviting(addresses: readonly string[]): string[] {
  const far = addresses.filter((address) => !/^\/ip4\/127\.|^\/ip6\/::1\//.test(address))
  return (far.length > 0 ? far : addresses).slice(0, maxLinkNodes)
}

function writePicture(path: string, bytes: Uint8Array): void {
  try {
    writeNew(path, bytes)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new Usage('There is a file of that name already: nothing is overwritten')
    if (codeOf(error) === 'ENOENT') throw new Usage('The folder in which the picture is to lie does not exist')
    throw error
  }
}
