/** What a key press is called: `g`, `?`, `enter`, `mod+k`; mod is Ctrl, or Cmd on a Mac. */
export function nameOfPress(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  const alt = event.altKey ? 'alt+' : '';
  return `${mod}${alt}${event.key === ' ' ? 'space' : event.key.toLowerCase()}`;
}

/** Whether keys are one press of a character without Ctrl, Cmd or Alt, or several of these. */
export const isOfCharacters = (keys: string): boolean => !/\b(?:mod|alt)\+/.test(keys);

/**
 * Whether presses complete one of several sequences such as `g e`, or begin one.
 * @param presses the newest last
 */
export function match(presses: readonly string[], sequences: readonly string[]): { complete?: string; begun: boolean } {
  const typed = presses.join(' ');
  return {
    ...(sequences.includes(typed) && { complete: typed }),
    begun: sequences.some((sequence) => sequence.startsWith(`${typed} `)),
  };
}

/** Keys as they are shown, press by press: `mod+k` -> [['Ctrl', 'K']], `g e` -> [['G'], ['E']]. */
export function shown(keys: string, mac: boolean): string[][] {
  const names: Record<string, string> = {
    mod: mac ? '⌘' : 'Ctrl',
    alt: mac ? '⌥' : 'Alt',
    arrowdown: '↓',
    arrowup: '↑',
    arrowleft: '←',
    arrowright: '→',
    enter: 'Enter',
    escape: 'Esc',
    space: 'Space',
  };
  return keys.split(' ').map((press) => press.split('+').map((key) => names[key] ?? key.toUpperCase()));
}
