'use client';

import { useEffect } from 'react';
import { setCurrentProject, type CurrentProject } from './current-project';

/** Tells the rest of the page in which project it is. */
export function RememberProject({ project }: { project: CurrentProject }) {
  const { id, name, slug, team } = project;
  useEffect(() => {
    setCurrentProject({ id, name, slug, team: { slug: team.slug, name: team.name } });
  }, [id, name, slug, team.slug, team.name]);
  return null;
}
