-- Logs and artifacts of runs, and uploads in parts.
CREATE TYPE "LogStream" AS ENUM ('STDOUT', 'STDERR', 'SYSTEM');
CREATE TYPE "LogLevel" AS ENUM ('DEBUG', 'INFO', 'WARN', 'ERROR');

CREATE TABLE "run_log" (
    "run_id" BIGINT NOT NULL,
    "lines" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,

    CONSTRAINT "run_log_pkey" PRIMARY KEY ("run_id")
);

CREATE TABLE "log_line" (
    "run_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "stream" "LogStream" NOT NULL,
    "level" "LogLevel",
    "text" TEXT NOT NULL,

    CONSTRAINT "log_line_pkey" PRIMARY KEY ("run_id","number")
) PARTITION BY HASH ("run_id");

DO $$
BEGIN
    FOR i IN 0..15 LOOP
        EXECUTE format('CREATE TABLE partitions.log_line_%s PARTITION OF public.log_line FOR VALUES WITH (MODULUS 16, REMAINDER %s)', i, i);
    END LOOP;
END $$;

-- Paths are ordered by their bytes, so that what begins with a folder stands together whatever the server's language.
CREATE TABLE "artifact" (
    "id" BIGSERIAL NOT NULL,
    "run_id" BIGINT NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL,
    "latest" BOOLEAN NOT NULL DEFAULT true,
    "digest" CHAR(64) NOT NULL,
    "size" BIGINT NOT NULL,
    "media_type" TEXT NOT NULL,
    "name" TEXT,
    "type" TEXT,
    "metadata" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "artifact_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "resumable_upload" (
    "id" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "digest" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "resumable_upload_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "artifact_run_id_path_version_key" ON "artifact"("run_id", "path", "version");
-- One version is the latest, and no two paths differ by the case of letters alone.
CREATE UNIQUE INDEX "artifact_run_id_latest_key" ON "artifact"("run_id", lower("path" COLLATE "und-x-icu")) WHERE "latest";
CREATE INDEX "artifact_digest_idx" ON "artifact"("digest");
CREATE INDEX "artifact_deleted_at_idx" ON "artifact"("deleted_at");
CREATE INDEX "resumable_upload_created_at_idx" ON "resumable_upload"("created_at");

ALTER TABLE "run_log" ADD CONSTRAINT "run_log_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "artifact" ADD CONSTRAINT "artifact_digest_fkey" FOREIGN KEY ("digest") REFERENCES "blob"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;
