/**
 * Defines the append-only record of everything that happens in a world, and masks secrets in it.
 */
@NullMarked
package org.actsandbox.sandbox.journal;

import org.jspecify.annotations.NullMarked;
