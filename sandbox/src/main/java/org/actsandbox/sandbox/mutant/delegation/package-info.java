/** Delegation services that give and take authority wrongly. */
@NullMarked
package org.actsandbox.sandbox.mutant.delegation;

import org.jspecify.annotations.NullMarked;
