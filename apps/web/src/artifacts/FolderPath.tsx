'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { foldersOf, writePlace } from './place';

/** The way to the folder, each part of which can be gone back to. */
export function FolderPath({ folder }: { folder: string }) {
  const pathname = usePathname();
  const parts = foldersOf(folder);
  const current = parts.at(-1);
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return (
    <nav aria-label="Folder" className="row" style={{ gap: 6, fontSize: 14 }}>
      {current === undefined ? (
        <strong aria-current="true">All files</strong>
      ) : (
        <Link href={pathname} scroll={false}>
          All files
        </Link>
      )}
      {parts.map((path) => (
        <span key={path} className="row" style={{ gap: 6 }}>
          <span aria-hidden="true" className="muted">
            /
          </span>
          {path === current ? (
            <strong aria-current="true" style={{ overflowWrap: 'anywhere' }}>
              {nameOf(path)}
            </strong>
          ) : (
            <Link href={`${pathname}${writePlace({ folder: path })}`} scroll={false}>
              {nameOf(path)}
            </Link>
          )}
        </span>
      ))}
    </nav>
  );
}
