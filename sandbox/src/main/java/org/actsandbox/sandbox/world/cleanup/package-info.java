/** Deletes the rows of deleted and reset worlds in small steps. */
@NullMarked
package org.actsandbox.sandbox.world.cleanup;

import org.jspecify.annotations.NullMarked;
