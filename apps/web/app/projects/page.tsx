import type { Metadata } from 'next';
import { readOnServer } from '@/graphql/server';
import { AllProjects } from '@/projects/AllProjects';
import { ProjectsPage } from '@/projects/home.graphql';

export const metadata: Metadata = { title: 'Projects' };

interface Props {
  searchParams: Promise<{ q?: string | string[]; after?: string | string[] }>;
}

export default async function ProjectsRoute({ searchParams }: Props) {
  const asked = await searchParams;
  const [text, after] = [asked.q, asked.after].map((value) => (typeof value === 'string' ? value : undefined));
  const answer = await readOnServer(ProjectsPage, { contains: text, after });
  return <AllProjects answer={answer} text={text} after={after} />;
}
