import { builder } from '../builder.ts';

/** A blob by its digest; size and type are read only when they are asked for. */
export const BlobRef = builder.objectRef<{ digest: string }>('Blob').implement({
  description: 'Bytes, stored once and named by their SHA-256.',
  fields: (t) => ({
    digest: t.exposeString('digest', { description: 'SHA-256 in hexadecimal.' }),
    url: t.string({
      description: "Path on the API's and the page's address.",
      resolve: ({ digest }) => `/blobs/${digest}`,
    }),
    size: t.field({
      type: 'BigInt',
      description: 'Bytes.',
      // Prisma joins the look-ups of one tick into one statement.
      resolve: async ({ digest }, _args, { database }) =>
        (await database.prisma.blob.findUniqueOrThrow({ where: { digest } })).size,
    }),
    mediaType: t.string({
      description: 'Such as image/png.',
      resolve: async ({ digest }, _args, { database }) =>
        (await database.prisma.blob.findUniqueOrThrow({ where: { digest } })).mediaType,
    }),
  }),
});
