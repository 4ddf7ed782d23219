/** Deletes the rows of a deleted or reset world in small steps. */
@NullMarked
package org.actsandbox.sandbox.world.cleanup;

import org.jspecify.annotations.NullMarked;
