/**
 * Something with a life: the constructor stores what it is given and does no
 * I/O, `start` is idempotent, `stop` aborts and waits for what is in flight.
 */
export interface Service {
  start(): Promise<void>
  stop(): Promise<void>
}

/** Starts in order; when one fails, stops what had started, in reverse, and rethrows. */
export async function startAll(services: readonly Service[]): Promise<void> {
  const started: Service[] = []
  try {
    for (const service of services) {
      await service.start()
      started.push(service)
    }
  } catch (error) {
    await stopAll(started)
    throw error
  }
}

/** Stops in reverse order. All are stopped even where one fails; the first failure is rethrown. */
export async function stopAll(services: readonly Service[]): Promise<void> {
  const failures: unknown[] = []
  for (const service of services.toReversed()) {
    await service.stop().catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
}
