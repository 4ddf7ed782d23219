/**
 * Sells the services of the world's seller agents by bills in Alipay's form, as a merchant does.
 */
@NullMarked
package org.actsandbox.sandbox.alipay.seller;

import org.jspecify.annotations.NullMarked;
