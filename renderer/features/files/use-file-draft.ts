import { useEffect, useRef, useState } from 'react'
import { limits } from '../../../core/api/limits.ts'
import type { FileDraftView } from '../../../core/api/views.ts'
import { useClient } from '../../api/context.tsx'
import { problemOf, type Problem } from '../../api/fault.ts'
import { freshId } from '../../api/fresh-id.ts'
import { handOver } from './transfer.ts'

/** What was chosen to be sent, and how far it is. */
export type DraftState =
  | { readonly step: 'none' }
  | { readonly step: 'reading'; readonly fraction: number }
  /** Core made it ready; `clientId` is the same for every try to send it. */
  | {
      readonly step: 'ready'
      readonly view: FileDraftView
      /** As it was chosen. */
      readonly file: Blob
      readonly clientId: string
      readonly sending: boolean
    }
  /** A picture that cannot be cleaned: as a plain file with everything in it, or not at all. */
  | { readonly step: 'not-cleaned'; readonly draftId: string; readonly file: Blob }
  | { readonly step: 'refused'; readonly why: 'too-large' | 'empty' }

interface FileDraft {
  readonly state: DraftState
  readonly problem: Problem | undefined
  readonly choose: (file: Blob & { readonly name?: string }) => void
  readonly asOther: () => void
  readonly send: () => void
  readonly discard: () => void
}

/** Something to be sent in a conversation: handed to core, looked at, then sent or discarded. */
export function useFileDraft(conversationId: string, onSent: () => void): FileDraft {
  const client = useClient()
  const [state, setState] = useState<DraftState>({ step: 'none' })
  const [problem, setProblem] = useState<Problem>()
  const work = useRef<AbortController>(undefined)
  /** The draft that core has for this page. */
  const held = useRef<string>(undefined)

  const drop = (): void => {
    work.current?.abort()
    work.current = undefined
    const draftId = held.current
    held.current = undefined
    if (draftId !== undefined) client.files.discard({ draftId }).catch(() => {})
  }
  useEffect(
    () => () => {
      work.current?.abort()
      // nobody else knows of it
      if (held.current !== undefined) client.files.discard({ draftId: held.current }).catch(() => {})
    },
    [client],
  )

  const finish = async (draftId: string, file: Blob, asOther: boolean): Promise<void> => {
    try {
      const view = await client.files.finish({ draftId, asOther })
      if (held.current === draftId) setState({ step: 'ready', view, file, clientId: freshId(), sending: false })
    } catch (error) {
      const why = problemOf(error)
      if (why !== 'picture-unreadable' && why !== 'too-large') throw error
      if (held.current === draftId) setState({ step: 'not-cleaned', draftId, file })
    }
  }
  const attempt = async (body: () => Promise<void>): Promise<void> => {
    setProblem(undefined)
    try {
      await body()
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return
      drop()
      setState({ step: 'none' })
      setProblem(problemOf(error))
    }
  }

  const send = async (): Promise<void> => {
    if (state.step !== 'ready' || state.sending) return
    const { view, clientId } = state
    setState({ ...state, sending: true })
    setProblem(undefined)
    try {
      await client.files.send({ draftId: view.id, conversationId, clientId })
      held.current = undefined
      setState({ step: 'none' })
      onSent()
    } catch (error) {
      setState({ ...state, sending: false })
      setProblem(problemOf(error))
    }
  }

  return {
    state,
    problem,
    choose: (file) => {
      drop()
      setProblem(undefined)
      if (file.size === 0) return setState({ step: 'refused', why: 'empty' })
      if (file.size > limits.file.bytes) return setState({ step: 'refused', why: 'too-large' })
      const { signal } = (work.current = new AbortController())
      setState({ step: 'reading', fraction: 0 })
      void attempt(async () => {
        const draftId = await handOver(client, file, {
          signal,
          onProgress: (fraction) => {
            if (!signal.aborted) setState({ step: 'reading', fraction })
          },
        })
        if (signal.aborted) {
          client.files.discard({ draftId }).catch(() => {})
          return
        }
        held.current = draftId
        await finish(draftId, file, false)
      })
    },
    asOther: () => {
      if (state.step === 'not-cleaned') void attempt(() => finish(state.draftId, state.file, true))
    },
    send: () => void send(),
    discard: () => {
      drop()
      setState({ step: 'none' })
      setProblem(undefined)
    },
  }
}
