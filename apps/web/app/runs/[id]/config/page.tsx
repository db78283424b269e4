import Link from 'next/link';
import { notFound } from 'next/navigation';
import { bareId } from '@/design/format';
import { readOnServer } from '@/graphql/server';
import { RunConfig } from '@/run-config/documents';
import { Environment } from '@/run-config/Environment';
import { JsonPanel } from '@/run-config/JsonPanel';
import { Reproduce } from '@/run-config/Reproduce';
import { SearchedTable } from '@/run-config/SearchedTable';
import { snippetsOf } from '@/run-config/snippets';
import { loadRun, type RunRouteProps } from '@/runs/load-run';

export default async function RunConfigRoute({ params }: Pick<RunRouteProps, 'params'>) {
  const { id } = await loadRun((await params).id);
  const { node: run } = await readOnServer(RunConfig, { id });
  if (run?.__typename !== 'Run') notFound();
  const { modelConfig: model, restorationConfig: restoration, params: given, packages, environment } = run;
  return (
    <div className="stack">
      <Reproduce snippets={snippetsOf(run)} />
      <div className="halves">
        {given.length > 0 && (
          <SearchedTable title="Params" heads={['Param', 'Value']} rows={given.map(({ key, value }) => [key, value])} />
        )}
        {model && (
          <JsonPanel
            title="Model"
            about={
              <Link href={`/models/${bareId(model.id)}`}>
                {model.name}, version {model.version}
              </Link>
            }
            digest={model.digest}
            value={model.spec}
          />
        )}
        {restoration && (
          <JsonPanel
            title="Restoration"
            about={
              <Link href={`/restorations/${bareId(restoration.id)}`}>
                {restoration.name}, version {restoration.version}
              </Link>
            }
            digest={restoration.digest}
            value={restoration.steps}
          />
        )}
        <Environment run={run} />
        {packages.length > 0 && (
          <SearchedTable
            title="Packages"
            heads={['Package', 'Version']}
            rows={packages.map(({ name, version }) => [name, version])}
          />
        )}
        {environment != null && <JsonPanel title="Environment" about="As it was told." value={environment} />}
      </div>
    </div>
  );
}
