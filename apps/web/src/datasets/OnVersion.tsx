import Link from 'next/link';
import { bareId } from '@/design/format';

/** Which samples an experiment or run is about; trainings are about none. */
export function OnVersion({
  version,
  bare = false,
}: {
  version: { id: string; name: string; dataset: { name: string } } | null | undefined;
  /** Without the word before it. */
  bare?: boolean;
}) {
  if (!version) return <>{bare ? 'none' : 'Without a dataset'}</>;
  return (
    <>
      {bare ? '' : 'On '}
      <Link href={`/datasets/${bareId(version.id)}`}>
        {version.dataset.name}, {version.name}
      </Link>
    </>
  );
}
