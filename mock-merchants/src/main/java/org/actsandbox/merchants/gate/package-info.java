/** Guards every paid resource by ACT A402: issues bills, checks proofs and delivers once. */
@NullMarked
package org.actsandbox.merchants.gate;

import org.jspecify.annotations.NullMarked;
