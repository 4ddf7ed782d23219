/** This package answers for the payment service when a payment is disputed (ACT TSD-6). */
@NullMarked
package org.actsandbox.sandbox.psp.dispute;

import org.jspecify.annotations.NullMarked;
