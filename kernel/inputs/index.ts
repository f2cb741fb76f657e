/** What cells import as `ui`: what a reader can hold in the hand. */
export { Button, button } from "./button.ts";
export { NumberBox, number, type NumberOptions } from "./number.ts";
export { Select, select, type SelectSettings } from "./select.ts";
export { Slider, slider, type SliderOptions } from "./slider.ts";
export { TextBox, text, type TextOptions } from "./text.ts";
export { Toggle, toggle, type ToggleOptions } from "./toggle.ts";
