-- The view with which tables of runs open: one of a project's views at most, which everybody sees.
ALTER TABLE "saved_view" ADD COLUMN "default_of" BIGINT;

CREATE UNIQUE INDEX "saved_view_default_of_key" ON "saved_view"("default_of");

ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_default_of_own"
    CHECK ("default_of" IS NULL OR ("default_of" = "project_id" AND "shared"));
