/** The seven steps and seven results of signature verification (ACT TSD-5). */
@NullMarked
package org.actsandbox.protocol.attestation.verification;

import org.jspecify.annotations.NullMarked;
