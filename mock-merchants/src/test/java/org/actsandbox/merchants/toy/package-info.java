/** A tiny vertical and the world around it: what the engine's tests trade with. */
@NullMarked
package org.actsandbox.merchants.toy;

import org.jspecify.annotations.NullMarked;
