export { formatsOf, formats, type PlateFormat, type PlateHints } from './formats.js';
export { displayOf, linesOf } from './display.js';
export { normalise, isComplete } from './normalise.js';
export { provinceOf, provinceCodes } from './provinces.js';
export { doubtfulPositions, CONFUSABLE, confusableWith } from './grammar.js';
export { routeOf } from './routing.js';
export { ROUTES, type Route, type PlateBackground, type PlateVehicle } from './tables.js';
