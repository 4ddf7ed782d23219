/** The append-only tree of RFC 6962 over stored nodes: proofs, their verification, signed heads. */
@NullMarked
package org.actsandbox.protocol.attestation.merkle;

import org.jspecify.annotations.NullMarked;
