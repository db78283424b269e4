import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { homeOf } from '@/design/sections';
import { readOnServer } from '@/graphql/server';
import { AllProjects } from '@/projects/AllProjects';
import { ProjectsPage } from '@/projects/home.graphql';

export const metadata: Metadata = { title: { absolute: 'Samplewise' } };
export const dynamic = 'force-dynamic';

/** To the only project where there is one alone; /projects lists it. */
export default async function FirstPage() {
  const answer = await readOnServer(ProjectsPage, {});
  const [only, another] = answer.projects.edges;
  if (only && !another) redirect(homeOf(only.node));
  return <AllProjects answer={answer} />;
}
