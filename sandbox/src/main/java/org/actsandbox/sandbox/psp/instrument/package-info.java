/**
 * This package keeps payment instruments that are bound to agents, and the payment PIN that guards
 * them.
 */
@NullMarked
package org.actsandbox.sandbox.psp.instrument;

import org.jspecify.annotations.NullMarked;
