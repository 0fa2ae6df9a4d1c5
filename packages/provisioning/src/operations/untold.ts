/**
 * Stands in a recorded record of texts where an interrupted update has left open which value is there, or whether any is: it equals nothing
 * that a program asks for, so the value is set again.
 */
export const untold = ''
