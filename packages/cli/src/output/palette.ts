import { styleText } from 'node:util'

/** Paints text for a terminal, or leaves it as it is. */
export type Paint = (format: 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'magenta', text: string) => string

/** The colours of an output. */
export const palette =
  (enabled: boolean): Paint =>
  (format, text) =>
    // Whether there is colour has been decided; Node must not ask the stream again.
    enabled && text !== '' ? styleText(format, text, { validateStream: false }) : text
