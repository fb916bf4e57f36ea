import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import type { StatedConfiguration } from '../../../main/node/config.ts'
import { launchBrowser } from '../../support/browser.ts'
import { NodeProcess } from '../../support/node-process.ts'
import { Person, screenshots } from './person.ts'

/** What one suite needs: a browser, a community node and people, all real and all on loopback. */
export class Stage {
  readonly #suite: string
  readonly #directory: string
  readonly #browser: Browser
  readonly #people: Person[] = []
  #node: NodeProcess | undefined

  private constructor(suite: string, directory: string, browser: Browser) {
    this.#suite = suite
    this.#directory = directory
    this.#browser = browser
  }

  static async open(suite: string): Promise<Stage> {
    await rm(screenshots(suite), { recursive: true, force: true })
    return new Stage(suite, await mkdtemp(join(tmpdir(), 'e2e-')), await launchBrowser())
  }

  /**
   * A community node that asks for little work.
   *
   * @param settings what its `node.json` says besides
   * @returns the link that a founder pastes
   */
  async startNode(settings: Partial<StatedConfiguration> = {}): Promise<string> {
    const directory = join(this.#directory, 'node')
    await NodeProcess.init(directory, ['--listen', '/ip4/127.0.0.1/tcp/0', '--work-bits', '12'])
    const file = join(directory, 'node.json')
    const stated = JSON.parse(await readFile(file, 'utf8')) as StatedConfiguration
    await writeFile(file, JSON.stringify({ ...stated, ...settings }))
    this.#node = await NodeProcess.run(directory)
    return NodeProcess.invite(directory)
  }

  /** The node answers nobody any more, as on a line that hangs. */
  stopNode(): void {
    this.#node?.process.child.kill('SIGSTOP')
  }

  /** After `stopNode`: it goes on where it stood. */
  resumeNode(): void {
    this.#node?.process.child.kill('SIGCONT')
  }

  async killNode(): Promise<void> {
    await this.#node?.process.stop('SIGKILL')
  }

  /** Someone new, whose app has been started and whose page is open. */
  async person(name: string, context: BrowserContextOptions = {}): Promise<Person> {
    const directory = join(this.#directory, name)
    const person = new Person({ browser: this.#browser, name, directory, suite: this.#suite, context })
    this.#people.push(person)
    await person.come()
    return person
  }

  /** @throws Error where a page asked anyone but this machine */
  async close(): Promise<void> {
    await Promise.all(this.#people.map((person) => person.leave()))
    await this.#node?.process.stop('SIGKILL')
    await this.#browser.close()
    await rm(this.#directory, { recursive: true, force: true })
    const strangers = this.#people.flatMap(({ watch }) => watch.strangers)
    if (strangers.length > 0) throw new Error(`Requests left this machine: ${strangers.join(', ')}`)
  }
}
