/**
 * Adds every participant to every world: each factory opens one of them with the parts of the world
 * that it may use.
 */
@NullMarked
package org.actsandbox.sandbox.wiring;

import org.jspecify.annotations.NullMarked;
