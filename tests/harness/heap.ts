import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** MiB of JavaScript and of its buffers that are in use once all garbage is gone. */
export function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  // objects with a finaliser go in the second round
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 2 ** 20
}
