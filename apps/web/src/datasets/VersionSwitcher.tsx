'use client';

import { NativeSelect } from '@mantine/core';
import { useRouter } from 'next/navigation';

interface Props {
  /** Bare ids. */
  current: string;
  number: number;
  versions: readonly { id: string; number: number; name: string }[];
  /** Below the version's address, to stay on the same tab. */
  path: string;
}

/** The version's number, to be changed for another one where there are several. */
export function VersionSwitcher({ current, number, versions, path }: Props) {
  const router = useRouter();
  if (versions.length < 2) return <span>Version {number}</span>;
  return (
    <NativeSelect
      size="xs"
      aria-label="Version"
      value={current}
      onChange={(event) => router.push(`/datasets/${event.currentTarget.value}${path}`)}
      data={versions.map((version) => ({ value: version.id, label: `Version ${version.number}: ${version.name}` }))}
      styles={{ input: { minHeight: 26, height: 26 } }}
    />
  );
}
