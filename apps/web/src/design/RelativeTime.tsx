'use client';

import { useEffect, useState } from 'react';
import { relativeTime } from './format';

/** How long ago, with the exact time on hover. The server shows the date, since only the browser knows its 'now'. */
export function RelativeTime({ value }: { value: string }) {
  const [now, setNow] = useState<Date>();
  useEffect(() => {
    const tick = (): void => setNow(new Date());
    tick();
    const timer = setInterval(tick, 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={value} title={value.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}>
      {now ? relativeTime(new Date(value), now) : value.slice(0, 10)}
    </time>
  );
}
