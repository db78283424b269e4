import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { isObject, type Draft } from '@/forms/paths';
import { readOnServer } from '@/graphql/server';
import { MISSING } from '@/models/files-of-draft';
import { ModelToChange, NewModelPage, PresetSpec } from '@/models/new-model.documents';
import { NewModelForm } from '@/models/NewModelForm';
import { StartChoice } from '@/models/StartChoice';
import { STARTS } from '@/models/starts';
import type { PresetCardFragment } from '@/generated/graphql';

export const metadata: Metadata = { title: 'Register a model' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewModelRoute({ searchParams }: Props) {
  const { project: id, start, preset: presetName, from } = await searchParams;
  if (typeof id !== 'string' || !/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node: project, presets } = await readOnServer(NewModelPage, { id: `Project_${id}` });
  if (project?.__typename !== 'Project') notFound();
  const preset = presets.find(({ name }) => name === presetName);
  const begun = await beginning(start, preset, from);
  const address = `/models/new?project=${id}`;
  const classes = project.datasets.edges.flatMap(({ node: dataset }) =>
    dataset.versions.edges.map(({ node }) => ({ id: node.id, name: dataset.name, labels: node.labels })),
  );
  return (
    <ProjectFrame
      project={project}
      section="models"
      crumbs={[
        { label: 'Models', href: `${homeOf(project)}/models` },
        ...(begun ? [{ label: 'Register', href: address }] : []),
      ]}
      title={begun?.title ?? 'Register a model'}
      about={begun?.about}
    >
      {begun ? (
        <NewModelForm
          key={begun.title}
          projectId={project.id}
          start={begun}
          classes={classes}
          {...(preset ? { preset } : {})}
        />
      ) : (
        <StartChoice address={address} presets={presets} />
      )}
    </ProjectFrame>
  );
}

interface Beginning {
  title: string;
  about: string;
  name: string;
  draft: Draft;
}

/** What the address says to begin with; undefined where it leaves the choice. */
async function beginning(
  start: string | string[] | undefined,
  preset: PresetCardFragment | undefined,
  from: string | string[] | undefined,
): Promise<Beginning | undefined> {
  if (typeof from === 'string' && /^[1-9]\d{0,17}$/.test(from)) {
    const { node } = await readOnServer(ModelToChange, { id: `ModelConfig_${from}` });
    if (node?.__typename !== 'ModelConfig' || !isObject(node.spec)) notFound();
    const about = `It begins as version ${node.version}; what you change makes the next one.`;
    return { title: `New version of ${node.name}`, about, name: node.name, draft: node.spec };
  }
  if (preset) {
    const files = preset.files.map(({ place }) => ({ place, digest: MISSING }));
    const { presets } = await readOnServer(PresetSpec, { name: preset.name, labels: [], files });
    const spec = presets[0]?.spec;
    if (!isObject(spec)) notFound();
    return {
      title: `Register ${preset.name}`,
      about: `${preset.about}. ${preset.licence}.`,
      name: preset.name,
      draft: spec,
    };
  }
  const own = typeof start === 'string' ? STARTS[start] : undefined;
  return own && { title: `Register: ${own.title}`, about: own.about, name: '', draft: own.draft };
}
