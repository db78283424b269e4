export { filesOf, presetOf, specOf, stepsOf, type Digests, type NeededFile } from './parts.ts';
export {
  knownRecipes,
  parseRecipe,
  readRecipe,
  studyName,
  studyRecipe,
  type RecipeModel,
  type RecipeRestoration,
  type StudyRecipe,
} from './recipe.ts';
