/** Takes bills in Alipay's form, and has them paid by the principal or by the world's policy. */
@NullMarked
package org.actsandbox.sandbox.alipay.cashier;

import org.jspecify.annotations.NullMarked;
