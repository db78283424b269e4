/** The API could not be reached, or broke off. Trying again may help. */
export class ConnectionFailed extends Error {
  override readonly name = 'ConnectionFailed';

  constructor(url: string, cause: unknown) {
    super(
      `The API at ${url} can't be reached: ${reason(cause)}. Is it running? Set SAMPLEWISE_URL when it is elsewhere.`,
      {
        cause,
      },
    );
  }
}

/** The API has refused a request or failed at it. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  /** HTTP status; 200 when GraphQL itself has told an error. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Something that was asked for by name or id is not there. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** fetch says 'fetch failed' and hides why in `cause`, which may hold one error for each address that was tried. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause !== undefined) return reason(error.cause);
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0]);
  return error.message;
}
