'use client';

import { useOs } from '@mantine/hooks';
import { shown } from './keys';

/** Keys to press: `g e` as two keys after each other. */
export function Keys({ keys }: { keys: string }) {
  const mac = useOs() === 'macos';
  return (
    <span className="keys">
      {shown(keys, mac).map((press, i) => (
        <span key={i} className="keys">
          {press.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
