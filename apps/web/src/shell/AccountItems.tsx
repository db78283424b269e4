'use client';

import { Menu } from '@mantine/core';
import { IconCode, IconLayoutGrid, IconLogout, IconServer2, IconUser, IconUsers } from '@tabler/icons-react';
import Link from 'next/link';
import { signOut } from '@/accounts/sign-out';
import { useViewer } from '@/accounts/ViewerProvider';

/** Who is here, what is theirs, and on a narrow screen where the bar leads to. */
export function AccountItems() {
  const viewer = useViewer();
  const teams = viewer?.memberships.edges.map(({ node }) => node.team) ?? [];
  return (
    <>
      <Who viewer={viewer} />
      <Menu.Item component={Link} href="/projects" leftSection={<IconLayoutGrid size={16} />}>
        Projects
      </Menu.Item>
      {teams.slice(0, 6).map(({ id, slug, name }) => (
        <Menu.Item key={id} component={Link} href={`/teams/${slug}`} leftSection={<IconUsers size={16} />}>
          {name}
        </Menu.Item>
      ))}
      <Menu.Item component={Link} href="/executors" leftSection={<IconServer2 size={16} />} className="narrow-only">
        Executors
      </Menu.Item>
      <Menu.Item component={Link} href="/explorer" leftSection={<IconCode size={16} />} className="narrow-only">
        API
      </Menu.Item>
      {viewer?.person && (
        <>
          <Menu.Divider />
          <Menu.Item component={Link} href="/account" leftSection={<IconUser size={16} />}>
            Account and tokens
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
        </>
      )}
    </>
  );
}

function Who({ viewer }: { viewer: ReturnType<typeof useViewer> }) {
  const { person, kind } = viewer ?? {};
  return (
    <div className="menu-head">
      <span className="truncate" style={{ fontWeight: 600 }}>
        {person?.name ?? (kind === 'LOCAL' ? 'This machine' : 'Everybody who reaches this page')}
      </span>
      <span className="truncate muted" title={person?.email}>
        {person?.email ?? (kind === 'LOCAL' ? 'Works without accounts' : "Works with the server's token")}
      </span>
    </div>
  );
}
