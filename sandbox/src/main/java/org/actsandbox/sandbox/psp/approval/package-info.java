/** This package takes the principal's decision at the cashier. */
@NullMarked
package org.actsandbox.sandbox.psp.approval;

import org.jspecify.annotations.NullMarked;
