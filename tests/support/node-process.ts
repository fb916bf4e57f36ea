import { OwnProcess } from './processes.ts'

/** The real community node as its own process. */
export class NodeProcess {
  readonly process: OwnProcess
  readonly directory: string

  private constructor(process: OwnProcess, directory: string) {
    this.process = process
    this.directory = directory
  }

  /** `npm run node -- init`, on a free port of loopback. */
  static async init(directory: string, args: readonly string[] = []): Promise<void> {
    const init = new OwnProcess('main/node/index.ts', ['init', '--dir', directory, ...args])
    if ((await init.end()) !== 0) throw new Error(`init failed:\n${init.output}`)
  }

  static async run(directory: string): Promise<NodeProcess> {
    const process = new OwnProcess('main/node/index.ts', ['run', '--dir', directory])
    try {
      await process.line(/^ready\b/)
    } catch (error) {
      await process.stop('SIGKILL')
      throw error
    }
    return new NodeProcess(process, directory)
  }

  /** What a founder pastes into the app. */
  static async invite(directory: string): Promise<string> {
    const link = new OwnProcess('main/node/index.ts', ['invite', '--dir', directory])
    const [text] = await link.line(/^staffetta:\S+$/)
    await link.end()
    return text
  }
}
