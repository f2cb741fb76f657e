/** A sound as it travels: the WAV file, which other notebooks play too, and beside it title and sentences. */
export const SOUND_MIME = "application/vnd.descent.sound+json";
export const WAV_MIME = "audio/wav";
