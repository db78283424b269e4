import { FORMATS } from './formats';
import styles from './Import.module.css';

/** What can be imported, with an example of each. */
export function FormatGuide() {
  return (
    <section className="panel" aria-labelledby="formats">
      <h2 id="formats" style={{ marginBottom: 10 }}>
        What can be imported
      </h2>
      <dl className={styles.formats}>
        {FORMATS.map(({ value, label, about, example }) => (
          <div key={value}>
            <dt>{label}</dt>
            <dd>
              <span className="muted" style={{ fontSize: 13 }}>
                {about}
              </span>
              <pre className={styles.example} tabIndex={0}>
                {example}
              </pre>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
