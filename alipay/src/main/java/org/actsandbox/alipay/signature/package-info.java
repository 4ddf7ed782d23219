/**
 * Signs and verifies texts with RSA and RSA2, and builds the text that a request signs (AIP-72 to
 * AIP-75).
 */
@NullMarked
package org.actsandbox.alipay.signature;

import org.jspecify.annotations.NullMarked;
