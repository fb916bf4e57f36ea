import type { CommandLine } from 'electron'

/** Chromium's own ideas of what to fetch, report or offer, each switched off. */
const features = [
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'OptimizationGuideModelDownloading',
  'Reporting',
  'NetworkErrorLogging',
  'SafeBrowsing',
  'Translate',
  'TFLiteLanguageDetectionEnabled',
  'WebBluetooth',
]

/**
 * Switches for Chromium, set before it starts: nothing that it may want to fetch
 * by itself finds a name or a way out, and nothing is reported or kept.
 *
 * Core's own network is Node's and is not touched by any of them.
 */
const switches: readonly (readonly [name: string, value?: string])[] = [
  // no name is ever looked up, and what needs none goes to a port where nobody is
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['proxy-server', 'socks5://127.0.0.1:9'],
  ['proxy-bypass-list', '<-loopback>'],
  ['dns-prefetch-disable'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-client-side-phishing-detection'],
  ['disable-sync'],
  ['disable-breakpad'],
  ['disable-crash-reporter'],
  ['disable-speech-api'],
  ['disable-notifications'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['no-pings'],
  ['no-first-run'],
  ['metrics-recording-only'],
  ['disable-features', features.join(',')],
  // what was on the screen does not stay on the disk
  ['disk-cache-size', '1'],
  ['disable-gpu-shader-disk-cache'],
]

export function applySwitches(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  for (const [name, value] of switches) commandLine.appendSwitch(name, value)
}

/** Switches with which another program could look into the window. */
const spies = ['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk', 'load-extension']

/** Whether someone started a packaged app so that it can be looked into. */
export function isSpiedOn(commandLine: Pick<CommandLine, 'hasSwitch'>): boolean {
  return spies.some((name) => commandLine.hasSwitch(name))
}
