import { useEffect, useState } from 'react'

/** The time in ms since 1970, looked at again every half minute: for words such as `5 minutes ago`. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
