/** This package stores payments: their states, rows and log. */
@NullMarked
package org.actsandbox.sandbox.psp.trade;

import org.jspecify.annotations.NullMarked;
