'use client';

import { Combobox, UnstyledButton, useCombobox } from '@mantine/core';
import { IconCheck, IconLayoutGrid, IconLock, IconPlus, IconSelector, IconWorld } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { browserClient } from '@/graphql/browser';
import type { ProjectsMenuQuery } from '@/generated/graphql';
import { SkeletonLines } from '@/design/Skeleton';
import { ProjectsMenu } from './projects-menu.graphql';

type Project = ProjectsMenuQuery['projects']['edges'][number]['node'];

interface Props {
  project: { id: string; name: string; visibility?: string; team: { name: string; slug: string } };
}

/** Which project this is, and the way to others. */
export function ProjectSwitcher({ project }: Props) {
  const router = useRouter();
  const [projects, setProjects] = useState<Project[]>();
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownOpen: () => {
      combobox.focusSearchInput();
      void browserClient()
        .query(ProjectsMenu, {})
        .toPromise()
        .then(({ data }) => setProjects(data?.projects.edges.map(({ node }) => node) ?? []));
    },
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
      combobox.focusTarget();
    },
  });
  const wanted = search.trim().toLowerCase();
  const found = projects?.filter(({ name, team }) => `${team.name} ${name}`.toLowerCase().includes(wanted));
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={280}
      shadow="md"
      onOptionSubmit={(address) => {
        combobox.closeDropdown();
        router.push(address);
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <UnstyledButton
          className="switcher"
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          aria-label={`Project ${project.name} of ${project.team.name}: choose another`}
          onClick={() => combobox.toggleDropdown()}
        >
          <span className="switcher-words">
            <span className="truncate switcher-team">{project.team.name}</span>
            <span className="truncate switcher-name" title={project.name}>
              {project.name}
              <Visibility value={project.visibility} />
            </span>
          </span>
          <IconSelector size={16} stroke={1.75} aria-hidden="true" style={{ flex: 'none' }} />
        </UnstyledButton>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.resetSelectedOption();
          }}
          placeholder="Find a project"
          aria-label="Find a project"
        />
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label="Projects">
          {found === undefined ? <SkeletonLines lines={3} /> : <Found projects={found} current={project.id} />}
          <Combobox.Group label="More">
            <Combobox.Option className="option" value="/projects">
              <IconLayoutGrid size={15} aria-hidden="true" /> All projects
            </Combobox.Option>
            <Combobox.Option className="option" value={`/projects/new?team=${project.team.slug}`}>
              <IconPlus size={15} aria-hidden="true" /> New project
            </Combobox.Option>
          </Combobox.Group>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Found({ projects, current }: { projects: readonly Project[]; current: string }) {
  if (projects.length === 0) return <Combobox.Empty>No project is called so.</Combobox.Empty>;
  return Object.entries(Object.groupBy(projects, ({ team }) => team.name)).map(([team, ofTeam]) => (
    <Combobox.Group key={team} label={team}>
      {ofTeam!.map(({ id, slug, name, team: { slug: teamSlug } }) => (
        <Combobox.Option key={id} className="option" value={`/projects/${teamSlug}/${slug}`} active={id === current}>
          <span className="truncate">{name}</span>
          {id === current && <IconCheck size={15} aria-label="this one" />}
        </Combobox.Option>
      ))}
    </Combobox.Group>
  ));
}

/** Who sees it, where that is not the whole team. */
function Visibility({ value }: { value: string | undefined }) {
  if (value === 'PUBLIC') return <IconWorld size={13} className="switcher-mark" aria-label="public" />;
  if (value === 'PRIVATE') return <IconLock size={13} className="switcher-mark" aria-label="private" />;
  return null;
}
