import { OwnProcess, type OwnProcessOptions } from './processes.ts'

/** The real community node as its own process. */
export class NodeProcess {
  readonly process: OwnProcess
  readonly directory: string

  private constructor(process: OwnProcess, directory: string) {
    this.process = process
    this.directory = directory
  }

  /** `npm run node -- init`. @param link of another node, whose network it joins */
  static async init(directory: string, args: readonly string[] = [], link?: string): Promise<void> {
    const joining = link === undefined ? [] : ['--link', '-']
    const input = link === undefined ? {} : { input: link }
    const init = new OwnProcess('main/node/index.ts', ['init', '--dir', directory, ...joining, ...args], input)
    if ((await init.end()) !== 0) throw new Error(`init failed:\n${init.output}`)
  }

  /** @param options a network namespace, see OwnProcessOptions */
  static async run(directory: string, options: Pick<OwnProcessOptions, 'within' | 'env'> = {}): Promise<NodeProcess> {
    const process = new OwnProcess('main/node/index.ts', ['run', '--dir', directory], options)
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
