import { forward } from '@/graphql/forward';

export const POST = (request: Request): Promise<Response> => forward(request, '/uploads');
