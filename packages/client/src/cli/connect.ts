import { SamplewiseClient } from '../client.ts';
import { readConfig } from '../config.ts';
import type { Project } from '../projects.ts';

export interface ProjectOptions {
  project: string;
  team: string;
}

/** The API that the environment names, and a project there. */
export async function connectToProject({ project, team }: ProjectOptions) {
  const client = connect();
  const found: Project = await client.project(project, team);
  return { client, project: found };
}

export function connect(): SamplewiseClient {
  return new SamplewiseClient(readConfig());
}
