/** A payment as the payment service stores it: its states, its rows and its log. */
@NullMarked
package org.actsandbox.sandbox.psp.trade;

import org.jspecify.annotations.NullMarked;
