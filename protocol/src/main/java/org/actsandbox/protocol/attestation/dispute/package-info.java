/** Disputes (ACT TSD-6): claim, evidence, statements and finding, as they are signed. */
@NullMarked
package org.actsandbox.protocol.attestation.dispute;

import org.jspecify.annotations.NullMarked;
