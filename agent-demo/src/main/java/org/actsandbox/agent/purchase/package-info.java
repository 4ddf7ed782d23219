/**
 * Buys what the principal chose, step by step, so that a crash never pays twice.
 *
 * <p>The package has over 20 types, in four groups: the stored purchase ({@link Purchase}, {@link
 * Purchases}), the steps up to the payment ({@link CartConfirmation}, {@link PurchaseSelfCheck}),
 * purchases without a cart ({@link PageCheckout}), and what is taken back ({@link Compensation},
 * {@link PurchaseReturns}). All of them change one state, which is visible in this package only.
 */
@NullMarked
package org.actsandbox.agent.purchase;

import org.jspecify.annotations.NullMarked;
