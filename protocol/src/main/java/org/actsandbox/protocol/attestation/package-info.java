/** Trusted attestation (ACT TSD-1..5): events, off-chain records, anchors and key histories. */
@NullMarked
package org.actsandbox.protocol.attestation;

import org.jspecify.annotations.NullMarked;
