/**
 * Watches for what the principal wants later and buys it under an authority (ACT L2), without the
 * principal taking part.
 */
@NullMarked
package org.actsandbox.agent.watch;

import org.jspecify.annotations.NullMarked;
