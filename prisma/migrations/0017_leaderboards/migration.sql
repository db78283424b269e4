-- Leaderboards: the rule, what was computed of it, its entries; snapshots of it, and the links at which these are read.
CREATE TYPE "RankDirection" AS ENUM ('HIGHER', 'LOWER');

CREATE TYPE "EntryPer" AS ENUM ('RUN', 'MODEL_CONFIG');

CREATE TYPE "EntryPick" AS ENUM ('LATEST', 'BEST');

CREATE TABLE "leaderboard" (
    "id" BIGSERIAL NOT NULL,
    "project_id" BIGINT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "dataset_version_id" BIGINT NOT NULL,
    "split" "Split",
    "metric" TEXT NOT NULL,
    "direction" "RankDirection" NOT NULL,
    "tie_breaks" JSONB NOT NULL,
    "filter" JSONB NOT NULL,
    "entry_per" "EntryPer" NOT NULL,
    "pick" "EntryPick" NOT NULL,
    "costs" TEXT[],
    "visibility" "Visibility" NOT NULL,
    "exclude_leaks" BOOLEAN NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "failure" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leaderboard_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "leaderboard_result" (
    "leaderboard_id" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL,
    "summary" JSONB NOT NULL,
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leaderboard_result_pkey" PRIMARY KEY ("leaderboard_id")
);

CREATE TABLE "leaderboard_entry" (
    "leaderboard_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "run_id" BIGINT NOT NULL,
    "row" JSONB NOT NULL,

    CONSTRAINT "leaderboard_entry_pkey" PRIMARY KEY ("leaderboard_id","position")
);

CREATE TABLE "leaderboard_snapshot" (
    "id" BIGSERIAL NOT NULL,
    "leaderboard_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leaderboard_snapshot_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "leaderboard_link" (
    "id" BIGSERIAL NOT NULL,
    "snapshot_id" BIGINT NOT NULL,
    "token_hash" CHAR(64) NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "leaderboard_link_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "leaderboard_project_id_id_idx" ON "leaderboard"("project_id", "id");

CREATE INDEX "leaderboard_dataset_version_id_idx" ON "leaderboard"("dataset_version_id");

CREATE UNIQUE INDEX "leaderboard_project_id_slug_key" ON "leaderboard"("project_id", "slug");

CREATE INDEX "leaderboard_entry_run_id_idx" ON "leaderboard_entry"("run_id");

CREATE UNIQUE INDEX "leaderboard_snapshot_leaderboard_id_number_key" ON "leaderboard_snapshot"("leaderboard_id", "number");

CREATE UNIQUE INDEX "leaderboard_link_token_hash_key" ON "leaderboard_link"("token_hash");

CREATE INDEX "leaderboard_link_snapshot_id_id_idx" ON "leaderboard_link"("snapshot_id", "id");

ALTER TABLE "leaderboard" ADD CONSTRAINT "leaderboard_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "leaderboard" ADD CONSTRAINT "leaderboard_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "leaderboard_result" ADD CONSTRAINT "leaderboard_result_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "leaderboard_entry" ADD CONSTRAINT "leaderboard_entry_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "leaderboard_entry" ADD CONSTRAINT "leaderboard_entry_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "leaderboard_snapshot" ADD CONSTRAINT "leaderboard_snapshot_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "leaderboard_link" ADD CONSTRAINT "leaderboard_link_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "leaderboard_snapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

