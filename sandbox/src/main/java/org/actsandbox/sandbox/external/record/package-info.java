/** Takes the attestation records that merchants from outside make themselves. */
@NullMarked
package org.actsandbox.sandbox.external.record;

import org.jspecify.annotations.NullMarked;
