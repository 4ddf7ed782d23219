/** Generates the identifiers of a world, repeatable from its seed. */
@NullMarked
package org.actsandbox.sandbox.world.id;

import org.jspecify.annotations.NullMarked;
