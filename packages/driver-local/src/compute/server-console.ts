/** Something that happened to a server. */
export interface ServerEvent {
  readonly action: 'create' | 'start' | 'stop' | 'reboot' | 'resize' | 'snapshot'
  /** When it was asked, and when it was done; in ms since 1970. */
  readonly at: number
  readonly until: number
  /** The new size, the name of the image. */
  readonly detail?: string | undefined
}

/** What a console tells of. */
export interface ConsoleSubject {
  readonly name: string
  readonly image: string
  readonly size: string
  readonly addresses: readonly string[]
  readonly keyFingerprint: string | undefined
  readonly userDataBytes: number | undefined
  readonly events: readonly ServerEvent[]
}

/**
 * The console of a simulated server at a time, as text: what the life that it did not have would have printed. Each line begins with its
 * time in UTC. User data can hold passwords: it is counted, never shown.
 */
export function consoleOf(subject: ConsoleSubject, now: number, lines?: number | undefined): string {
  const all = subject.events.flatMap((event) => linesOf(event, subject)).filter(([at]) => at <= now)
  const shown = lines === undefined ? all : all.slice(-lines)
  return shown.map(([at, text]) => `[${new Date(at).toISOString()}] ${text}\n`).join('')
}

type Line = readonly [at: number, text: string]

function linesOf({ action, at, until, detail = '' }: ServerEvent, subject: ConsoleSubject): readonly Line[] {
  switch (action) {
    case 'create':
      return [
        [at, `hanse: server ${subject.name} is simulated; no processor runs it, and this is what it would have printed`],
        [at, `boot: image ${subject.image}, size ${subject.size}`],
        ...started(until, subject),
        [until, firstBoot(subject)],
        [until, `${subject.name} login:`],
      ]
    case 'start':
      return [[at, 'power: on'], ...started(until, subject), [until, `${subject.name} login:`]]
    case 'stop':
      return [
        [at, 'power: the power button was pressed; services are stopping'],
        [until, 'power: off'],
      ]
    case 'reboot':
      return [[at, 'reboot: restarting the system'], ...started(until, subject), [until, `${subject.name} login:`]]
    case 'resize':
      return [
        [at, `resize: to size ${detail}`],
        [until, 'resize: done'],
      ]
    case 'snapshot':
      return [[at, `snapshot: the disk was frozen for image ${detail}`]]
  }
}

const started = (at: number, { addresses }: ConsoleSubject): readonly Line[] => [
  ...addresses.map((address, index): Line => [at, `net: eth${index} has ${address}`]),
  [at, 'boot: reached multi-user'],
]

const firstBoot = ({ userDataBytes, keyFingerprint }: ConsoleSubject): string =>
  [
    `cloud-init: ran with ${userDataBytes === undefined ? 'no user data' : `user data of ${userDataBytes} bytes`}`,
    ...(keyFingerprint === undefined ? [] : [`and let in the key ${keyFingerprint}`]),
  ].join(', ')
