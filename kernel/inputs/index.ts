/** What cells import as `ui`: what a reader can hold in the hand. */
export { Slider, slider, type SliderOptions } from "./slider.ts";
