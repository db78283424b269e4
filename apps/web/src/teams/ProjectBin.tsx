'use client';

import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { DataTable } from '@/design/DataTable';
import { perform } from '@/design/perform';
import { RelativeTime } from '@/design/RelativeTime';
import { tellDone } from '@/design/tell';
import { RestoreProject } from './changes.graphql';

interface Project {
  id: string;
  name: string;
  deletedAt?: string | null;
}

/** Deleted projects, and the way back. */
export function ProjectBin({ projects }: { projects: readonly Project[] }) {
  const router = useRouter();
  const restore = async ({ id, name }: Project): Promise<void> => {
    const done = await perform(RestoreProject, { input: { projectId: id } }, `‘${name}’ is still in the bin`);
    if (!done) return;
    tellDone(`‘${name}’ is back.`);
    router.refresh();
  };
  return (
    <DataTable label="Bin" heads={[{ label: 'Project' }, { label: 'Deleted' }, { label: 'Restore', hidden: true }]}>
      {projects.map((project) => (
        <tr key={project.id}>
          <td>{project.name}</td>
          <td>{project.deletedAt && <RelativeTime value={project.deletedAt} />}</td>
          <td className="number">
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => void restore(project)}
              aria-label={`Restore ${project.name}`}
            >
              Restore
            </Button>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
