import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { copyStore } from '../../core/boxes/store-file.ts'
import { codeOf, ownDirectory, readSmall, sync, writeNew } from '../../core/vault/files.ts'
import { homeFiles, NodeHome } from './home.ts'
import { Usage, type NodeOptions } from './options.ts'

const maxFileBytes = 64 * 1024

/**
 * Copies a node into a new folder, whether it runs or not. The folder is there
 * whole or not at all; it is a node's folder, so that restoring is to put it
 * where the node's was.
 *
 * @throws Fault `not-found`, `vault-damaged`, `disk-full`; Usage where the folder is there already
 */
export function backup({ directory, to = '' }: NodeOptions, say: (line: string) => void): void {
  const home = new NodeHome(directory)
  // a copy of what cannot be read is none
  home.keys()
  home.config()
  const target = resolve(to)
  if (existsSync(target)) throw new Usage('There is something at that place already: nothing is overwritten')
  const beside = `${target}.unfinished`
  rmSync(beside, { recursive: true, force: true })
  try {
    mkdirSync(beside, { mode: ownDirectory })
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new Usage('The folder in which the copy is to lie does not exist')
    throw error
  }
  try {
    if (existsSync(home.storePath)) copyStore(home.storePath, join(beside, 'boxes.db'))
    for (const name of homeFiles) {
      if (!existsSync(home.at(name))) continue
      const content = readSmall(home.at(name), maxFileBytes)
      if (content !== undefined) writeNew(join(beside, name), content)
    }
    sync(beside)
    renameSync(beside, target)
    sync(dirname(target))
  } catch (error) {
    rmSync(beside, { recursive: true, force: true })
    throw error
  }
  say('The copy is made. It holds the network key, and whoever has it can pose as this node: keep it like a password.')
  say('To restore it, put the folder where the node was (or anywhere) and run the node there. Never run both.')
}
