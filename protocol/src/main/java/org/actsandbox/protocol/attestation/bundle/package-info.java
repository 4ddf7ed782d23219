/** The evidence bundle: one file from which a reader can verify a purchase offline. */
@NullMarked
package org.actsandbox.protocol.attestation.bundle;

import org.jspecify.annotations.NullMarked;
