/** This package takes instant payments from the agent's request to their end. */
@NullMarked
package org.actsandbox.sandbox.psp.payment;

import org.jspecify.annotations.NullMarked;
