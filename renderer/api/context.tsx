import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import type { Progress } from '../../core/api/views.ts'
import { connect, type Api, type Client } from './client.ts'
import type { ConnectionState } from './connection.ts'
import { listen } from './listen.ts'
import { ProgressBook } from './progress.ts'
import { ReminderBook, type Reminder } from './reminders.ts'
import type { ViewKey } from './stale.ts'
import { Views, type ViewState } from './views.ts'

interface Reach extends Api {
  readonly views: Views
  readonly progress: ProgressBook
  readonly reminders: ReminderBook
}

const Context = createContext<Reach | undefined>(undefined)

/** Connects once, and lets everything inside ask core. */
export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const [reach] = useState<Reach>(() => ({
    ...connect(),
    views: new Views(),
    progress: new ProgressBook(),
    reminders: new ReminderBook(),
  }))
  useEffect(() => {
    void listen(reach, reach)
  }, [reach])
  return <Context value={reach}>{children}</Context>
}

function useReach(): Reach {
  const reach = useContext(Context)
  if (reach === undefined) throw new Error('Outside of ApiProvider')
  return reach
}

export function useClient(): Client {
  return useReach().client
}

export function useViews(): Views {
  return useReach().views
}

export function useConnection(): ConnectionState {
  const { connection } = useReach()
  return useSyncExternalStore(connection.subscribe, connection.state)
}

/** Reads a view, and again whenever core says that it changed. The key must name all that `load` uses. */
export function useView<T>(key: ViewKey, load: (client: Client) => Promise<T>): ViewState<T> {
  const { client, views } = useReach()
  const id = key.join('/')
  const subscribe = useCallback(
    (listener: () => void) => views.watch(key, () => load(client), listener),
    // oxlint-disable-next-line react/exhaustive-deps -- the key stands for itself and for `load`
    [client, views, id],
  )
  return useSyncExternalStore(subscribe, () => views.state<T>(key))
}

/** What was told last of background work; `saved` is what the view said. */
export function useProgress(subject: string, saved: Progress | null): Progress | null {
  const { progress } = useReach()
  const told = useSyncExternalStore(progress.subscribe, () => progress.of(subject))
  return told === undefined ? saved : told
}

/** Appointments that are near, and how one of them is put away. */
export function useReminders(): {
  readonly reminders: readonly Reminder[]
  readonly dismiss: (sessionId: string) => void
} {
  const { reminders } = useReach()
  const all = useSyncExternalStore(reminders.subscribe, reminders.all)
  return { reminders: all, dismiss: (sessionId) => reminders.dismiss(sessionId) }
}
