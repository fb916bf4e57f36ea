import { useEffect, useEffectEvent } from 'react'

const minute = 60_000
/** Milliseconds between looks at the clock, and between words to other tabs. */
const interval = 5_000
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Calls back once after so many minutes without a sign of the person, in this
 * tab or another one; 0 is never. A device that slept counts as one that waited.
 */
export function useIdle(minutes: number, onIdle: () => void): void {
  const idle = useEffectEvent(onIdle)

  useEffect(() => {
    if (minutes === 0) return undefined
    let last = Date.now()
    let told = last
    const tabs = new BroadcastChannel('here')
    tabs.addEventListener('message', () => (last = Date.now()))
    const look = (): void => {
      if (Date.now() - last < minutes * minute) return
      last = Date.now()
      idle()
    }
    const sign = (): void => {
      // the first sign after too long is no sign of the same person
      look()
      last = Date.now()
      if (last - told < interval) return
      told = last
      tabs.postMessage(null)
    }
    for (const name of signs) window.addEventListener(name, sign, { capture: true, passive: true })
    const timer = setInterval(look, interval)
    return () => {
      for (const name of signs) window.removeEventListener(name, sign, { capture: true })
      clearInterval(timer)
      tabs.close()
    }
  }, [minutes])
}
