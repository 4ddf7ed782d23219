/** Contains delegation services that grant or revoke authority wrongly. */
@NullMarked
package org.actsandbox.sandbox.mutant.delegation;

import org.jspecify.annotations.NullMarked;
