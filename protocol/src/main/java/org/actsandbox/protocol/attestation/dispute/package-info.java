/** The signed messages of disputes (ACT TSD-6): claim, evidence, statements and finding. */
@NullMarked
package org.actsandbox.protocol.attestation.dispute;

import org.jspecify.annotations.NullMarked;
