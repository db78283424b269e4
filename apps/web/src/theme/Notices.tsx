'use client';

import { useNotifications } from '@mantine/notifications';
import dynamic from 'next/dynamic';
import { useState } from 'react';

const Shown = dynamic(() => import('@mantine/notifications').then((module) => module.Notifications), { ssr: false });

/** Where `design/tell` speaks. What shows notices is read with the first of them: most pages never need it. */
export function Notices() {
  const { notifications } = useNotifications();
  const [asked, setAsked] = useState(false);
  if (notifications.length > 0 && !asked) setAsked(true);
  return asked ? <Shown position="bottom-right" limit={4} /> : null;
}
