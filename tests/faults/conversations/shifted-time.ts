import { readFileSync } from 'node:fs'

/*
 * Loaded before everything else of a process (`--import`): its system clock is
 * off by as many milliseconds as a file says, and again whenever SIGUSR2 says
 * that the file has changed. Timers run on as they do where a clock is set.
 */
const path = process.env['FAULTS_CLOCK'] ?? ''
const now = Date.now.bind(Date)
let shift = 0

function read(): void {
  shift = Number(readFileSync(path, 'utf8'))
}

read()
process.on('SIGUSR2', read)
Date.now = () => now() + shift
