/** Shows balances, instruments, sub-accounts and statements, and binds instruments to agents. */
@NullMarked
package org.actsandbox.web.console.wallet;

import org.jspecify.annotations.NullMarked;
