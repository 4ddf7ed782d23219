/** The identifiers that a world gives out, repeatable from its seed. */
@NullMarked
package org.actsandbox.sandbox.world.id;

import org.jspecify.annotations.NullMarked;
