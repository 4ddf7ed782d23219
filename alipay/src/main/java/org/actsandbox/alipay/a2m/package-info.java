/** Contains the three headers of a pay-per-use exchange in Alipay's form (AIP-137 to AIP-153). */
@NullMarked
package org.actsandbox.alipay.a2m;

import org.jspecify.annotations.NullMarked;
