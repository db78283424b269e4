'use client';

import { useEffect } from 'react';
import { isOfCharacters, match, nameOfPress } from './keys';
import { currentShortcuts, type Shortcut } from './shortcuts';

/** Milliseconds within which the next press of a sequence has to come. */
const PAUSE = 1200;

/** Runs the shortcuts of the page when their keys are pressed. For one component of the page. */
export function useKeyPresses(singleKeys: boolean): void {
  useEffect(() => {
    let presses: string[] = [];
    let lastAt = 0;
    const onPress = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
      const now = performance.now();
      const name = nameOfPress(event);
      presses = now - lastAt > PAUSE ? [name] : [...presses, name];
      lastAt = now;
      const possible = possibleNow(event.target, singleKeys);
      const sequences = possible.map(({ keys }) => keys);
      let { complete, begun } = match(presses, sequences);
      if (complete === undefined && !begun) {
        presses = [name];
        ({ complete, begun } = match(presses, sequences));
      }
      if (complete === undefined) {
        if (!begun) presses = [];
        return;
      }
      presses = [];
      event.preventDefault();
      possible.findLast(({ keys }) => keys === complete)!.run();
    };
    document.addEventListener('keydown', onPress);
    return () => document.removeEventListener('keydown', onPress);
  }, [singleKeys]);
}

const isModifier = (key: string): boolean => ['Shift', 'Control', 'Alt', 'Meta'].includes(key);

/** A press belongs to the field, the menu or the dialog in which it happens, but for those with Ctrl or Cmd. */
function possibleNow(target: EventTarget | null, singleKeys: boolean): Shortcut[] {
  const all = currentShortcuts().flatMap(({ shortcuts }) => shortcuts);
  const busy = target instanceof Element && target.closest(BUSY) !== null;
  return all.filter(({ keys, whileTyping = false }) => (busy ? whileTyping : singleKeys || !isOfCharacters(keys)));
}

const BUSY =
  'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true], [role=textbox], [role=combobox], [role=menu], [role=listbox], [role=dialog]';
