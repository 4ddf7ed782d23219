/**
 * Takes deposits, and asks for the credit behind a buyer before it takes less (ACT CRD-9, CRD-10).
 */
@NullMarked
package org.actsandbox.merchants.deposit;

import org.jspecify.annotations.NullMarked;
