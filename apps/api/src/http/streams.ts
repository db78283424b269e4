import type { Request, Response } from 'express';

type Handler = (request: Request, response: Response) => Promise<void>;

/** What Node says of a write whose reader has gone. */
const GONE = new Set(['ERR_STREAM_DESTROYED', 'ECANCELED', 'EPIPE', 'ECONNRESET']);

/** A stream ends when its reader leaves, as by closing a tab; an event that was on its way then is no error. */
export const untilReaderLeaves =
  (handler: Handler): Handler =>
  async (request, response) => {
    try {
      await handler(request, response);
    } catch (error) {
      if (!response.destroyed || !GONE.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  };
