/** The way between a world and the merchants that run outside the sandbox. */
@NullMarked
package org.actsandbox.sandbox.external.relay;

import org.jspecify.annotations.NullMarked;
