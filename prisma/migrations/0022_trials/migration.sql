-- Models and restorations tried on one picture.
CREATE TYPE "TrialStatus" AS ENUM ('QUEUED', 'RUNNING', 'FINISHED', 'FAILED');
CREATE TABLE "trial" (
    "id" BIGSERIAL NOT NULL,
    "project_id" BIGINT NOT NULL,
    "model_config_id" BIGINT,
    "restoration_config_id" BIGINT,
    "model" JSONB,
    "steps" JSONB NOT NULL,
    "image_digest" CHAR(64) NOT NULL,
    "file_name" TEXT NOT NULL,
    "status" "TrialStatus" NOT NULL DEFAULT 'QUEUED',
    "result" JSONB,
    "failure" JSONB,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    CONSTRAINT "trial_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "trial" ADD CONSTRAINT "trial_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "trial" ADD CONSTRAINT "trial_model_config_id_fkey" FOREIGN KEY ("model_config_id") REFERENCES "model_config"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "trial" ADD CONSTRAINT "trial_restoration_config_id_fkey" FOREIGN KEY ("restoration_config_id") REFERENCES "restoration_config"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "trial" ADD CONSTRAINT "trial_image_digest_fkey" FOREIGN KEY ("image_digest") REFERENCES "blob"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "trial_project_id_idx" ON "trial"("project_id");
CREATE INDEX "trial_model_config_id_idx" ON "trial"("model_config_id");
CREATE INDEX "trial_restoration_config_id_idx" ON "trial"("restoration_config_id");
CREATE INDEX "trial_image_digest_idx" ON "trial"("image_digest");
CREATE INDEX "trial_created_by_created_at_idx" ON "trial"("created_by", "created_at");
CREATE INDEX "trial_created_at_idx" ON "trial"("created_at");
CREATE INDEX "trial_status_id_idx" ON "trial"("status", "id");
