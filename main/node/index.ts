import { isFault } from '../../core/base/fault.ts'
import { help, parseOptions, Usage } from './options.ts'

/** `npm run node`: the command line of a community node. */
const say = (line: string): void => console.log(line)

async function main(argv: readonly string[]): Promise<void> {
  const options = parseOptions(argv)
  if (options.command === 'help') return say(help)
  // loaded late, so that --help and what is typed wrongly are answered at once
  const { init, link, run, status } = await import('./commands.ts')
  switch (options.command) {
    case 'init':
      return init(options, say)
    case 'run':
      return run(options, say)
    case 'link':
      return link(options, say)
    case 'status':
      return status(options, say)
  }
}

/** What happened and what to do, for an operator. Never a stack, never a cause. */
function sentence(error: unknown): string {
  if (error instanceof Usage) return error.message
  if (isFault(error, 'not-found'))
    return 'There is no node in this folder. Make one with: npm run node -- init --dir DIR'
  if (isFault(error, 'wrong-state')) return `${error.message}. Nothing was changed; try npm run node -- --help`
  if (isFault(error, 'profile-in-use')) return 'This node runs already. Stop it first, or name another folder.'
  if (isFault(error, 'port-in-use')) {
    return 'Another program uses the port of this node. Stop that one, or change "listen" in node.json and run again.'
  }
  if (isFault(error, 'disk-full'))
    return 'The disk is full or cannot be written. Make room and run again; no box is lost.'
  if (isFault(error, 'malformed', 'unknown-version', 'vault-damaged', 'vault-newer')) {
    return 'The files of this node cannot be read. Put back a copy of its folder if you have one; nothing was changed.'
  }
  if (isFault(error, 'invite-mangled', 'invite-expired', 'invite-unknown-version')) {
    return 'This is not the link of a community for its nodes. Copy it whole from the app: Community, Add a computer.'
  }
  if (isFault(error, 'bad-input'))
    return 'This machine cannot listen there. Change "listen" in node.json and run again.'
  return 'The node could not do this. Nothing that was stored is lost; report it if it happens again.'
}

try {
  await main(process.argv.slice(2))
  process.exitCode = 0
} catch (error) {
  console.error(sentence(error))
  process.exitCode = 1
}
