-- How busy an executor's machine is.
ALTER TABLE "executor" ADD COLUMN "cpu_percent" REAL;
ALTER TABLE "executor" ADD COLUMN "machine_memory_bytes" BIGINT;
