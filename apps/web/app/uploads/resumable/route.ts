import { forward } from '@/graphql/forward';

/** Begins an upload in parts by tus 1.0. */
export const POST = (request: Request): Promise<Response> => forward(request, '/uploads/resumable');
