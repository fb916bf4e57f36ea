import { Children } from '../children.ts'
import { hyperNodes, nodeCount, ourNodes, type HyperNodes, type OurNodes } from './nets.ts'

/** The 60 nodes of each kind that several rows use: until they know each other takes most of a row's time. */
export class SharedNets {
  readonly #children = new Children()
  #ours: Promise<OurNodes> | undefined
  #hyper: Promise<HyperNodes> | undefined

  ours(): Promise<OurNodes> {
    return (this.#ours ??= ourNodes(this.#children, { groups: [nodeCount] }))
  }

  hyper(): Promise<HyperNodes> {
    return (this.#hyper ??= hyperNodes(this.#children, [nodeCount]))
  }

  async end(): Promise<void> {
    await this.#children.end()
  }
}
