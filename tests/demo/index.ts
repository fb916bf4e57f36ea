import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as journey from '../journey/journey.ts'
import { AppProcess } from '../support/app-process.ts'
import { NodeProcess } from '../support/node-process.ts'
import { Steps } from './steps.ts'

/*
 * `npm run demo`: a community node and two members, three real processes on
 * loopback, walk the journey of the README up to messages read after being
 * offline. Nothing is sped up: passphrases are stretched and boxes are mined as
 * on a person's device.
 */

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const steps = new Steps(({ name, ok, ms }) => {
  if (!values.json) console.log(`${ok ? 'ok    ' : 'FAILED'} ${String(ms).padStart(6)} ms  ${name}`)
})
const step = steps.step.bind(steps)
const directory = await mkdtemp(join(tmpdir(), 'demo-'))
const at = (name: string): string => join(directory, name)
const running: { stop(): Promise<unknown> }[] = []
const sent: string[] = []
let received: string[] = []
let failure: unknown

try {
  await walk()
} catch (error) {
  failure = error
} finally {
  for (const process of running.toReversed()) await process.stop().catch(() => {})
  await rm(directory, { recursive: true, force: true })
}

const { lost, duplicated, reordered } = journey.tally(sent, received)
const ok = failure === undefined && lost === 0 && duplicated === 0 && reordered === 0
const messages = { sent: sent.length, received: received.length, lost, duplicated }
if (values.json) console.log(JSON.stringify({ ok, steps: steps.done, messages }))
else console.log(`${ok ? 'ok' : 'FAILED'}: ${JSON.stringify(messages)}`)
if (failure !== undefined) console.error(failure)
process.exitCode = ok ? 0 : 1

async function startApp(name: string): Promise<journey.Person & { app: AppProcess }> {
  const app = await AppProcess.start(at(name))
  running.push(app)
  return { app, client: app.client, passphrase: `a lamp in the window of ${name}` }
}

async function walk(): Promise<void> {
  const nodeLink = await step('a community node is set up and runs', async () => {
    await NodeProcess.init(at('node'), ['--listen', '/ip4/127.0.0.1/tcp/0'])
    const { process } = await NodeProcess.run(at('node'))
    running.push(process)
    return NodeProcess.invite(at('node'))
  })
  const mentor = await step('the mentor starts the app', () => startApp('mentor'))
  await step('the mentor makes a vault', () => journey.createVault(mentor))
  const mentorCommunity = await step('the mentor creates a community and reaches its node', () =>
    journey.createCommunity(mentor, nodeLink),
  )
  const { link } = await step('the mentor makes an invite', () =>
    mentor.client.communities.invite({ communityId: mentorCommunity, days: 7 }),
  )

  let seeker = await step('the seeker starts the app', () => startApp('seeker'))
  await step('the seeker makes a vault', () => journey.createVault(seeker))
  const seekerCommunity = await step('the seeker joins by the invite', () => journey.join(seeker, link))

  const choose = async (person: journey.Person, communityId: string, pseudonym: string): Promise<string> =>
    (await person.client.personas.create({ communityId, pseudonym })).id
  const [mentorPersona, seekerPersona] = await step('both choose a pseudonym', () =>
    Promise.all([
      choose(mentor, mentorCommunity, journey.words.mentor),
      choose(seeker, seekerCommunity, journey.words.seeker),
    ]),
  )

  await step('the mentor publishes an offer', () => journey.publishOffer(mentor, mentorPersona))
  const offerId = await step('the seeker finds it by topic', () => journey.findOffer(seeker, seekerCommunity))
  await step('the seeker sends an introduction', () => journey.introduce(seeker, seekerPersona, offerId))
  const mentorConversation = await step('the mentor gets it and accepts', () =>
    journey.acceptIntroduction(mentor, mentorCommunity),
  )
  const seekerConversation = await step('the seeker learns of it', () =>
    journey.learnOfAcceptance(seeker, seekerCommunity),
  )

  const write = async (text: string): Promise<void> => {
    sent.push(text)
    await journey.say(mentor, mentorConversation, text)
  }
  await step('they talk: a message is delivered', async () => {
    await write('Welcome. Show me three drawings that you like.')
    await journey.allMine(mentor, mentorConversation, 'delivered')
  })
  await step('they talk: an answer is delivered', async () => {
    await journey.say(seeker, seekerConversation, 'I will. Thank you for having me.')
    await journey.allMine(seeker, seekerConversation, 'delivered')
  })
  await step('the seeker goes offline', async () => {
    await seeker.app.kill()
  })
  await step('the mentor writes five times, stored for pickup', async () => {
    for (const text of ['First, light.', 'Second, line.', 'Third, patience.', 'Fourth, deadlines.', 'Fifth, rest.'])
      await write(text)
    await journey.allMine(mentor, mentorConversation, 'stored', 'delivered')
  })
  received = await step('the seeker comes back and reads all of them', async () => {
    seeker = await startApp('seeker')
    await seeker.client.vault.unlock({ passphrase: seeker.passphrase })
    await journey.reached(seeker, seekerCommunity)
    return journey.waitToHear(seeker, seekerCommunity, seekerConversation, sent.length)
  })
  await step('the mentor sees that they arrived', () => journey.allMine(mentor, mentorConversation, 'delivered'))
}
