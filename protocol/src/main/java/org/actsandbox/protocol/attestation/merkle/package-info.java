/** The append-only tree of RFC 6962: stored nodes, proofs, verification of proofs, signed heads. */
@NullMarked
package org.actsandbox.protocol.attestation.merkle;

import org.jspecify.annotations.NullMarked;
