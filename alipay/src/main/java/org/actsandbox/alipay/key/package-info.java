/**
 * Reads and writes RSA keys in every container that merchants of Alipay paste (AIP-205 to AIP-208).
 */
@NullMarked
package org.actsandbox.alipay.key;

import org.jspecify.annotations.NullMarked;
