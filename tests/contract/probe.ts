import { implement } from '@orpc/server'
import { contract } from '../../core/api/contract.ts'
import type { AppEvent } from '../../core/api/events.ts'
import type { App } from '../../core/app.ts'
import { faultBoundary } from '../../core/router/faults.ts'

type Answer = (input: unknown, signal: AbortSignal | undefined) => unknown

/**
 * A router of the whole contract whose answers a test decides: the only way to
 * see what a door does with an app that answers wrongly.
 */
export class Probe {
  /** What reached the app, by path. */
  readonly heard: (readonly [path: string, input: unknown])[] = []
  answer: (path: string) => Answer = () => () => undefined
  /** What `events` gives. */
  events: (signal: AbortSignal | undefined) => AsyncGenerator<AppEvent, void> = async function* () {}
  readonly router: App['router']

  constructor() {
    const at = implement(contract).use(faultBoundary)
    const answered = (node: Record<string, unknown>, path: readonly string[]): unknown =>
      Object.fromEntries(
        Object.keys(contractAt(path)).map((name) => {
          const below = [...path, name]
          const procedure = node[name] as { handler?: (handler: unknown) => unknown } & Record<string, unknown>
          if (!isProcedure(contractAt(below))) return [name, answered(procedure, below)]
          const key = below.join('.')
          const handler = ({ input, signal }: { input: unknown; signal?: AbortSignal }): unknown => {
            this.heard.push([key, input])
            return key === 'events' ? this.events(signal) : this.answer(key)(input, signal)
          }
          return [name, procedure.handler?.(handler)]
        }),
      )
    const handlers = answered(at as unknown as Record<string, unknown>, []) as Parameters<typeof at.router>[0]
    this.router = at.router(handlers)
  }
}

const isProcedure = (node: object): boolean => '~orpc' in node

function contractAt(path: readonly string[]): object {
  return path.reduce<object>((node, name) => (node as Record<string, object>)[name] ?? {}, contract)
}

/** The path of every procedure of the contract. */
export function procedurePaths(node: object = contract, path: readonly string[] = []): string[] {
  if (isProcedure(node)) return [path.join('.')]
  return Object.entries(node).flatMap(([name, below]) => procedurePaths(below as object, [...path, name]))
}
