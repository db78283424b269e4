-- What clients log: params, tags, batches; what people do with runs: describe, group, nest, archive, delete.

-- A run belongs to its experiment's project; the column is for lists of all runs of a project.
ALTER TABLE "run"
    ADD COLUMN "project_id" BIGINT,
    ADD COLUMN "parent_id" BIGINT,
    ADD COLUMN "description" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "group" TEXT,
    ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "heartbeat_at" TIMESTAMPTZ(3),
    ADD COLUMN "archived_at" TIMESTAMPTZ(3),
    ADD COLUMN "deleted_at" TIMESTAMPTZ(3);
UPDATE "run" SET "project_id" = "experiment"."project_id" FROM "experiment" WHERE "experiment"."id" = "run"."experiment_id";
ALTER TABLE "run" ALTER COLUMN "project_id" SET NOT NULL;

-- Trainings have no samples to predict.
ALTER TABLE "experiment" ALTER COLUMN "dataset_version_id" DROP NOT NULL;

ALTER TABLE "metric_summary" ADD COLUMN "project_id" BIGINT;
UPDATE "metric_summary" SET "project_id" = "run"."project_id" FROM "run" WHERE "run"."id" = "metric_summary"."run_id";
ALTER TABLE "metric_summary" ALTER COLUMN "project_id" SET NOT NULL;
DROP INDEX "metric_summary_key_id_last_idx";

CREATE TABLE "run_param" (
    "run_id" BIGINT NOT NULL,
    "project_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "number" DOUBLE PRECISION,

    CONSTRAINT "run_param_pkey" PRIMARY KEY ("run_id","key")
);

CREATE TABLE "run_tag" (
    "run_id" BIGINT NOT NULL,
    "project_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "run_tag_pkey" PRIMARY KEY ("run_id","key")
);

CREATE TABLE "ingest_batch" (
    "run_id" BIGINT NOT NULL,
    "batch_id" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ingest_batch_pkey" PRIMARY KEY ("run_id","batch_id")
);

CREATE INDEX "run_param_project_id_key_number_idx" ON "run_param"("project_id", "key", "number");
-- Values may be longer than an index entry can be; equality is looked up by their beginning.
CREATE INDEX "run_param_project_id_key_start_idx" ON "run_param"("project_id", "key", left("value", 100));
CREATE INDEX "run_tag_project_id_key_value_idx" ON "run_tag"("project_id", "key", "value");
CREATE INDEX "metric_summary_project_id_key_id_last_run_id_idx" ON "metric_summary"("project_id", "key_id", "last", "run_id");
CREATE INDEX "metric_summary_key_id_idx" ON "metric_summary"("key_id");
CREATE INDEX "run_project_id_id_idx" ON "run"("project_id", "id");
CREATE INDEX "run_parent_id_idx" ON "run"("parent_id");
CREATE INDEX "run_deleted_at_idx" ON "run"("deleted_at");

ALTER TABLE "run" ADD CONSTRAINT "run_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "run" ADD CONSTRAINT "run_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "run"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "run_param" ADD CONSTRAINT "run_param_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "run_tag" ADD CONSTRAINT "run_tag_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ingest_batch" ADD CONSTRAINT "ingest_batch_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
