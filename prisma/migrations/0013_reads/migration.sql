-- The runs of a config, in the order of their ids, stand on one index.
CREATE INDEX "run_model_config_id_id_idx" ON "run"("model_config_id", "id");
CREATE INDEX "run_restoration_config_id_id_idx" ON "run"("restoration_config_id", "id");
DROP INDEX "run_model_config_id_idx";
DROP INDEX "run_restoration_config_id_idx";
