-- Competitions: entrants send predictions of samples whose labels are hidden, under a rule, and stand on a leaderboard.
ALTER TYPE "TokenScope" ADD VALUE 'SUBMIT' BEFORE 'WRITE';

CREATE TYPE "SubmissionStatus" AS ENUM ('RECEIVED', 'SCORED', 'FAILED');

CREATE TABLE "competition" (
    "leaderboard_id" BIGINT NOT NULL,
    "public_share" DOUBLE PRECISION NOT NULL,
    "daily_limit" INTEGER NOT NULL,
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "reveal_at_close" BOOLEAN NOT NULL,
    "revealed_at" TIMESTAMPTZ(3),

    CONSTRAINT "competition_pkey" PRIMARY KEY ("leaderboard_id")
);

CREATE TABLE "entrant" (
    "id" BIGSERIAL NOT NULL,
    "leaderboard_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "submissions" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entrant_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "submission" (
    "id" BIGSERIAL NOT NULL,
    "leaderboard_id" BIGINT NOT NULL,
    "entrant_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "client_key" TEXT NOT NULL,
    "predictions_digest" CHAR(64) NOT NULL,
    "knew_labels" BOOLEAN NOT NULL,
    "status" "SubmissionStatus" NOT NULL DEFAULT 'RECEIVED',
    "code_version" TEXT,
    "public_result" JSONB,
    "private_result" JSONB,
    "failure" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "scored_at" TIMESTAMPTZ(3),

    CONSTRAINT "submission_pkey" PRIMARY KEY ("id")
);

-- Predictions of submissions that are gone: they have no foreign keys, and executors remove them.
CREATE TABLE "abandoned_predictions" (
    "run_id" BIGINT NOT NULL,

    CONSTRAINT "abandoned_predictions_pkey" PRIMARY KEY ("run_id")
);

CREATE UNIQUE INDEX "entrant_leaderboard_id_key_key" ON "entrant"("leaderboard_id", "key");

CREATE INDEX "submission_leaderboard_id_id_idx" ON "submission"("leaderboard_id", "id");

CREATE INDEX "submission_entrant_id_created_at_idx" ON "submission"("entrant_id", "created_at");

CREATE INDEX "submission_entrant_id_id_idx" ON "submission"("entrant_id", "id");

CREATE UNIQUE INDEX "submission_entrant_id_client_key_key" ON "submission"("entrant_id", "client_key");

ALTER TABLE "competition" ADD CONSTRAINT "competition_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "entrant" ADD CONSTRAINT "entrant_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "submission" ADD CONSTRAINT "submission_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboard"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "submission" ADD CONSTRAINT "submission_entrant_id_fkey" FOREIGN KEY ("entrant_id") REFERENCES "entrant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An entry is a run, or a submission.
ALTER TABLE "leaderboard_entry" ADD COLUMN "submission_id" BIGINT,
ALTER COLUMN "run_id" DROP NOT NULL,
ADD CONSTRAINT "leaderboard_entry_is_one" CHECK (("run_id" IS NULL) <> ("submission_id" IS NULL));

CREATE INDEX "leaderboard_entry_submission_id_idx" ON "leaderboard_entry"("submission_id");

ALTER TABLE "leaderboard_entry" ADD CONSTRAINT "leaderboard_entry_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE FUNCTION abandon_predictions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO abandoned_predictions (run_id) VALUES (-OLD.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER submission_is_gone AFTER DELETE ON submission FOR EACH ROW EXECUTE FUNCTION abandon_predictions();
