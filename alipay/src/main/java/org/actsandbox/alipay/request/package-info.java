/** Reads requests to the gateway as bytes, in the layout of each SDK (AIP-62 to AIP-86). */
@NullMarked
package org.actsandbox.alipay.request;

import org.jspecify.annotations.NullMarked;
