// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text from elsewhere, made harmless for a terminal: a name in a cloud may hold escape sequences. Line breaks and tabs stay. */
export const cleanText = (text: string): string =>
  text.replace(control, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The same, on one line. */
export const cleanLine = (text: string): string => cleanText(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t')
