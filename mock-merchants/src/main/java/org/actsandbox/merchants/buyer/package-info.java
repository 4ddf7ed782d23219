/**
 * Lets a seller of services verify who stands behind an agent before it serves it (ACT CRD-3,
 * CRD-9).
 */
@NullMarked
package org.actsandbox.merchants.buyer;

import org.jspecify.annotations.NullMarked;
