import { silentLog } from '../../core/base/log.ts'
import { stopOnSignal } from '../../main/ending.ts'

/*
 * A program of ours whose stop takes as long as its first argument says, in
 * milliseconds; `never` is for ever. For the test of how programs end.
 */

const [takes = 'never'] = process.argv.slice(2)
const stopped = new Promise<void>((resolve) => {
  process.once('SIGTERM', () => {
    if (takes !== 'never') setTimeout(resolve, Number(takes))
  })
})
stopOnSignal({
  running: [{ start: async () => {}, stop: () => stopped }],
  log: silentLog,
  onStop: () => console.log('stopping'),
  onStopped: () => console.log('stopped'),
})
setInterval(() => {}, 60_000)
console.log('ready')
