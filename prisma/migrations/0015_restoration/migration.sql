-- What a restoration step did to a picture: figures of its luma before and after, and of the one against the other.
ALTER TABLE "restored_image"
  ADD COLUMN "psnr" REAL,
  ADD COLUMN "ssim" REAL,
  ADD COLUMN "brightness_before" REAL,
  ADD COLUMN "brightness" REAL,
  ADD COLUMN "contrast_before" REAL,
  ADD COLUMN "contrast" REAL,
  ADD COLUMN "sharpness_before" REAL,
  ADD COLUMN "sharpness" REAL,
  ADD COLUMN "noise_before" REAL,
  ADD COLUMN "noise" REAL,
  -- That were found and restored; none where the step looks for none.
  ADD COLUMN "faces" SMALLINT;
