/** The embedded Postgres can't be had or started; `mend` says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly mend: string;

  constructor(message: string, mend: string) {
    super(`${message} ${mend}`);
    this.mend = mend;
  }
}
