'use client';

import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import Link from 'next/link';

/** The bar at the top of every page. */
export function Header() {
  return (
    <header style={{ borderBottom: '1px solid var(--line)', background: 'var(--surface)' }}>
      <div className="row spread" style={{ maxWidth: 1560, margin: '0 auto', padding: '10px 16px' }}>
        <Link href="/" style={{ fontWeight: 680, color: 'var(--ink)', letterSpacing: '-0.02em', fontSize: 16 }}>
          <Mark /> Samplewise
        </Link>
        <nav className="row" aria-label="Site">
          <Link href="/explorer" prefetch={false}>
            API
          </Link>
          <SchemeToggle />
        </nav>
      </div>
    </header>
  );
}

/** Samples, one of which stands out. */
function Mark() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      style={{ verticalAlign: '-2px', marginRight: 4 }}
    >
      {[0, 1, 2].flatMap((y) =>
        [0, 1, 2].map((x) => (
          <rect
            key={`${x}${y}`}
            x={x * 5.5}
            y={y * 5.5}
            width="4"
            height="4"
            rx="1"
            fill={x === 1 && y === 1 ? 'var(--wrong)' : 'var(--accent)'}
          />
        )),
      )}
    </svg>
  );
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const mounted = useMounted();
  const other = mounted && scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={`Use the ${other} scheme`}
      onClick={() => setColorScheme(other)}
    >
      <span aria-hidden="true">{other === 'dark' ? '☾' : '☀'}</span>
    </ActionIcon>
  );
}
