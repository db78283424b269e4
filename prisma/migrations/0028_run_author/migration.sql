-- Who queued or began a run, by name.
ALTER TABLE "run" ADD COLUMN "created_by" TEXT;
