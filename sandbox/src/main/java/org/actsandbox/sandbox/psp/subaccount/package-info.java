/** Agents' own sub-accounts, and what pays: an instrument or a sub-account. */
@NullMarked
package org.actsandbox.sandbox.psp.subaccount;

import org.jspecify.annotations.NullMarked;
