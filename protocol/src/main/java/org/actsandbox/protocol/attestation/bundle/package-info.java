/** The evidence bundle: one file that proves a purchase to whoever has nothing else. */
@NullMarked
package org.actsandbox.protocol.attestation.bundle;

import org.jspecify.annotations.NullMarked;
