'use client';

import { notifications } from '@mantine/notifications';
import { createElement, type ReactNode } from 'react';
import { UndoButton } from './UndoButton';

/** Milliseconds for which a deed can be undone from its notice. */
const UNDO_FOR = 10_000;

/** Says that something is done. @param undo takes it back, while the notice stands */
export function tellDone(message: ReactNode, undo?: () => void): void {
  const id = notifications.show({
    message: undo
      ? createElement(UndoButton, {
          message,
          undo: () => {
            notifications.hide(id);
            undo();
          },
        })
      : message,
    autoClose: undo ? UNDO_FOR : 4000,
    withBorder: true,
  });
}

/** Says what went wrong, and what to do; stays until it is closed. */
export function tellProblem(title: string, message: ReactNode): void {
  notifications.show({ title, message, color: 'red', autoClose: false, withBorder: true, role: 'alert' });
}
