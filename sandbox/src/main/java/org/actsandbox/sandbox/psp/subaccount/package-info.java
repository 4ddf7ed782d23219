/** This package keeps agents' sub-accounts, and finds what pays: an instrument or a sub-account. */
@NullMarked
package org.actsandbox.sandbox.psp.subaccount;

import org.jspecify.annotations.NullMarked;
