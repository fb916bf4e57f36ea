import { spawnSync } from 'node:child_process'

/** Two hosts of this machine's own, in network namespaces, with a router between them that can be cut. */
export interface TwoSides {
  readonly sides: readonly [Side, Side]
  /** What is sent from one side to the other is lost without a word. */
  cut(): void
  heal(): void
  /** Once nothing runs there any more. */
  remove(): void
}

export interface Side {
  readonly address: string
  /** What a command is preceded by to run there. */
  readonly within: readonly string[]
}

/** It takes Linux, its privileges, and iproute2. @returns undefined where one of them is not there */
export function twoSides(): TwoSides | undefined {
  const name = (end: string): string => `staffetta-${process.pid}-${end}`
  const router = name('router')
  const ends = ['left', 'right'].map((end, index) => ({
    namespace: name(end),
    near: `st${end}`,
    far: `st${end}r`,
    address: `10.77.${index + 1}.2`,
    gateway: `10.77.${index + 1}.1`,
  }))
  const forward = (on: 0 | 1): boolean =>
    succeeds('ip', 'netns', 'exec', router, 'sh', '-c', `echo ${on} > /proc/sys/net/ipv4/ip_forward`)
  const remove = (): void => {
    for (const namespace of [...ends.map((end) => end.namespace), router]) succeeds('ip', 'netns', 'del', namespace)
  }
  const made =
    succeeds('ip', 'netns', 'add', router) &&
    ends.every(
      ({ namespace, near, far, address, gateway }) =>
        succeeds('ip', 'netns', 'add', namespace) &&
        succeeds('ip', '-n', router, 'link', 'add', 'name', far, 'type', 'veth', 'peer', 'name', near) &&
        succeeds('ip', '-n', router, 'link', 'set', 'dev', near, 'netns', namespace) &&
        succeeds('ip', '-n', router, 'address', 'add', `${gateway}/24`, 'dev', far) &&
        succeeds('ip', '-n', router, 'link', 'set', 'dev', far, 'up') &&
        succeeds('ip', '-n', namespace, 'address', 'add', `${address}/24`, 'dev', near) &&
        succeeds('ip', '-n', namespace, 'link', 'set', 'dev', near, 'up') &&
        succeeds('ip', '-n', namespace, 'link', 'set', 'dev', 'lo', 'up') &&
        succeeds('ip', '-n', namespace, 'route', 'add', 'default', 'via', gateway),
    ) &&
    forward(1)
  const [left, right] = ends.map(({ namespace, address }) => ({
    address,
    within: ['ip', 'netns', 'exec', namespace],
  }))
  if (!made || left === undefined || right === undefined) {
    remove()
    return undefined
  }
  return {
    sides: [left, right],
    cut: () => void forward(0),
    heal: () => void forward(1),
    remove,
  }
}

function succeeds(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0
}
