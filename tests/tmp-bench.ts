import inspector from 'node:inspector/promises'
import { writeFileSync } from 'node:fs'
const sess = new inspector.Session()
sess.connect()
await sess.post('Profiler.enable')
import { random } from '../core/crypto/random.ts'
import { eventually } from './support/eventually.ts'
import { filePair } from './support/file-pair.ts'
import { scratch } from './support/scratch.ts'
import { wired } from './support/streams.ts'
const disk = scratch()
const net = await wired()
const pair = await filePair(net, disk, 'b')
const size = 100 * 1024 * 1024
const content = random(size)
async function raw() {
  const { near, far } = await net.streams('/test/raw')
  let got = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  far.addEventListener('message', (e: any) => {
    got += e.data.byteLength
    if (got >= size) resolve()
  })
  const t = performance.now()
  for (let at = 0; at < size; at += 65536) {
    if (!near.send(content.subarray(at, at + 65536))) await near.onDrain()
  }
  await promise
  const ms = performance.now() - t
  near.abort(new Error('x'))
  return ms
}
for (let i = 0; i < 4; i++) {
  const id = await pair.giver.offer(pair.taker, content)
  const t = performance.now()
  if (process.env['PROF'] && i === 2) await sess.post('Profiler.start')
  const cpu = process.cpuUsage()
  pair.taker.files.accept(id)
  await eventually(() => ['here', 'failed'].includes(pair.taker.view(id).state), { everyMs: 5, timeoutMs: 60000 })
  const ms = performance.now() - t
  if (process.env['PROF'] && i === 2)
    writeFileSync('/tmp/fprof/x.cpuprofile', JSON.stringify(((await sess.post('Profiler.stop')) as any).profile))
  const c = process.cpuUsage(cpu)
  await pair.taker.files.remove(id)
  await pair.giver.files.remove(pair.giver.list().at(-1)!.id as never)
  const r = await raw()
  console.log(
    `${i} ours ${(size / ms / 1000).toFixed(0)} MB/s (cpu ${((c.user + c.system) / 1000).toFixed(0)} of ${ms.toFixed(0)} ms), raw ${(size / r / 1000).toFixed(0)} MB/s, ratio ${(r / ms).toFixed(2)}, rss ${(process.memoryUsage().rss / 1e6).toFixed(0)}`,
  )
}
await pair.giver.files.stop()
await pair.taker.files.stop()
await net.stop()
disk.remove()
process.exit(0)
