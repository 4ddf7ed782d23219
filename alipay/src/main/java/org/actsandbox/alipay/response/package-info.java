/** Writes signed answers of the gateway, and cuts them as each SDK does (AIP-108 to AIP-124). */
@NullMarked
package org.actsandbox.alipay.response;

import org.jspecify.annotations.NullMarked;
