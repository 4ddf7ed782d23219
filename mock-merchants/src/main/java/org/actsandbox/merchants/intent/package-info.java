/** Intent transfer: needs in, offers out, with the five recognizable errors (ACT CID-2, CID-3). */
@NullMarked
package org.actsandbox.merchants.intent;

import org.jspecify.annotations.NullMarked;
