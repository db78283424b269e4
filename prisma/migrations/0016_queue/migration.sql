-- Runs: their order within a team, and a halt.
ALTER TABLE "run" ADD COLUMN "priority" SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE "run" ADD COLUMN "paused_at" TIMESTAMPTZ(3);
CREATE INDEX "run_status_source_project_id_priority_id_idx" ON "run"("status", "source", "project_id", "priority" DESC, "id");

-- Who takes shards.
CREATE TYPE "ExecutorStatus" AS ENUM ('RUNNING', 'STOPPED', 'LOST');
CREATE TABLE "executor" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "status" "ExecutorStatus" NOT NULL DEFAULT 'RUNNING',
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stopped_at" TIMESTAMPTZ(3),
    "hardware" JSONB NOT NULL,
    "versions" JSONB NOT NULL,
    "settings" JSONB NOT NULL,
    "shards_done" INTEGER NOT NULL DEFAULT 0,
    "samples_done" BIGINT NOT NULL DEFAULT 0,
    "memory_bytes" BIGINT NOT NULL DEFAULT 0,
    CONSTRAINT "executor_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "executor_heartbeat_at_idx" ON "executor"("heartbeat_at");

-- The shards themselves are the queue now.
ALTER TABLE "run_shard" ADD COLUMN "executor_id" BIGINT;
ALTER TABLE "run_shard" ADD COLUMN "claimed_at" TIMESTAMPTZ(3);
ALTER TABLE "run_shard" ADD COLUMN "attempts" SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE "run_shard" ADD COLUMN "retry_at" TIMESTAMPTZ(3);
ALTER TABLE "run_shard" ADD COLUMN "error" TEXT;
ALTER TABLE "run_shard" ADD CONSTRAINT "run_shard_executor_id_fkey" FOREIGN KEY ("executor_id") REFERENCES "executor"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "run_shard_executor_id_finished_at_idx" ON "run_shard"("executor_id", "finished_at");

-- How long models have worked for each team of late.
CREATE TABLE "team_usage" (
    "team_id" BIGINT NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "team_usage_pkey" PRIMARY KEY ("team_id")
);
ALTER TABLE "team_usage" ADD CONSTRAINT "team_usage_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a phase cost beside time.
ALTER TABLE "phase_cost" ADD COLUMN "energy_joules" DOUBLE PRECISION;
ALTER TABLE "phase_cost" ADD COLUMN "energy_source" TEXT;
ALTER TABLE "phase_cost" ADD COLUMN "price" DOUBLE PRECISION;
ALTER TABLE "phase_cost" ADD COLUMN "currency" CHAR(3);
