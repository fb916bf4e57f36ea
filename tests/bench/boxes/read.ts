import HyperDHT from 'hyperdht'
import { random } from '../../../core/crypto/random.ts'
import { figure, median, type Figure } from '../../harness/figures.ts'
import { interleaved } from '../interleaved.ts'
import { hyperValue } from './nets.ts'
import { preparedBox } from './prepared.ts'
import type { SharedNets } from './shared-nets.ts'

const times = 40
const warm = 10

/** Finding a place that its reader never asked for before, and reading the box that somebody else stored there. */
export async function readRow(shared: SharedNets): Promise<Figure[]> {
  const [nodes, hyper] = [await shared.ours(), await shared.hyper()]
  const [writer, reader] = [await nodes.member(), await nodes.member()]
  const [hyperWriter, hyperReader] = [await hyper.client(), await hyper.client()]
  const boxes = Array.from({ length: warm + times }, () => preparedBox())
  const keys = boxes.map(() => HyperDHT.keyPair())
  for (const { box } of boxes) await writer.client.store(box)
  for (const key of keys) await hyperWriter.mutablePut(key, random(hyperValue))
  // waits for the boxes that are still on their way
  await writer.stop()
  await hyperWriter.destroy()
  const taken = await interleaved(times, warm, {
    async ours(run) {
      const place = boxes[warm + run]?.draft.capability
      const found = await reader.client.fetch(place === undefined ? [] : [place])
      if (found.length !== 1) throw new Error('A box was not found')
    },
    async theirs(run) {
      const key = keys[warm + run]
      if (key === undefined || (await hyperReader.mutableGet(key.publicKey)) === null) throw new Error('Not found')
    },
  })
  await reader.stop()
  await hyperReader.destroy()
  return [
    figure('find one place among 60 nodes and read 1 box', median(taken.ours), {
      name: 'hyperdht mutableGet among 60 nodes',
      value: median(taken.theirs),
      target: 1,
    }),
  ]
}
