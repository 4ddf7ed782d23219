/** Checks sellers that speak Alipay's pay-per-use profile. */
@NullMarked
package org.actsandbox.web.check.alipay;

import org.jspecify.annotations.NullMarked;
