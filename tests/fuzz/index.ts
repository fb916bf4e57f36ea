import { freshSeed, readOptions } from '../harness/options.ts'
import { fuzzDecoders } from './decoders.ts'
import { heapInUse } from '../harness/heap.ts'
import { fuzzClient } from './protocol-client.ts'
import { fuzzServer } from './protocol-server.ts'
import { printFuzz, type Failure } from './report.ts'

/**
 * `npm run fuzz -- [--seconds N] [--seed S] [--iterations I] [--json]`: every decoder
 * of core, then both sides of the box protocol on real streams of loopback.
 *
 * The decoders get the same inputs for the same seed, each by its iteration;
 * `--iterations` ends a run after so many of each, whatever the machine's speed.
 * Exit status 0 only where nothing failed.
 */
const { json, numbers } = readOptions('fuzz', [], { seconds: 60, seed: freshSeed(), iterations: 0 })
const { seconds, seed, iterations } = numbers
const ms = seconds * 1000
/** Of a network with its keys, peers and streams, once it has stopped; libp2p keeps caches of its own. */
const mostHeapMiB = 128

// before anything can go wrong, so that the run can be made again
console.error(`fuzz, seed ${seed}, ${seconds} s`)
const decoders = iterations > 0 ? await fuzzDecoders(seed, Infinity, iterations) : await fuzzDecoders(seed, ms * 0.6)
const before = heapInUse()
const server = await fuzzServer(seed, ms * 0.2)
const client = await fuzzClient(seed, ms * 0.2)
const networkGrowth = heapInUse() - before
const failures: Failure[] = [...decoders.failures, ...server.failures, ...client.failures]
if (networkGrowth > mostHeapMiB) {
  const what = `${Math.round(networkGrowth)} MiB were kept`
  failures.push({ target: 'box protocol', kind: 'memory', seed, iteration: 0, what, input: '' })
}
const ok = failures.length === 0
printFuzz(
  {
    seed,
    seconds,
    targets: [...decoders.targets, ...server.targets, ...client.targets],
    heapGrowthMiB: Math.round(decoders.heapGrowthMiB + networkGrowth),
    failures,
    ok,
  },
  json,
)
process.exitCode = ok ? 0 : 1
