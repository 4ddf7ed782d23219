/**
 * This package is the payment service of a world: instruments, instant payments, approval, proofs,
 * refunds.
 */
@NullMarked
package org.actsandbox.sandbox.psp;

import org.jspecify.annotations.NullMarked;
