/** Plugs merchants, payment service and buyer agent into every world. */
@NullMarked
package org.actsandbox.sandbox.wiring;

import org.jspecify.annotations.NullMarked;
