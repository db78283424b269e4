import Link from 'next/link';
import { bareId } from '@/design/format';

/** Which samples an experiment or run is about; trainings are about none. */
export function OnVersion({
  version,
}: {
  version: { id: string; name: string; dataset: { name: string } } | null | undefined;
}) {
  if (!version) return <>Without a dataset</>;
  return (
    <>
      On{' '}
      <Link href={`/datasets/${bareId(version.id)}`}>
        {version.dataset.name}, {version.name}
      </Link>
    </>
  );
}
