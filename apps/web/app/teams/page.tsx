import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { signInAddress } from '@/accounts/way-back';
import { DataTable } from '@/design/DataTable';
import { count } from '@/design/format';
import { PageHead } from '@/design/PageHead';
import { SettingsPart } from '@/design/SettingsPart';
import { readOnServer } from '@/graphql/server';
import { NewTeamForm } from '@/teams/NewTeamForm';
import { TeamsPage } from '@/teams/team.graphql';

export const metadata: Metadata = { title: 'Teams' };

export default async function TeamsRoute() {
  const { teams, viewer } = await readOnServer(TeamsPage, {});
  if (viewer.kind === 'ANONYMOUS') redirect(signInAddress('/teams'));
  const all = teams.edges.map(({ node }) => node);
  return (
    <div className="settings">
      <PageHead title="Teams" about="A team owns projects, and says who may do what in them." />
      <div className="panel" style={{ padding: 4 }}>
        <DataTable label="Teams" heads={[{ label: 'Team' }, { label: 'Address' }, { label: 'Projects', number: true }]}>
          {all.map(({ id, slug, name, projects: { edges, pageInfo } }) => (
            <tr key={id}>
              <td style={{ fontWeight: 550 }}>
                <Link href={`/teams/${slug}`}>{name}</Link>
              </td>
              <td className="muted">{slug}</td>
              <td className="number">
                {count(edges.length)}
                {pageInfo.hasNextPage && '+'}
              </td>
            </tr>
          ))}
        </DataTable>
        {all.length === 0 && (
          <p className="muted" style={{ margin: 0, padding: 12 }}>
            You are in no team yet.
          </p>
        )}
      </div>
      <SettingsPart title="New team" about="You own it, and invite the others.">
        <NewTeamForm />
      </SettingsPart>
    </div>
  );
}
