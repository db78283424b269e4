import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { VersionFrame } from '@/datasets/VersionFrame';
import { PageError } from '@/graphql/problem';
import { readOnServer } from '@/graphql/server';
import { paramsOf, placeIn } from '@/samples/address';
import { SamplesPage } from '@/samples/documents';
import { PAGE } from '@/samples/page-size';
import { SampleBrowser } from '@/samples/SampleBrowser';
import { EVERYTHING, readView, searchOf, type SampleView } from '@/samples/view';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

async function load({ params, searchParams }: Props) {
  const { id } = await params;
  if (!/^[1-9]\d{0,17}$/.test(id)) notFound();
  const query = paramsOf(await searchParams);
  const [view, at] = [readView(query), placeIn(query)];
  try {
    return { ...(await read(id, view, at)), view, at };
  } catch (error) {
    // An old link: a run, or a class, is no longer there.
    if (!(error instanceof PageError) || error.code !== 'BAD_USER_INPUT') throw error;
    return { ...(await read(id, EVERYTHING, 0)), view: EVERYTHING, at: 0, problem: withoutPlace(error.message) };
  }
}

/** `filter.runs.runId: There is no such run.`: people know no such place. */
const withoutPlace = (message: string): string => message.replace(/^[\w.[\]]+: /, '');

async function read(id: string, view: SampleView, at: number) {
  const skip = at - (at % PAGE);
  const runs = view.runs.map((run) => `Run_${run}`);
  const variables = { id: `DatasetVersion_${id}`, ...searchOf(view), first: PAGE, skip, runs };
  const { node, nodes } = await readOnServer(SamplesPage, variables);
  if (node?.__typename !== 'DatasetVersion') notFound();
  return { version: node, skip, runs: nodes.flatMap((run) => (run?.__typename === 'Run' ? [run] : [])) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { version } = await load(props);
  return { title: `Samples of ${version.dataset.name}, ${version.name}` };
}

export default async function SamplesRoute(props: Props) {
  const { version, view, skip, at, runs, ...old } = await load(props);
  return (
    <VersionFrame version={version} tab="samples">
      <SampleBrowser version={version} view={view} skip={skip} at={at} runs={runs} {...old} />
    </VersionFrame>
  );
}
