/** What lies where in the scratch memory of a convolution, behind the packed factors. */
import { SCRATCH } from "../../memory.ts";
import { BEHIND, ROWS } from "../matmul/product.ts";

/** A tile's row of each filter's bias, for a block of filters: 64 bytes are the widest. */
export const BIAS = BEHIND;
/** Room for a padded image and a part of the patches. */
export const ROOM = BIAS + 64 * ROWS;
export const ROOM_BYTES = SCRATCH - ROOM;
