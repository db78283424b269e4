import { notFound } from 'next/navigation';
import { ArtifactsPanel } from '@/artifacts/ArtifactsPanel';
import { ArtifactFile, ArtifactFolder } from '@/artifacts/documents';
import { readPlace } from '@/artifacts/place';
import { readOnServer } from '@/graphql/server';
import { loadRun, searchOf, type RunRouteProps } from '@/runs/load-run';

const FIRST_PAGE = 100;

export default async function RunArtifactsRoute({ params, searchParams }: RunRouteProps) {
  const run = await loadRun((await params).id);
  const place = readPlace(await searchOf({ searchParams }));
  const { folder, file, version } = place;
  const [listed, shown] = await Promise.all([
    readOnServer(ArtifactFolder, { id: run.id, prefix: folder || null, first: FIRST_PAGE }),
    file === undefined ? undefined : readOnServer(ArtifactFile, { id: run.id, path: file, version: version ?? null }),
  ]);
  if (listed.node?.__typename !== 'Run') notFound();
  return (
    <ArtifactsPanel
      place={place}
      first={listed.node.artifacts}
      shown={shown?.node?.__typename === 'Run' ? shown.node : undefined}
    />
  );
}
