-- What somebody has published of a run that was made elsewhere.
ALTER TABLE "run" ADD COLUMN "published" JSONB;
