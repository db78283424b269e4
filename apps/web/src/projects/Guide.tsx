import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import Link from 'next/link';
import { CodeTabs } from '@/design/CodeTabs';
import { bareId } from '@/design/format';
import { homeOf } from '@/design/sections';
import { snippetsOf } from './snippets';

interface Props {
  project: { id: string; slug: string; team: { slug: string } };
  origin: string;
  needsToken: boolean;
  /** What of the way there is already. */
  has: { dataset: boolean; model: boolean; experiment: boolean };
}

/** The two ways to a first run: let models run here, or log what one's own program does. */
export function Guide({ project, origin, needsToken, has }: Props) {
  const query = `?project=${bareId(project.id)}`;
  const snippets = snippetsOf({
    origin,
    team: project.team.slug,
    project: project.slug,
    projectId: project.id,
    needsToken,
  });
  return (
    <div className="guide">
      <section aria-labelledby="run-here">
        <h3 id="run-here" className="small-head">
          Let models run here
        </h3>
        <ol className="steps">
          <Step done={has.dataset} title="Bring a dataset" href={`${homeOf(project)}/import`}>
            FER-2013’s CSV, a folder of images by class, or images with a CSV.
          </Step>
          <Step done={has.model} title="Register a model" href={`/models/new${query}`}>
            An ONNX classifier, CLIP, or a vision language model.
          </Step>
          <Step done={has.experiment} title="Ask a question" href={`/experiments/new${query}`}>
            Choose models and restorations: each combination is a run.
          </Step>
        </ol>
      </section>
      <div style={{ minWidth: 0 }}>
        <CodeTabs title="Or log what your own program does" snippets={snippets} />
        {needsToken && (
          <p className="muted" style={{ margin: '8px 0 0', fontSize: 13 }}>
            Programs show a token: <Link href="/account">make a personal one</Link>, or{' '}
            <Link href={`/teams/${project.team.slug}?view=tokens`}>one of the team</Link>, and set{' '}
            <code>SAMPLEWISE_TOKEN</code> to it.
          </p>
        )}
      </div>
    </div>
  );
}

function Step({ done, title, href, children }: { done: boolean; title: string; href: string; children: string }) {
  const Icon = done ? IconCircleCheck : IconCircleDashed;
  return (
    <li>
      <Icon
        size={20}
        stroke={1.75}
        aria-label={done ? 'done' : 'to do'}
        style={{ flex: 'none', color: done ? 'var(--right)' : 'var(--muted)' }}
      />
      <span>
        <Link href={href} style={{ fontWeight: 570 }}>
          {title}
        </Link>
        <span className="muted" style={{ display: 'block', fontSize: 13 }}>
          {children}
        </span>
      </span>
    </li>
  );
}
