import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { OwnProcess } from '../support/processes.ts'

const slow = fileURLToPath(new URL('../support/slow-ending.ts', import.meta.url))
let program: OwnProcess

afterEach(() => program.stop('SIGKILL'))

async function start(takes: string): Promise<void> {
  program = new OwnProcess(slow, [takes])
  await program.line(/^ready$/)
}

describe('a program that is told to end', () => {
  it('stops cleanly, also where one wish comes twice, from the terminal and from npm', async () => {
    await start('100')
    program.child.kill('SIGTERM')
    program.child.kill('SIGINT')
    expect(await program.end()).toBe(0)
    expect(program.output).toBe('ready\nstopping\nstopped')
  })

  it('ends at once when it is told again', async () => {
    await start('never')
    const from = performance.now()
    await eventually(
      () => {
        program.child.kill('SIGTERM')
        return program.ended
      },
      { everyMs: 100, timeoutMs: 9_000 },
    )
    expect(program.child.exitCode).toBe(1)
    expect(performance.now() - from).toBeLessThan(9_000)
    expect(program.output).not.toContain('stopped')
  })

  it('ends after ten seconds where it cannot stop', async () => {
    await start('never')
    const from = performance.now()
    program.child.kill('SIGTERM')
    expect(await program.end()).toBe(1)
    expect(performance.now() - from).toBeGreaterThan(9_000)
  })
})
