/** Balances, instruments and the statement. */
@NullMarked
package org.actsandbox.web.console.wallet;

import org.jspecify.annotations.NullMarked;
