/** This package refunds payments to the instrument that paid. */
@NullMarked
package org.actsandbox.sandbox.psp.refund;

import org.jspecify.annotations.NullMarked;
