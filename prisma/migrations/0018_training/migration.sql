-- Runs that train a model instead of predicting with one.
CREATE TABLE "training" (
    "run_id" BIGINT NOT NULL,
    "spec" JSONB NOT NULL,
    "model_name" TEXT NOT NULL,
    "features_key" CHAR(64) NOT NULL,
    "model_config_id" BIGINT,
    CONSTRAINT "training_pkey" PRIMARY KEY ("run_id")
);
CREATE INDEX "training_features_key_idx" ON "training"("features_key");
CREATE INDEX "training_model_config_id_idx" ON "training"("model_config_id");
ALTER TABLE "training" ADD CONSTRAINT "training_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "training" ADD CONSTRAINT "training_model_config_id_fkey" FOREIGN KEY ("model_config_id") REFERENCES "model_config"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What a shard of these has computed.
CREATE TABLE "training_features" (
    "run_id" BIGINT NOT NULL,
    "index" SMALLINT NOT NULL,
    "digest" CHAR(64) NOT NULL,
    CONSTRAINT "training_features_pkey" PRIMARY KEY ("run_id", "index")
);
CREATE INDEX "training_features_digest_idx" ON "training_features"("digest");
ALTER TABLE "training_features" ADD CONSTRAINT "training_features_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "training"("run_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "training_features" ADD CONSTRAINT "training_features_digest_fkey" FOREIGN KEY ("digest") REFERENCES "blob"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;
