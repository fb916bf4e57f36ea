import { help, parseOptions, Usage } from './options.ts'

/** `npm run node`: the command line of a community node. */
const say = (line: string): void => console.log(line)

async function main(argv: readonly string[]): Promise<void> {
  const options = parseOptions(argv)
  // loaded late, so that --help and what is typed wrongly are answered at once
  switch (options.command) {
    case 'help':
      return say(help)
    case 'init':
      return (await import('./commands.ts')).init(options, say)
    case 'run':
      return (await import('./run.ts')).run(options, say)
    case 'invite':
      return (await import('./commands.ts')).invite(options, say)
    case 'status':
      return (await import('./status.ts')).status(options, say)
    case 'backup':
      return (await import('./backup.ts')).backup(options, say)
  }
}

// what a node writes is for its owner alone, SQLite's files too
process.umask(0o077)
try {
  await main(process.argv.slice(2))
  process.exitCode = 0
} catch (error) {
  console.error(error instanceof Usage ? error.message : (await import('./sentences.ts')).nodeSentence(error))
  process.exitCode = 1
}
