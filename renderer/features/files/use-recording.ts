import { useCallback, useEffect, useRef, useState } from 'react'

/** What browsers record voices as, the smallest first. */
const types = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']
/** Enough for speech: five minutes are less than a megabyte. */
const bitsPerSecond = 24_000
const longestNote = 5 * 60_000

export type RecordingState =
  | { readonly step: 'none' }
  | { readonly step: 'asking' }
  /** Since when, ms since 1970. */
  | { readonly step: 'recording'; readonly since: number }
  | { readonly step: 'refused'; readonly why: 'not-allowed' | 'no-microphone' }

export interface VoiceRecording {
  readonly state: RecordingState
  readonly start: () => void
  /** Ends it and hands it on. */
  readonly finish: () => void
  /** Ends it and forgets it. */
  readonly drop: () => void
}

interface Tape {
  readonly recorder: MediaRecorder
  readonly stream: MediaStream
  isWanted: boolean
}

/**
 * Records the person's voice, from their wish to their word; the microphone is let go of at once.
 *
 * @param longest ms, after which it ends by itself
 */
export function useRecording(onRecorded: (voice: Blob) => void, longest = longestNote): VoiceRecording {
  const [state, setState] = useState<RecordingState>({ step: 'none' })
  const tape = useRef<Tape>(undefined)
  const wish = useRef(0)

  const end = useCallback((isWanted: boolean): void => {
    wish.current++
    const running = tape.current
    tape.current = undefined
    setState({ step: 'none' })
    if (running === undefined) return
    running.isWanted = isWanted
    if (running.recorder.state !== 'inactive') running.recorder.stop()
    for (const track of running.stream.getTracks()) track.stop()
  }, [])
  useEffect(() => () => end(false), [end])

  const since = state.step === 'recording' ? state.since : undefined
  useEffect(() => {
    if (since === undefined) return undefined
    const timer = setTimeout(() => end(true), longest)
    return () => clearTimeout(timer)
  }, [since, end, longest])

  const start = async (): Promise<void> => {
    const mine = ++wish.current
    setState({ step: 'asking' })
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      if (mine !== wish.current) {
        for (const track of stream.getTracks()) track.stop()
        return
      }
      const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type))
      const recorder = new MediaRecorder(stream, {
        audioBitsPerSecond: bitsPerSecond,
        ...(mimeType === undefined ? {} : { mimeType }),
      })
      const running: Tape = { recorder, stream, isWanted: false }
      const parts: Blob[] = []
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
      recorder.addEventListener('stop', () => {
        if (running.isWanted) onRecorded(new Blob(parts, { type: recorder.mimeType }))
      })
      tape.current = running
      recorder.start()
      setState({ step: 'recording', since: Date.now() })
    } catch (error) {
      if (mine !== wish.current) return
      const isAbsent = error instanceof DOMException && error.name === 'NotFoundError'
      setState({ step: 'refused', why: isAbsent ? 'no-microphone' : 'not-allowed' })
    }
  }
  return { state, start: () => void start(), finish: () => end(true), drop: () => end(false) }
}
