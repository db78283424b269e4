-- Language models that are asked about a picture, and models whose predictions come from clients.
ALTER TYPE "ModelKind" ADD VALUE 'VLM_PROMPT';
ALTER TYPE "ModelKind" ADD VALUE 'EXTERNAL';

-- What a language model really wrote, beside the narrow table of predictions, and partitioned like it.
CREATE TABLE "prediction_text" (
    "run_id" BIGINT NOT NULL,
    "sample_index" INTEGER NOT NULL,
    "prompt_tokens" INTEGER,
    "completion_tokens" INTEGER,
    "requests" SMALLINT NOT NULL,
    "text" TEXT,

    CONSTRAINT "prediction_text_pkey" PRIMARY KEY ("run_id","sample_index")
) PARTITION BY HASH ("run_id");

DO $$
BEGIN
    FOR i IN 0..15 LOOP
        EXECUTE format('CREATE TABLE partitions.prediction_text_%s PARTITION OF public.prediction_text FOR VALUES WITH (MODULUS 16, REMAINDER %s)', i, i);
    END LOOP;
END $$;
