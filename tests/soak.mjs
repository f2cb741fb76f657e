/**
 * `npm run soak`: all tests with the full counts and all seeds. Figures are `npm run bench`, the
 * other programs as judges `npm run oracle`.
 */
process.env.DESCENT_SOAK = "1";
await import("./run.mjs");
