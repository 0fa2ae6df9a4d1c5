/** `securityGroupRule` as it is typed: `security-group-rule`. */
export const kebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
