import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { Health } from './health.ts'

interface Metric {
  readonly name: string
  readonly help: string
  readonly kind: 'gauge' | 'counter'
  readonly value: (health: Health) => number
}

const metrics: readonly Metric[] = [
  gauge('boxes', 'Boxes and tombstones that are stored', (health) => health.boxes),
  gauge('store_bytes', 'Bytes of the quota that are used', (health) => health.bytes),
  gauge('store_quota_bytes', 'Bytes that the store may come to', (health) => health.quota),
  gauge('disk_free_bytes', 'Bytes free on the disk of the store', (health) => health.diskFree),
  gauge('connections', 'Connections with members and nodes', (health) => health.connections),
  gauge('neighbours', 'Other community nodes connected with', (health) => health.neighbours),
  gauge('work_bits', 'Proof of work that a box must carry now, in bits', (health) => health.workBits),
  gauge('relay_reservations', 'Members that can be reached through this relay', ({ relay }) => relay.reservations),
  gauge('relay_connections', 'Pairs that talk through this relay', ({ relay }) => relay.connections),
  gauge('store_set_aside', '1 where a damaged store was put aside at this start', ({ setAside }) => Number(setAside)),
  counter('boxes_stored_total', 'Boxes taken', ({ counts }) => counts.stored),
  counter('boxes_swept_total', 'Boxes that expired and were deleted', ({ counts }) => counts.swept),
  counter('boxes_handed_off_total', 'Boxes that other nodes took from this one', ({ counts }) => counts.handedOff),
  counter('offenders_total', 'Connections closed because of what came over them', ({ counts }) => counts.offenders),
]

/** Numbers by the words that the protocol has for them; no label names a peer, a place or a machine. */
const tallies = [
  { name: 'requests_total', help: 'Requests of the box protocol', label: 'type', of: (h: Health) => h.counts.requests },
  { name: 'refusals_total', help: 'Refusals, by reason', label: 'reason', of: (h: Health) => h.counts.refusals },
] as const

function gauge(name: string, help: string, value: Metric['value']): Metric {
  return { name, help, kind: 'gauge', value }
}

function counter(name: string, help: string, value: Metric['value']): Metric {
  return { name, help, kind: 'counter', value }
}

/** What Prometheus reads. @param health undefined while the node does not run */
export function metricsOf(health: () => Health | undefined): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const { name, help, kind, value } of metrics) {
    const settings = { name: `staffetta_${name}`, help, registers: [registry] }
    if (kind === 'gauge') {
      const metric: Gauge = new Gauge({ ...settings, collect: () => metric.set(read(value)) })
    } else {
      const metric: Counter = new Counter({
        ...settings,
        collect() {
          metric.reset()
          metric.inc(read(value))
        },
      })
    }
  }
  for (const { name, help, label, of } of tallies) {
    const metric = new Counter({
      name: `staffetta_${name}`,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        metric.reset()
        const now = health()
        if (now === undefined) return
        for (const [word, count] of Object.entries(of(now))) metric.inc({ [label]: word }, count)
      },
    })
  }
  return registry

  function read(value: Metric['value']): number {
    const now = health()
    return now === undefined ? 0 : value(now)
  }
}
