import { IconCode, IconServer2 } from '@tabler/icons-react';
import Link from 'next/link';
import { AccountMenu } from './AccountMenu';
import { HelpMenu } from './HelpMenu';
import { Mark } from './Mark';
import { SchemeToggle } from './SchemeToggle';
import { SearchButton } from './SearchButton';

/** The bar at the top of every page. */
export function Header() {
  return (
    <header className="site-header">
      <div className="site-bar">
        <Link href="/" className="site-name">
          <Mark /> Samplewise
        </Link>
        <SearchButton />
        <nav className="site-links" aria-label="Site">
          <Link href="/executors" className="wide-only" prefetch={false}>
            <IconServer2 size={16} stroke={1.75} aria-hidden="true" />
            Executors
          </Link>
          <Link href="/explorer" className="wide-only" prefetch={false}>
            <IconCode size={16} stroke={1.75} aria-hidden="true" />
            API
          </Link>
          <HelpMenu />
          <SchemeToggle />
          <AccountMenu />
        </nav>
      </div>
    </header>
  );
}
