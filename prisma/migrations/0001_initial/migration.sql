-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('PRIVATE', 'TEAM', 'PUBLIC');

-- CreateEnum
CREATE TYPE "Split" AS ENUM ('TRAIN', 'VALIDATION', 'TEST');

-- CreateEnum
CREATE TYPE "ModelKind" AS ENUM ('ONNX_CLASSIFIER', 'CLIP_ZERO_SHOT');

-- CreateEnum
CREATE TYPE "RunStatus" AS ENUM ('QUEUED', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELED');

-- CreateEnum
CREATE TYPE "RunSource" AS ENUM ('EXECUTOR', 'CLIENT', 'IMPORT');

-- CreateEnum
CREATE TYPE "Phase" AS ENUM ('PREPROCESSING', 'TRAINING', 'INFERENCE', 'EVALUATION');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('QUEUED', 'RUNNING', 'FINISHED', 'FAILED');

-- CreateTable
CREATE TABLE "team" (
    "id" BIGSERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" BIGSERIAL NOT NULL,
    "team_id" BIGINT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "visibility" "Visibility" NOT NULL DEFAULT 'TEAM',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "id" BIGSERIAL NOT NULL,
    "project_id" BIGINT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_version" (
    "id" BIGSERIAL NOT NULL,
    "dataset_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "labels" TEXT[],
    "sample_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sample" (
    "version_id" BIGINT NOT NULL,
    "index" INTEGER NOT NULL,
    "split" "Split" NOT NULL,
    "label" SMALLINT NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "sample_pkey" PRIMARY KEY ("version_id","index")
);

-- CreateTable
CREATE TABLE "blob" (
    "digest" CHAR(64) NOT NULL,
    "size" BIGINT NOT NULL,
    "media_type" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blob_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "model_config" (
    "id" BIGSERIAL NOT NULL,
    "project_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" "ModelKind" NOT NULL,
    "spec" JSONB NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_config_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "restoration_config" (
    "id" BIGSERIAL NOT NULL,
    "project_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "steps" JSONB NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "restoration_config_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "restored_image" (
    "input_digest" CHAR(64) NOT NULL,
    "step_digest" CHAR(64) NOT NULL,
    "output_digest" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "restored_image_pkey" PRIMARY KEY ("input_digest","step_digest")
);

-- CreateTable
CREATE TABLE "experiment" (
    "id" BIGSERIAL NOT NULL,
    "project_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "dataset_version_id" BIGINT NOT NULL,
    "split" "Split",
    "plan" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "experiment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" BIGSERIAL NOT NULL,
    "experiment_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "status" "RunStatus" NOT NULL DEFAULT 'QUEUED',
    "source" "RunSource" NOT NULL DEFAULT 'EXECUTOR',
    "model_config_id" BIGINT,
    "restoration_config_id" BIGINT,
    "seed" INTEGER NOT NULL DEFAULT 0,
    "sample_total" INTEGER NOT NULL,
    "sample_done" INTEGER NOT NULL DEFAULT 0,
    "failure" JSONB,
    "environment" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_shard" (
    "run_id" BIGINT NOT NULL,
    "index" SMALLINT NOT NULL,
    "first_index" INTEGER NOT NULL,
    "last_index" INTEGER NOT NULL,
    "samples" INTEGER NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "costs" JSONB,

    CONSTRAINT "run_shard_pkey" PRIMARY KEY ("run_id","index")
);

-- CreateTable
CREATE TABLE "prediction" (
    "run_id" BIGINT NOT NULL,
    "sample_index" INTEGER NOT NULL,
    "latency_micros" INTEGER,
    "confidence" REAL,
    "predicted" SMALLINT,
    "status" SMALLINT NOT NULL,
    "scores" BYTEA,

    CONSTRAINT "prediction_pkey" PRIMARY KEY ("run_id","sample_index")
) PARTITION BY HASH ("run_id");

-- CreateTable
CREATE TABLE "metric_key" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "metric_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "metric_point" (
    "run_id" BIGINT NOT NULL,
    "key_id" INTEGER NOT NULL,
    "step" BIGINT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "metric_point_pkey" PRIMARY KEY ("run_id","key_id","step","time")
) PARTITION BY HASH ("run_id");

-- CreateTable
CREATE TABLE "metric_summary" (
    "run_id" BIGINT NOT NULL,
    "key_id" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "last_step" BIGINT NOT NULL,
    "last_time" TIMESTAMPTZ(3) NOT NULL,
    "last" DOUBLE PRECISION NOT NULL,
    "min" DOUBLE PRECISION NOT NULL,
    "max" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "metric_summary_pkey" PRIMARY KEY ("run_id","key_id")
);

-- CreateTable
CREATE TABLE "phase_cost" (
    "run_id" BIGINT NOT NULL,
    "phase" "Phase" NOT NULL,
    "wall_seconds" DOUBLE PRECISION NOT NULL,
    "cpu_seconds" DOUBLE PRECISION NOT NULL,
    "peak_memory_bytes" BIGINT,
    "device" TEXT NOT NULL,
    "samples" INTEGER NOT NULL,
    "cached" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "phase_cost_pkey" PRIMARY KEY ("run_id","phase")
);

-- CreateTable
CREATE TABLE "evaluation" (
    "run_id" BIGINT NOT NULL,
    "code_version" TEXT NOT NULL,
    "predictions_digest" CHAR(64) NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evaluation_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "dataset_import" (
    "id" BIGSERIAL NOT NULL,
    "project_id" BIGINT NOT NULL,
    "dataset_name" TEXT NOT NULL,
    "version_name" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "upload_digest" CHAR(64) NOT NULL,
    "status" "ImportStatus" NOT NULL DEFAULT 'QUEUED',
    "samples_done" INTEGER NOT NULL DEFAULT 0,
    "samples_total" INTEGER,
    "problem_count" INTEGER NOT NULL DEFAULT 0,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "dataset_version_id" BIGINT,
    "already_existed" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "dataset_import_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_slug_key" ON "team"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "project_team_id_slug_key" ON "project"("team_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_project_id_slug_key" ON "dataset"("project_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_version_dataset_id_number_key" ON "dataset_version"("dataset_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_version_dataset_id_name_key" ON "dataset_version"("dataset_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_version_dataset_id_digest_key" ON "dataset_version"("dataset_id", "digest");

-- CreateIndex
CREATE INDEX "sample_version_id_split_label_index_idx" ON "sample"("version_id", "split", "label", "index");

-- CreateIndex
CREATE INDEX "sample_digest_idx" ON "sample"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "model_config_project_id_name_version_key" ON "model_config"("project_id", "name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "model_config_project_id_name_digest_key" ON "model_config"("project_id", "name", "digest");

-- CreateIndex
CREATE UNIQUE INDEX "restoration_config_project_id_name_version_key" ON "restoration_config"("project_id", "name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "restoration_config_project_id_name_digest_key" ON "restoration_config"("project_id", "name", "digest");

-- CreateIndex
CREATE INDEX "restored_image_output_digest_idx" ON "restored_image"("output_digest");

-- CreateIndex
CREATE INDEX "experiment_dataset_version_id_idx" ON "experiment"("dataset_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "experiment_project_id_name_key" ON "experiment"("project_id", "name");

-- CreateIndex
CREATE INDEX "run_experiment_id_id_idx" ON "run"("experiment_id", "id");

-- CreateIndex
CREATE INDEX "run_model_config_id_idx" ON "run"("model_config_id");

-- CreateIndex
CREATE INDEX "run_restoration_config_id_idx" ON "run"("restoration_config_id");

-- CreateIndex
CREATE UNIQUE INDEX "metric_key_name_key" ON "metric_key"("name");

-- CreateIndex
CREATE INDEX "metric_summary_key_id_last_idx" ON "metric_summary"("key_id", "last");

-- CreateIndex
CREATE INDEX "dataset_import_project_id_id_idx" ON "dataset_import"("project_id", "id");

-- CreateIndex
CREATE INDEX "dataset_import_upload_digest_idx" ON "dataset_import"("upload_digest");

-- CreateIndex
CREATE INDEX "dataset_import_dataset_version_id_idx" ON "dataset_import"("dataset_version_id");

-- AddForeignKey
ALTER TABLE "project" ADD CONSTRAINT "project_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "dataset"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample" ADD CONSTRAINT "sample_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "dataset_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample" ADD CONSTRAINT "sample_digest_fkey" FOREIGN KEY ("digest") REFERENCES "blob"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_config" ADD CONSTRAINT "model_config_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restoration_config" ADD CONSTRAINT "restoration_config_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "restored_image" ADD CONSTRAINT "restored_image_output_digest_fkey" FOREIGN KEY ("output_digest") REFERENCES "blob"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiment" ADD CONSTRAINT "experiment_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiment" ADD CONSTRAINT "experiment_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_experiment_id_fkey" FOREIGN KEY ("experiment_id") REFERENCES "experiment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_model_config_id_fkey" FOREIGN KEY ("model_config_id") REFERENCES "model_config"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_restoration_config_id_fkey" FOREIGN KEY ("restoration_config_id") REFERENCES "restoration_config"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_shard" ADD CONSTRAINT "run_shard_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "metric_summary" ADD CONSTRAINT "metric_summary_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "metric_summary" ADD CONSTRAINT "metric_summary_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "metric_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phase_cost" ADD CONSTRAINT "phase_cost_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_import" ADD CONSTRAINT "dataset_import_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_import" ADD CONSTRAINT "dataset_import_upload_digest_fkey" FOREIGN KEY ("upload_digest") REFERENCES "blob"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_import" ADD CONSTRAINT "dataset_import_dataset_version_id_fkey" FOREIGN KEY ("dataset_version_id") REFERENCES "dataset_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The partitions live in a schema of their own, which Prisma does not look at. 32 and 16 parts keep each index small
-- enough for memory at 10^9 rows; a run's rows always stand in one partition.
CREATE SCHEMA "partitions";

DO $$
BEGIN
    FOR i IN 0..31 LOOP
        EXECUTE format('CREATE TABLE partitions.prediction_%s PARTITION OF public.prediction FOR VALUES WITH (MODULUS 32, REMAINDER %s)', i, i);
    END LOOP;
    FOR i IN 0..15 LOOP
        EXECUTE format('CREATE TABLE partitions.metric_point_%s PARTITION OF public.metric_point FOR VALUES WITH (MODULUS 16, REMAINDER %s)', i, i);
    END LOOP;
END $$;

-- Scores do not compress; to try would only cost time.
ALTER TABLE "prediction" ALTER COLUMN "scores" SET STORAGE EXTERNAL;
