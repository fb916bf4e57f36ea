import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeLink, encodeLink } from '../../core/community/link.ts'
import * as journey from '../journey/journey.ts'
import { AppProcess } from '../support/app-process.ts'
import { NodeProcess } from '../support/node-process.ts'
import { Recorder, wordsIn } from '../support/recorder.ts'

/*
 * The whole journey between three real processes, with a wire tap between the
 * members and the node. One walk, many questions.
 */

const spoken = {
  hello: 'Show me three drawings that you like.',
  answer: 'Here they are, all three of them.',
  away: ['First, light.', 'Second, line.', 'Third, patience.', 'Fourth, deadlines.', 'Fifth, rest.'],
}
const secretWords = [
  ...Object.values(journey.words),
  spoken.hello,
  spoken.answer,
  ...spoken.away,
  'a lamp in the window',
]

let directory: string
let tap: Recorder
let node: NodeProcess
let mentor: journey.Person & { app: AppProcess }
let seeker: journey.Person & { app: AppProcess }
let heardAfterwards: string[] = []
const output: string[] = []

async function startApp(name: string): Promise<journey.Person & { app: AppProcess }> {
  const app = await AppProcess.start(join(directory, name))
  return { app, client: app.client, passphrase: `a lamp in the window of ${name}` }
}

/** The node's link, but with the tap's port: members dial the tap. */
async function tappedLink(): Promise<string> {
  const link = decodeLink(await NodeProcess.invite(join(directory, 'node')), Date.now())
  const port = Number(/\/tcp\/(\d+)/.exec(link.nodes[0] ?? '')?.[1])
  tap = await Recorder.start(port)
  return encodeLink({
    ...link,
    nodes: link.nodes.map((address) => address.replace(`/tcp/${port}/`, `/tcp/${tap.port}/`)),
  })
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'journey-'))
  await NodeProcess.init(join(directory, 'node'), ['--listen', '/ip4/127.0.0.1/tcp/0', '--work-bits', '12'])
  node = await NodeProcess.run(join(directory, 'node'))
  const nodeLink = await tappedLink()
  mentor = await startApp('mentor')
  seeker = await startApp('seeker')
  await journey.createVault(mentor)
  await journey.createVault(seeker)
  const mentorCommunity = await journey.createCommunity(mentor, nodeLink)
  const { link } = await mentor.client.communities.invite({ communityId: mentorCommunity, days: 1 })
  const seekerCommunity = await journey.join(seeker, link)
  const { words } = journey
  const mentorPersona = await mentor.client.personas.create({ communityId: mentorCommunity, pseudonym: words.mentor })
  const seekerPersona = await seeker.client.personas.create({ communityId: seekerCommunity, pseudonym: words.seeker })
  await journey.publishOffer(mentor, mentorPersona.id)
  await journey.introduce(seeker, seekerPersona.id, await journey.findOffer(seeker, seekerCommunity))
  const here = await journey.acceptIntroduction(mentor, mentorCommunity)
  const there = await journey.learnOfAcceptance(seeker, seekerCommunity)
  await journey.say(mentor, here, spoken.hello)
  await journey.say(seeker, there, spoken.answer)
  await journey.allMine(mentor, here, 'delivered')
  await journey.allMine(seeker, there, 'delivered')

  output.push(seeker.app.process.output)
  await seeker.app.kill()
  for (const text of spoken.away) await journey.say(mentor, here, text)
  await journey.allMine(mentor, here, 'stored', 'delivered')
  seeker = await startApp('seeker')
  await seeker.client.vault.unlock({ passphrase: seeker.passphrase })
  await journey.reached(seeker, seekerCommunity)
  await journey.waitToHear(seeker, seekerCommunity, there, 1 + spoken.away.length)
  await journey.allMine(mentor, here, 'delivered')
  heardAfterwards = await journey.heard(seeker, there)
})

afterAll(async () => {
  await seeker?.app.stop()
  await mentor?.app.stop()
  await node?.process.stop()
  await tap?.stop()
  if (directory !== undefined) await rm(directory, { recursive: true, force: true })
})

describe('the journey between processes', () => {
  it('loses nothing of what was written while the other was killed, each once and in order', () => {
    expect(heardAfterwards).toEqual([spoken.hello, ...spoken.away])
  })

  it('shows the wire none of the words', () => {
    expect(tap.connections).toBeGreaterThanOrEqual(3)
    expect(tap.seen.length).toBeGreaterThan(100_000)
    expect(wordsIn(tap.seen, secretWords)).toEqual([])
  })

  it("leaves none of the words in anything on the node's disk", async () => {
    const all = await everything(join(directory, 'node'))
    expect(all.length).toBeGreaterThan(20_000)
    expect(wordsIn(all, secretWords)).toEqual([])
  })

  it("leaves none of the words in the members' files, nor in what any process printed", async () => {
    for (const name of ['mentor', 'seeker']) {
      const all = await everything(join(directory, name))
      expect(all.length).toBeGreaterThan(20_000)
      expect(wordsIn(all, secretWords)).toEqual([])
    }
    const printed = Buffer.from(
      [...output, mentor.app.process.output, seeker.app.process.output, node.process.output].join('\n'),
    )
    expect(wordsIn(printed, secretWords)).toEqual([])
  })

  it('would have found the words, had they been there', async () => {
    const server: Server = createServer((_, answer) => answer.end(journey.words.title)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const control = await Recorder.start((server.address() as AddressInfo).port)
    try {
      const [answer] = await once(request({ port: control.port, host: '127.0.0.1' }).end(), 'response')
      await once(answer.resume(), 'end')
      expect(wordsIn(control.seen, secretWords)).toEqual([journey.words.title])
      for (const encoding of ['hex', 'base64', 'utf16le'] as const) {
        const hidden =
          encoding === 'utf16le'
            ? Buffer.from(spoken.hello, encoding)
            : Buffer.from(Buffer.from(`xy${spoken.hello}z`).toString(encoding))
        expect(wordsIn(Buffer.concat([Buffer.from('...'), hidden, Buffer.from('...')]), [spoken.hello])).toEqual([
          spoken.hello,
        ])
      }
    } finally {
      await control.stop()
      server.close()
    }
  })
})

/** All bytes of all files below a folder, names included. */
async function everything(folder: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    parts.push(Buffer.from(entry.name))
    if (entry.isFile()) parts.push(await readFile(join(entry.parentPath, entry.name)))
  }
  return Buffer.concat(parts)
}
