import { setTimeout as wait } from 'node:timers/promises'
import { isFault } from '../../core/base/fault.ts'
import { ProfileLock } from '../../core/vault/profile-lock.ts'

/* A process that takes a profile and holds it until it is ended: lock-holder.ts DIRECTORY. Prints `held` or the fault's code. */
try {
  await new ProfileLock(process.argv[2] ?? '').start()
  console.log('held')
  await wait(300_000)
} catch (error) {
  console.log(isFault(error) ? error.code : 'unknown error')
}
