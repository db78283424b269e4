import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Empty } from '@/design/Empty';
import { ProjectFrame } from '@/design/ProjectFrame';
import { homeOf } from '@/design/sections';
import { readOnServer } from '@/graphql/server';
import { StudyPage, StudyRecipes } from '@/studies/documents';
import { StudyForm } from '@/studies/StudyForm';

export const metadata: Metadata = { title: 'Start a study' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The one that the platform was made for. */
const FOUNDING = 'fer2013';

export default async function NewStudyRoute({ searchParams }: Props) {
  const { project: id, recipe } = await searchParams;
  if (typeof id !== 'string' || !/^[1-9]\d{0,17}$/.test(id)) notFound();
  const { studyRecipes: recipes } = await readOnServer(StudyRecipes, {});
  const name = recipes.find((known) => known.name === recipe)?.name ?? FOUNDING;
  const { node } = await readOnServer(StudyPage, { id: `Project_${id}`, name });
  if (node?.__typename !== 'Project' || !node.study) notFound();
  return (
    <ProjectFrame
      project={node}
      section="experiments"
      crumbs={[{ label: 'Experiments', href: `${homeOf(node)}/experiments` }]}
      title="Start a study"
      about="A whole comparison from a recipe: its dataset, models and restorations, what others have published, and a report at the end."
    >
      {node.viewerPermissions.includes('WRITE') ? (
        <StudyForm projectId={node.id} recipes={recipes} name={name} initial={node.study} />
      ) : (
        <Empty title="You may look, and start nothing.">Ask an admin of the team to make you a member.</Empty>
      )}
    </ProjectFrame>
  );
}
