-- What is known of a sample's image by itself: once for each blob, and gone with it.
CREATE TABLE "image_facts" (
    "digest" CHAR(64) NOT NULL,
    "width" SMALLINT,
    "height" SMALLINT,
    "brightness" REAL,
    "contrast" REAL,
    "sharpness" REAL,
    "hash" BIGINT,

    CONSTRAINT "image_facts_pkey" PRIMARY KEY ("digest")
);
ALTER TABLE "image_facts" ADD CONSTRAINT "image_facts_digest_fkey" FOREIGN KEY ("digest") REFERENCES "blob"("digest") ON DELETE CASCADE ON UPDATE CASCADE;

-- The audit of a dataset version: a version without one is looked at by the next executor that starts.
CREATE TYPE "DuplicateKind" AS ENUM ('EXACT', 'ALIKE', 'NEAR');

CREATE TABLE "dataset_audit" (
    "version_id" BIGINT NOT NULL,
    "code_version" TEXT NOT NULL,
    "maximum_distance" SMALLINT NOT NULL,
    "exact_groups" INTEGER NOT NULL,
    "alike_groups" INTEGER NOT NULL,
    "near_pairs" INTEGER NOT NULL,
    "truncated" BOOLEAN NOT NULL,
    "conflicts" INTEGER NOT NULL,
    "blank" INTEGER NOT NULL,
    "unreadable" INTEGER NOT NULL,
    "balance" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_audit_pkey" PRIMARY KEY ("version_id")
);
ALTER TABLE "dataset_audit" ADD CONSTRAINT "dataset_audit_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "duplicate_group" (
    "version_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "DuplicateKind" NOT NULL,
    "distance" SMALLINT NOT NULL,
    "indices" INTEGER[],
    "splits" "Split"[],
    "labels" SMALLINT[],

    CONSTRAINT "duplicate_group_pkey" PRIMARY KEY ("version_id","position")
);
ALTER TABLE "duplicate_group" ADD CONSTRAINT "duplicate_group_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "sample_leak" (
    "version_id" BIGINT NOT NULL,
    "index" INTEGER NOT NULL,
    "from_split" "Split" NOT NULL,
    "split" "Split" NOT NULL,
    "duplicate_of" INTEGER NOT NULL,
    "distance" SMALLINT,

    CONSTRAINT "sample_leak_pkey" PRIMARY KEY ("version_id","index","from_split")
);
ALTER TABLE "sample_leak" ADD CONSTRAINT "sample_leak_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;
