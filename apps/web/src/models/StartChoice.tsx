import Link from 'next/link';
import type { PresetCardFragment } from '@/generated/graphql';
import { STARTS } from './starts';

interface Props {
  /** The page's address without the choice. */
  address: string;
  presets: readonly PresetCardFragment[];
}

/** With what a new model begins: an empty description of a kind, or a preset. */
export function StartChoice({ address, presets }: Props) {
  return (
    <div className="stack">
      <section className="stack" style={{ gap: 10 }} aria-labelledby="own">
        <h2 id="own">A model of your own</h2>
        <ul className="cards plain">
          {Object.entries(STARTS).map(([start, { title, about }]) => (
            <li key={start}>
              <Link href={`${address}&start=${start}`} className="panel card-link">
                <strong>{title}</strong>
                <span className="muted">{about}</span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <section className="stack" style={{ gap: 10 }} aria-labelledby="presets">
        <h2 id="presets">A preset</h2>
        <p className="muted" style={{ margin: 0 }}>
          Preprocessing, names and prompts as the model was published; you bring the files, or its server.
        </p>
        <ul className="cards plain">
          {presets.map(({ name, about, licence }) => (
            <li key={name}>
              <Link href={`${address}&preset=${encodeURIComponent(name)}`} className="panel card-link">
                <strong>{name}</strong>
                <span className="muted">{about}</span>
                <span className="muted" style={{ fontSize: 12 }}>
                  {licence}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
