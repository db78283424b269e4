import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { isObject, type Draft } from '@/forms/paths';
import { readOnServer } from '@/graphql/server';
import { MISSING } from '@/models/files-of-draft';
import { PresetSpec } from '@/models/new-model.documents';
import { NewRestorationPage, RestorationToChange } from '@/restorations/documents';
import { NewRestorationForm } from '@/restorations/NewRestorationForm';
import type { PresetCardFragment } from '@/generated/graphql';

export const metadata: Metadata = { title: 'Build a restoration' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewRestorationRoute({ searchParams }: Props) {
  const { project: id, preset: presetName, from } = await searchParams;
  if (typeof id !== 'string' || !/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { node: project, presets } = await readOnServer(NewRestorationPage, { id: `Project_${id}` });
  if (project?.__typename !== 'Project') notFound();
  const preset = presets.find(({ name }) => name === presetName);
  const start = await beginning(preset, from);
  const models = project.models.edges
    .filter(({ node }) => node.kind !== 'EXTERNAL')
    .map(({ node }) => ({ id: node.id, label: node.name }));
  return (
    <ProjectFrame
      project={project}
      section="restorations"
      crumbs={[{ label: 'Restorations', href: `${homeOf(project)}/restorations` }]}
      title={start.title}
      about={
        start.about ?? (
          <>
            Steps that each picture goes through before the model sees it, in their order. Or begin with a preset:{' '}
            {presets.map(({ name }, i) => (
              <span key={name}>
                {i > 0 && ', '}
                <Link href={`/restorations/new?project=${id}&preset=${encodeURIComponent(name)}`}>{name}</Link>
              </span>
            ))}
            .
          </>
        )
      }
    >
      <NewRestorationForm key={start.title} projectId={project.id} start={start} models={models} />
    </ProjectFrame>
  );
}

interface Beginning {
  title: string;
  about?: string;
  name: string;
  steps: readonly Draft[];
}

async function beginning(
  preset: PresetCardFragment | undefined,
  from: string | string[] | undefined,
): Promise<Beginning> {
  if (typeof from === 'string' && /^[1-9]\d{0,17}$/.test(from)) {
    const { node } = await readOnServer(RestorationToChange, { id: `RestorationConfig_${from}` });
    if (node?.__typename !== 'RestorationConfig') notFound();
    const about = `It begins as version ${node.version}; what you change makes the next one.`;
    return { title: `New version of ${node.name}`, about, name: node.name, steps: stepsOf(node.steps) };
  }
  if (preset) {
    const files = preset.files.map(({ place }) => ({ place, digest: MISSING }));
    const { presets } = await readOnServer(PresetSpec, { name: preset.name, labels: [], files });
    const addresses = preset.files.flatMap(({ url }) => url ?? []).join(', ');
    return {
      title: `Register ${preset.name}`,
      about: `${preset.about}. ${preset.licence}. Its file: ${addresses}`,
      name: preset.name,
      steps: stepsOf(presets[0]?.spec),
    };
  }
  return { title: 'Build a restoration', name: '', steps: [] };
}

const stepsOf = (steps: unknown): readonly Draft[] => (Array.isArray(steps) ? steps.filter(isObject) : []);
