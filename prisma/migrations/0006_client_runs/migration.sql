-- A client's own name for its run: creating it again gives the run that is there.
ALTER TABLE "run" ADD COLUMN "client_key" TEXT;
CREATE UNIQUE INDEX "run_experiment_id_client_key_key" ON "run"("experiment_id", "client_key");
-- Its client has finished it; it waits for its evaluation, and takes nothing more.
ALTER TABLE "run" ADD COLUMN "finishing_at" TIMESTAMPTZ(3);
