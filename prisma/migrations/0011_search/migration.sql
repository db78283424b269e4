-- Search: orders and filters of runs stand on indexes; views of tables are kept.

-- An order walks an index from its value to its run, by which runs of equal values are ordered.
DROP INDEX "run_param_project_id_key_number_idx";
DROP INDEX "run_param_project_id_key_start_idx";
DROP INDEX "run_tag_project_id_key_value_idx";
CREATE INDEX "run_param_project_id_key_number_run_id_idx" ON "run_param"("project_id", "key", "number", "run_id");
CREATE INDEX "run_param_project_id_key_start_run_id_idx" ON "run_param"("project_id", "key", left("value", 100), "run_id");
CREATE INDEX "run_tag_project_id_key_value_run_id_idx" ON "run_tag"("project_id", "key", "value", "run_id");
-- The best epoch is asked for as often as the last one.
CREATE INDEX "metric_summary_project_id_key_id_min_run_id_idx" ON "metric_summary"("project_id", "key_id", "min", "run_id");
CREATE INDEX "metric_summary_project_id_key_id_max_run_id_idx" ON "metric_summary"("project_id", "key_id", "max", "run_id");

CREATE INDEX "run_project_id_name_id_idx" ON "run"("project_id", "name", "id");
CREATE INDEX "run_project_id_group_id_idx" ON "run"("project_id", "group", "id");
CREATE INDEX "run_project_id_status_id_idx" ON "run"("project_id", "status", "id");
CREATE INDEX "run_project_id_seed_id_idx" ON "run"("project_id", "seed", "id");
CREATE INDEX "run_project_id_created_at_id_idx" ON "run"("project_id", "created_at", "id");
CREATE INDEX "run_project_id_started_at_id_idx" ON "run"("project_id", "started_at", "id");
CREATE INDEX "run_project_id_finished_at_id_idx" ON "run"("project_id", "finished_at", "id");

CREATE TABLE "saved_view" (
    "id" BIGSERIAL NOT NULL,
    "project_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT true,
    "created_by" TEXT,
    "filter" JSONB NOT NULL DEFAULT '{}',
    "search" TEXT NOT NULL DEFAULT '',
    "order" JSONB NOT NULL DEFAULT '[]',
    "columns" JSONB NOT NULL DEFAULT '[]',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "saved_view_project_id_name_key" ON "saved_view"("project_id", "name");
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
