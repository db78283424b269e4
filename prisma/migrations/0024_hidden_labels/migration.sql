-- Splits whose labels only those see who decide on the project; see apps/api/src/auth/labels.
CREATE TABLE "hidden_labels" (
    "version_id" BIGINT NOT NULL,
    "split" "Split" NOT NULL,
    "salt" CHAR(64) NOT NULL,
    "commitment" CHAR(64) NOT NULL,
    "hidden_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "shown_at" TIMESTAMPTZ(3),

    CONSTRAINT "hidden_labels_pkey" PRIMARY KEY ("version_id","split")
);

ALTER TABLE "hidden_labels" ADD CONSTRAINT "hidden_labels_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An import that hides labels does not keep its file, which holds them.
ALTER TABLE "dataset_import" ADD COLUMN "hidden_splits" "Split"[] DEFAULT ARRAY[]::"Split"[],
ALTER COLUMN "upload_digest" DROP NOT NULL;

-- A copy of a board whose figures rest on hidden labels is for those who see these.
ALTER TABLE "leaderboard_snapshot" ADD COLUMN "sealed" BOOLEAN NOT NULL DEFAULT false;
