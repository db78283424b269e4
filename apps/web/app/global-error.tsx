'use client';

/** Where not even the frame of the page could be made; it can rely on nothing. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', padding: '15vh 16px', textAlign: 'center' }}>
        <h1 style={{ fontSize: 20 }}>This page could not be made.</h1>
        <p>{error.digest ? `The server's log has the reason under ${error.digest}.` : error.message}</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
